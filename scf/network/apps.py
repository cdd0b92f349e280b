from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "scf.network"
    label = "network"
