from django.apps import AppConfig


class ScfConfig(AppConfig):
    name = "scf"
    label = "scf"

    def ready(self) -> None:
        # Imported for its registrations.
        from scf.config import checks  # noqa: F401
