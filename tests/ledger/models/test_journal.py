"""Transfers and journals that cannot be written, even by the owner."""

from typing import Any

import psycopg
import pytest

from tests.ledger.books import Book, assets_ensure

pytestmark = pytest.mark.django_db(transaction=True)
COPY = """
INSERT INTO ledger_transfer (journal_id, seq, phase, effective_date, debit_id, credit_id, asset_id, amount, pending_id, transaction)
SELECT journal_id, {seq}, {phase}, effective_date, debit_id, {credit}, asset_id, {amount}, {pending}, transaction
FROM ledger_transfer WHERE seq = 1
"""


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"seq": "1"}, "transfer_place_in_journal"),
        ({"amount": "0"}, "transfer_amount_positive"),
        ({"amount": "-5"}, "transfer_amount_positive"),
        ({"credit": "debit_id"}, "transfer_between_two"),
        ({"phase": "5"}, "transfer_phase_fits"),
        ({"phase": "3"}, "transfer_phase_fits"),
        ({"pending": "id"}, "transfer_phase_fits"),
    ],
)
def test_a_transfer_that_makes_no_sense_is_refused(
    owner_connection: psycopg.Connection[Any], change: dict[str, str], constraint: str
) -> None:
    assets_ensure()
    Book().deposit("1", 1_000)
    sane = {"seq": "9", "phase": "1", "credit": "credit_id", "amount": "amount", "pending": "NULL"}
    with pytest.raises(psycopg.errors.IntegrityError, match=constraint):
        owner_connection.execute(COPY.format(**{**sane, **change}).encode())


def test_every_transfer_carries_its_transaction(owner_connection: psycopg.Connection[Any]) -> None:
    assets_ensure()
    book = Book()
    first, second = book.deposit("1", 5), book.deposit("1", 6)
    rows = owner_connection.execute(
        "SELECT journal_id, count(DISTINCT transaction), min(transaction::text::bigint) FROM ledger_transfer "
        "GROUP BY journal_id ORDER BY journal_id"
    ).fetchall()
    assert [(row[0], row[1]) for row in rows] == [(first.id, 1), (second.id, 1)]
    assert rows[0][2] < rows[1][2]
