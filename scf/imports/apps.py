from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "scf.imports"
    label = "imports"
