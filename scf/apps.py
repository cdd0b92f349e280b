from django.apps import AppConfig


class ScfConfig(AppConfig):
    name = "scf"
    label = "scf"
