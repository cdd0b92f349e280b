"""Migrate as the owner of the tables, then give the application's role its grants."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from scf.runtime.databases import grant_files
from scf.runtime.roles import grants_apply
from scf.runtime.urls import django_url


class Command(migrate.Command):
    """Django's own migrate on the owner's connection; grants are applied after every run."""

    def handle(self, *args: Any, **options: Any) -> None:
        options["database"] = "owner"
        super().handle(*args, **options)
        url = django_url(connections["owner"].settings_dict)
        if not grants_apply(owner_url=url, files=grant_files()) and options["verbosity"] > 0:
            self.stderr.write("the role huoshui_app does not exist here: no grants were applied")
