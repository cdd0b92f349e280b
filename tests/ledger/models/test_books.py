"""The rows defend themselves, whoever writes them: here the owner, past the door."""

from typing import Any

import psycopg
import pytest

from tests.ledger.books import BOOK, Book, assets_ensure

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def book() -> None:
    assets_ensure()
    Book().deposit("1", 1_000)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("dr_pending = cr_posted + 1", "balance_debits_within_credits"),
        ("cr_pending = -1", "balance_sums_not_negative"),
    ],
)
def test_a_balance_cannot_pass_its_limit(
    owner_connection: psycopg.Connection[Any], change: str, constraint: str
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
        owner_connection.execute(
            f"UPDATE ledger_accountbalance b SET {change} FROM ledger_account a "
            "WHERE a.id = b.account_id AND a.book = %s AND a.code = 'available'",
            [BOOK],
        )


def test_an_account_exists_once(owner_connection: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation, match="account_natural_key"):
        owner_connection.execute(
            "INSERT INTO ledger_account (natural_key, book, code, asset_id, owner, subject, side, limited, is_hot) "
            "SELECT natural_key, book, code, asset_id, owner, subject, side, limited, is_hot FROM ledger_account"
        )


def test_an_asset_is_of_a_known_kind(owner_connection: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="asset_kind_known"):
        owner_connection.execute(
            "INSERT INTO ledger_asset (code, kind, scale) VALUES ('X', 'token', 2)"
        )
