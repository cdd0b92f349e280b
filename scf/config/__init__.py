"""Wiring: settings, addresses, Celery. Holds no rule of the business; may import every room."""

import django_stubs_ext

from scf.config.celery import app as celery_app

# Lets Django's classes take type parameters (`models.Field[str, str]`) when the code runs.
django_stubs_ext.monkeypatch()

__all__ = ["celery_app"]
