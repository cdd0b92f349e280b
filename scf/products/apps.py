from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "scf.products"
    label = "products"
