"""The Celery application. Run it with `celery -A scf.config.celery worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scf.config.settings")

app = Celery("huoshui")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["ledger", "risk", "scf"])
