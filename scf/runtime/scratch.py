"""A fresh, migrated database for the length of a block, with Django pointed at it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections

from scf.runtime.databases import (
    abandoned_drop,
    database_clone,
    database_drop,
    run_name,
    template_ensure,
)
from scf.runtime.layout import Layout, layout_for
from scf.runtime.roles import APP_ROLE, roles_ensure
from scf.runtime.servers import Addresses, servers_attach
from scf.runtime.state import secret_ensure
from scf.runtime.urls import django_database, url_with


def scratch_addresses(
    *, layout: Layout | None = None, environment: Mapping[str, str] = os.environ
) -> Addresses:
    """The server where databases may come and go: TEST_DATABASE_URL, else our own.

    Never DATABASE_URL: that one holds somebody's data. Raises ServerError when none can be had.
    """
    layout = layout or layout_for()
    owner_url = environment.get("TEST_DATABASE_URL")
    redis_url = environment.get("TEST_REDIS_URL")
    if owner_url is not None and redis_url is not None:
        return _external(layout, owner_url=owner_url, redis_url=redis_url)
    own = servers_attach(layout)
    if owner_url is None:
        return Addresses(own.owner_url, own.app_url, redis_url or own.redis_url)
    return _external(layout, owner_url=owner_url, redis_url=own.redis_url)


def django_point(addresses: Addresses) -> None:
    """Send Django's connections of this process to another database; open ones are closed."""
    connections.close_all()
    urls = {"default": addresses.app_url or addresses.owner_url, "owner": addresses.owner_url}
    for alias, url in urls.items():
        # The same dict object serves every thread, those that connect later too.
        connections.settings[alias].update(django_database(url))


def django_migrate(owner_url: str) -> None:
    """Migrate another database than the one Django talks to, grants included."""
    before = {alias: dict(connections.settings[alias]) for alias in ("default", "owner")}
    django_point(Addresses(owner_url=owner_url, app_url=None, redis_url=""))
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connections.close_all()
        for alias, settings in before.items():
            connections.settings[alias].update(settings)


@contextmanager
def scratch_database(*, label: str = "scratch", durable: bool = False) -> Iterator[Addresses]:
    """Run the block against a new database with the current migrations, dropped afterwards.

    Whatever the block does cannot touch the database that the settings name. `durable` makes
    commits wait for the disk, as they do in earnest. Raises ServerError when no server can be had.
    """
    server = scratch_addresses()
    abandoned_drop(owner_url=server.owner_url)
    template = template_ensure(owner_url=server.owner_url, migrate=django_migrate)
    name = run_name(label=label)
    database_drop(owner_url=server.owner_url, name=name)
    owner_url = database_clone(
        owner_url=server.owner_url, template=template, name=name, durable=durable
    )
    addresses = Addresses(
        owner_url=owner_url,
        app_url=url_with(server.app_url, database=name) if server.app_url else None,
        redis_url=server.redis_url,
    )
    before = {alias: dict(connections.settings[alias]) for alias in ("default", "owner")}
    django_point(addresses)
    try:
        yield addresses
    finally:
        connections.close_all()
        for alias, settings in before.items():
            connections.settings[alias].update(settings)
        database_drop(owner_url=server.owner_url, name=name)


def _external(layout: Layout, *, owner_url: str, redis_url: str) -> Addresses:
    password = secret_ensure(layout.run_dir / "app-password")
    separate = roles_ensure(owner_url=owner_url, app_password=password)
    app_url = url_with(owner_url, user=APP_ROLE, password=password) if separate else None
    return Addresses(owner_url=owner_url, app_url=app_url, redis_url=redis_url)
