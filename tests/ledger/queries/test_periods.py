from datetime import timedelta

import pytest

from ledger.operations.period import period_lock
from ledger.queries import period_is_open, periods_list
from tests.ledger.books import AT, BOOK, DAY


@pytest.mark.django_db
def test_closed_periods_are_listed_latest_first() -> None:
    tomorrow = DAY + timedelta(days=1)
    locked = [period_lock(book=BOOK, locked_date=day, at=AT) for day in (DAY, tomorrow)]
    periods = periods_list(book=BOOK)
    assert [period.locked_date for period in periods] == [tomorrow, DAY]
    assert periods[0].trial_balance_hash == locked[1].trial_balance_hash.hex()
    assert not period_is_open(book=BOOK, effective_date=tomorrow)
    assert period_is_open(book=BOOK, effective_date=tomorrow + timedelta(days=1))
