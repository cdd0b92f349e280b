"""The test database: a clone of the migrated template, used through the application's role."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql

from scf.runtime.databases import abandoned_drop, database_clone, database_drop, template_ensure
from scf.runtime.scratch import django_migrate
from tests.support.run import run_prepare

FLUSH_TRIES = 5


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's: a clone in milliseconds instead of a migration in seconds."""
    run = run_prepare()
    owner_url = run.server.owner_url
    abandoned_drop(owner_url=owner_url)
    with django_db_blocker.unblock():
        template = template_ensure(owner_url=owner_url, migrate=django_migrate)
    database_drop(owner_url=owner_url, name=run.database)
    database_clone(owner_url=owner_url, template=template, name=run.database)
    kept = filled_tables(run.addresses.owner_url)
    with pytest.MonkeyPatch.context() as patch:
        # Django's flush is TRUNCATE, which the application's role may not do.
        patch.setattr(
            TransactionTestCase,
            "_fixture_teardown",
            lambda _self: database_flush(run.addresses.owner_url, kept=kept),
        )
        yield
    with django_db_blocker.unblock():
        connections.close_all()
    database_drop(owner_url=owner_url, name=run.database)


@pytest.fixture
def owner_connection(db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection as the tables' owner, autocommitting: sees only what a test has committed."""
    with psycopg.connect(run_prepare().addresses.owner_url, autocommit=True) as connection:
        yield connection


def database_flush(owner_url: str, *, kept: frozenset[str]) -> None:
    """Empty every table but the ones a fresh database has rows in.

    As the owner and with triggers off, which is how the ledger's rows can go. Another process
    that still writes (a worker) is waited for, then disconnected.
    """
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET lock_timeout = '1s'")
        for attempt in range(FLUSH_TRIES):
            with suppress(psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
                with connection.transaction():
                    for table in filled_tables(owner_url) - kept:
                        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                return
            if attempt >= 1:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
    raise RuntimeError("the test database could not be emptied: another process holds its locks")


def filled_tables(owner_url: str) -> frozenset[str]:
    with psycopg.connect(owner_url) as connection:
        tables = [
            str(row[0])
            for row in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            )
        ]
        query = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(
                sql.Literal(table), sql.Identifier(table)
            )
            for table in tables
        )
        return frozenset(str(row[0]) for row in connection.execute(query))
