"""Migrating ends with grants: the application may write rows, and never the ledger's past."""

from typing import Any

import psycopg
import pytest
from django.core.management import call_command

from scf.runtime.roles import APP_ROLE
from scf.runtime.scratch import scratch_database

PRIVILEGES = """
    SELECT c.relname, p.name
    FROM pg_class c CROSS JOIN unnest(ARRAY['INSERT','UPDATE','DELETE','TRUNCATE']) AS p(name)
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND has_table_privilege(%s, c.oid, p.name)
"""


def privileges(connection: psycopg.Connection[Any]) -> set[tuple[str, str]]:
    return {(str(table), str(name)) for table, name in connection.execute(PRIVILEGES, [APP_ROLE])}


@pytest.mark.django_db(transaction=True)
def test_the_application_may_write_business_rows_but_never_truncate(
    owner_connection: psycopg.Connection[Any],
) -> None:
    held = privileges(owner_connection)
    assert {("network_party", name) for name in ("INSERT", "UPDATE", "DELETE")} <= held
    assert not [table for table, name in held if name == "TRUNCATE"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["ledger_transfer", "ledger_journal", "ledger_account"])
def test_nothing_changes_or_removes_what_the_ledger_wrote(
    owner_connection: psycopg.Connection[Any], table: str
) -> None:
    assert owner_connection.execute("SELECT to_regclass(%s)", [table]).fetchone() != (None,)
    held = privileges(owner_connection)
    assert {(table, "UPDATE"), (table, "DELETE")}.isdisjoint(held)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_migrating_again_changes_no_privilege() -> None:
    with scratch_database(label="grants") as addresses:
        with psycopg.connect(addresses.owner_url) as connection:
            before = privileges(connection)
        call_command("migrate", verbosity=0)
        with psycopg.connect(addresses.owner_url) as connection:
            assert privileges(connection) == before
    assert before
