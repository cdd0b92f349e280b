from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "scf.settlement"
    label = "settlement"
