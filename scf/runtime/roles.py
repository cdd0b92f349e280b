"""The application's role, its database and its grants.

Roles belong to the whole cluster, and making one from two databases at once fails even with
IF NOT EXISTS: so they are made here, once, under an advisory lock, and never by a migration.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from scf.runtime.urls import url_parse, url_with

APP_ROLE = "huoshui_app"
ROLE_LOCK = 0x4873_0001  # any fixed number: "Hs"

BASE_GRANTS = """
GRANT USAGE ON SCHEMA public TO huoshui_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO huoshui_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO huoshui_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM huoshui_app;
DO $$
DECLARE ledger_table regclass;
BEGIN
    FOR ledger_table IN
        SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname LIKE 'ledger\\_%'
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM huoshui_app', ledger_table);
    END LOOP;
END $$;
"""


def roles_ensure(*, owner_url: str, app_password: str) -> bool:
    """Make the database of `owner_url` and the application's role where they are missing.

    Returns whether the application can log in as its own role: False where the owner may not
    make roles.
    """
    database = url_parse(owner_url).database
    if not _database_exists(owner_url):
        with closing(_connect(url_with(owner_url, database="postgres"))) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [ROLE_LOCK])
            if not _database_exists(owner_url):
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    if _can_log_in(url_with(owner_url, user=APP_ROLE, password=app_password)):
        return True
    with closing(_connect(owner_url)) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [ROLE_LOCK])
        try:
            _role_set(connection, password=app_password)
        except psycopg.errors.InsufficientPrivilege:
            return False
    return _can_log_in(url_with(owner_url, user=APP_ROLE, password=app_password))


def grants_apply(*, owner_url: str, files: Sequence[Path]) -> bool:
    """Give the application's role what it needs and no more, in one transaction; idempotent.

    Everything but TRUNCATE on ordinary tables, SELECT and INSERT on the ledger's; then each file,
    which may narrow or widen that. Returns False where the role does not exist.
    """
    with psycopg.connect(owner_url) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if known.fetchone() is None:
            return False
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [ROLE_LOCK])
        connection.execute(BASE_GRANTS.encode())
        for file in files:
            connection.execute(file.read_bytes())
    return True


def _role_set(connection: psycopg.Connection[Any], *, password: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone()
    verb = sql.SQL("ALTER" if found else "CREATE")
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            verb, sql.Identifier(APP_ROLE), sql.Literal(password)
        )
    )


def _database_exists(url: str) -> bool:
    try:
        _connect(url).close()
    except psycopg.OperationalError as error:
        if "does not exist" in str(error):
            return False
        raise
    return True


def _can_log_in(url: str) -> bool:
    try:
        _connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url, autocommit=True, connect_timeout=5)
