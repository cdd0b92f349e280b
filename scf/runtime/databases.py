"""Databases for one run: a migrated template, clones of it, and cleaning up after the killed.

A clone takes milliseconds where migrating takes seconds, so the template is migrated once per
set of migrations and copied for every test worker, worked example and race.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from scf.runtime.layout import CHECKOUT
from scf.runtime.urls import url_parse, url_with

TEMPLATE_LOCK = 0x4873_0002
SCHEMA_GLOBS = (
    "ledger/**/migrations/*.py",
    "risk/**/migrations/*.py",
    "scf/**/migrations/*.py",
    "*/sql/*.sql",
    "scf/*/sql/*.sql",
    "scf/runtime/roles.py",
    "requirements.txt",
)


def schema_hash(*, checkout: Path = CHECKOUT) -> str:
    """A short hash of everything that decides what a migrated database looks like."""
    digest = hashlib.sha256(str(checkout).encode())
    for path in sorted({path for glob in SCHEMA_GLOBS for path in checkout.glob(glob)}):
        digest.update(f"{path.relative_to(checkout)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def grant_files(*, checkout: Path = CHECKOUT) -> list[Path]:
    """Every room's grants, lowest layer first."""
    return [
        *sorted(checkout.glob("*/sql/grants.sql")),
        *sorted(checkout.glob("scf/*/sql/grants.sql")),
    ]


def template_ensure(*, owner_url: str, migrate: Callable[[str], None]) -> str:
    """The name of a migrated template database; `migrate(url)` runs when there is none yet.

    Templates of this checkout's older migrations are dropped. Safe to call from many processes.
    """
    prefix = f"huoshui_template_{hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]}_"
    name = prefix + schema_hash()
    with _maintenance(owner_url) as connection:
        known = _databases(connection, prefix=prefix)
        if name in known:
            return name
        for old in known:
            database_drop(owner_url=owner_url, name=old)
        # Built under another name, so that a crash never leaves half a template.
        building = f"{name}_new"
        database_drop(owner_url=owner_url, name=building)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
        migrate(url_with(owner_url, database=building))
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(building), sql.Identifier(name)
            )
        )
    return name


def database_clone(*, owner_url: str, template: str, name: str, durable: bool = False) -> str:
    """Copy `template` to a new database `name` and return its owner URL.

    Unless `durable`, commits do not wait for the disk: nothing in it need survive a power cut.
    """
    with _maintenance(owner_url) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        if not durable:
            connection.execute(
                sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(
                    sql.Identifier(name)
                )
            )
    return url_with(owner_url, database=name)


def database_drop(*, owner_url: str, name: str) -> None:
    """Drop a database with whoever is still connected to it; nothing when it is gone already."""
    with psycopg.connect(url_with(owner_url, database="postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def database_recreate(*, owner_url: str) -> None:
    """Drop the database that the URL names and make it anew, empty."""
    name = url_parse(owner_url).database
    database_drop(owner_url=owner_url, name=name)
    with psycopg.connect(url_with(owner_url, database="postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def run_name(*, label: str) -> str:
    """A database name that tells whose it is: label, checkout-free, ending in our process id."""
    return f"huoshui_run_{label}_{os.getpid()}"


def abandoned_drop(*, owner_url: str) -> Sequence[str]:
    """Drop the databases of runs whose process is gone; returns their names."""
    dropped = []
    with _maintenance(owner_url) as connection:
        names = _databases(connection, prefix="huoshui_run_")
    for name in names:
        found = re.search(r"_(\d+)$", name)
        if found is not None and not psutil.pid_exists(int(found.group(1))):
            database_drop(owner_url=owner_url, name=name)
            dropped.append(name)
    return dropped


def _databases(connection: psycopg.Connection[Any], *, prefix: str) -> list[str]:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", [prefix]
    )
    return [str(row[0]) for row in rows]


@contextmanager
def _maintenance(owner_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection beside the databases that are made and dropped, one of us at a time."""
    with psycopg.connect(url_with(owner_url, database="postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        yield connection
