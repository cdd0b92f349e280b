from typing import Any

import psycopg
import pytest

from ledger.operations.period import period_lock
from tests.ledger.books import AT, BOOK, DAY


@pytest.mark.django_db(transaction=True)
def test_a_date_is_closed_once(owner_connection: psycopg.Connection[Any]) -> None:
    period_lock(book=BOOK, locked_date=DAY, at=AT)
    with pytest.raises(psycopg.errors.UniqueViolation, match="period_locked_once"):
        owner_connection.execute(
            "INSERT INTO ledger_periodlock (book, locked_date, locked_at, trial_balance_hash) "
            "SELECT book, locked_date, locked_at, trial_balance_hash FROM ledger_periodlock"
        )
