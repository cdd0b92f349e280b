"""Drop this checkout's own database and make it anew."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from scf.runtime.databases import database_recreate
from scf.runtime.endpoints import database_is_own
from scf.runtime.urls import django_url


class Command(BaseCommand):
    """Only for the database that this checkout started itself: a named one holds real data."""

    help = "Drop and recreate the development database, then migrate it."

    def handle(self, *args: Any, **options: Any) -> None:
        if not database_is_own():
            raise CommandError("DATABASE_URL is set: drop that database yourself if you mean it")
        url = django_url(connections["owner"].settings_dict)
        connections.close_all()
        database_recreate(owner_url=url)
        call_command("migrate", verbosity=options["verbosity"])
