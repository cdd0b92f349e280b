from datetime import timedelta

import pytest

from ledger.operations.period import period_lock
from ledger.queries import period_is_open, periods_list
from ledger.values import Leg
from tests.ledger.books import (
    AT,
    BOOK,
    DAY,
    ESCROW,
    UNALLOCATED,
    Book,
    assets_ensure,
    refused,
)

pytestmark = pytest.mark.django_db


def test_closing_a_period_twice_returns_the_first_hash() -> None:
    assets_ensure()
    book = Book()
    book.deposit("1", 1_000)
    first = period_lock(book=BOOK, locked_date=DAY, at=AT)
    tomorrow = DAY + timedelta(days=1)
    book.post(Leg(ESCROW, UNALLOCATED, 7), day=tomorrow)
    again = period_lock(book=BOOK, locked_date=DAY, at=AT)
    assert (first.created, again.created) == (True, False)
    assert again.trial_balance_hash == first.trial_balance_hash
    later = period_lock(book=BOOK, locked_date=tomorrow, at=AT)
    assert later.trial_balance_hash != first.trial_balance_hash


def test_the_hash_is_of_that_day_whenever_it_is_taken() -> None:
    assets_ensure()
    early, late = Book("programme:1"), Book("programme:2")
    for book in (early, late):
        book.deposit("1", 1_000)
    taken_early = period_lock(book=early.book, locked_date=DAY, at=AT)
    late.post(Leg(ESCROW, UNALLOCATED, 7), day=DAY + timedelta(days=1))
    taken_late = period_lock(book=late.book, locked_date=DAY, at=AT)
    assert taken_late.trial_balance_hash == taken_early.trial_balance_hash


def test_an_earlier_date_is_inside_what_is_closed() -> None:
    period_lock(book=BOOK, locked_date=DAY, at=AT)
    with refused("ledger.period_locked", locked_date=DAY.isoformat()):
        period_lock(book=BOOK, locked_date=DAY - timedelta(days=1), at=AT)


def test_books_close_apart() -> None:
    period_lock(book=BOOK, locked_date=DAY, at=AT)
    assert not period_is_open(book=BOOK, effective_date=DAY)
    assert period_is_open(book=BOOK, effective_date=DAY + timedelta(days=1))
    assert period_is_open(book="programme:2", effective_date=DAY)
    assert [period.locked_date for period in periods_list(book=BOOK)] == [DAY]
    assert len(periods_list(book=BOOK)[0].trial_balance_hash) == 64
