"""What was written stays: the application's role may read the books and knock at the door, no more."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from ledger.values import Leg
from tests.ledger.books import BOOK, Book, assets_ensure, available, hold

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = (
    "asset",
    "account",
    "accountbalance",
    "journal",
    "transfer",
    "pendingresolution",
    "periodlock",
)


@pytest.fixture(autouse=True)
def book() -> Book:
    assets_ensure()
    book = Book()
    book.deposit("1", 1_000)
    bid = book.post(Leg.pending(available("1"), hold("1"), 100)).transfer_ids[0]
    book.post(Leg.post(bid))
    return book


def denied(statement: str) -> str:
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(caught.value)


def test_the_application_is_not_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, usesuper FROM pg_user WHERE usename = current_user")
        assert cursor.fetchone() == ("huoshui_app", False)


@pytest.mark.parametrize("table", TABLES)
def test_the_application_cannot_change_the_books(table: str) -> None:
    column = {"accountbalance": "dr_posted", "pendingresolution": "transfer_id"}.get(table, "id")
    for statement in (
        f"UPDATE ledger_{table} SET {column} = {column}",
        f"DELETE FROM ledger_{table}",
        f"TRUNCATE ledger_{table}",
        f"INSERT INTO ledger_{table} SELECT * FROM ledger_{table}",
    ):
        assert "permission denied" in denied(statement), statement


@pytest.mark.parametrize("table", TABLES)
def test_the_application_cannot_take_the_guards_away(table: str) -> None:
    for statement in (
        f"ALTER TABLE ledger_{table} DISABLE TRIGGER ALL",
        f"DROP TRIGGER append_only ON ledger_{table}",
        f"ALTER TABLE ledger_{table} OWNER TO huoshui_app",
        f"DROP TABLE ledger_{table} CASCADE",
    ):
        assert "must be owner" in denied(statement), statement
    assert "permission denied" in denied("SET session_replication_role = replica")


@pytest.mark.parametrize(
    "call",
    [
        "ledger.balances_move('{1}', '{1}', '{0}', '{0}', '{0}')",
        "ledger.accounts_open('b', '{available}', '{CNY}', '{x}', '{y}')",
        "ledger.refuse_limit(1)",
    ],
)
def test_the_rooms_behind_the_door_are_locked(call: str) -> None:
    assert "permission denied" in denied(f"SELECT {call}")


def test_the_application_cannot_replace_the_door() -> None:
    for statement in (
        "CREATE FUNCTION ledger.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    ):
        assert "permission denied" in denied(statement)
    assert "must be owner" in denied("ALTER FUNCTION ledger.post_one SET search_path = public")


def test_the_door_does_not_look_into_the_callers_schemas() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE ledger_accountbalance (account_id bigint)")
        cursor.execute("SET LOCAL search_path = pg_temp, public")
        book = Book("programme:2")
        book.deposit("1", 5)
        cursor.execute("SELECT count(*) FROM pg_temp.ledger_accountbalance")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("table", [table for table in TABLES if table != "accountbalance"])
def test_even_the_owner_is_stopped_by_the_guards(
    table: str, owner_connection: psycopg.Connection[Any]
) -> None:
    column = {"pendingresolution": "transfer_id"}.get(table, "id")
    for statement in (
        f"UPDATE ledger_{table} SET {column} = {column}",
        f"DELETE FROM ledger_{table}",
        f"TRUNCATE ledger_{table} CASCADE",
    ):
        with pytest.raises(psycopg.Error, match="append-only"):
            owner_connection.execute(statement.encode())


def test_balances_are_never_taken_away(
    owner_connection: psycopg.Connection[Any],
) -> None:
    for statement in (b"DELETE FROM ledger_accountbalance", b"TRUNCATE ledger_accountbalance"):
        with pytest.raises(psycopg.Error, match="append-only"):
            owner_connection.execute(statement)


def test_the_limit_is_the_rows_own_whoever_writes_it(
    owner_connection: psycopg.Connection[Any],
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="balance_debits_within_credits"):
        owner_connection.execute(
            "UPDATE ledger_accountbalance b SET dr_posted = cr_posted + 1 FROM ledger_account a "
            "WHERE a.id = b.account_id AND a.book = %s AND a.code = 'available'",
            [BOOK],
        )
