from datetime import timedelta

import pytest

from ledger.errors import DomainError
from ledger.queries import balance_get, balances_list, trial_balance
from ledger.values import AccountRef, Balance, Leg
from tests.ledger.books import (
    BOOK,
    DAY,
    ESCROW,
    UNALLOCATED,
    Book,
    assets_ensure,
    available,
    hold,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Book:
    assets_ensure("1")
    book = Book()
    book.deposit("1", 1_000)
    book.deposit("2", 500)
    book.post(Leg.pending(available("1"), hold("1"), 300))
    return book


def test_an_account_nobody_used_has_a_balance_of_zero(book: Book) -> None:
    assert balance_get(ref=available("77"), book=BOOK) == Balance(side="credit")
    with pytest.raises(DomainError, match=r"ledger\.account_unknown"):
        balance_get(ref=AccountRef("pocket", "CNY"), book=BOOK)


def test_a_balance_shows_what_is_posted_pending_and_free(book: Book) -> None:
    balance = balance_get(ref=available("1"), book=BOOK)
    assert balance == Balance(0, 1_000, 300, 0, "credit")
    assert (balance.net, balance.free) == (1_000, 700)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 5),
        ({"code": "available"}, 2),
        ({"owner": "party:1"}, 2),
        ({"owner": "party:1", "subject": "series:1"}, 1),
        ({"asset": "CNY.claim"}, 0),
        ({"owner": ""}, 2),
    ],
)
def test_balances_by_code_asset_owner_and_subject(
    book: Book, filters: dict[str, str], count: int
) -> None:
    assert len(balances_list(book=BOOK, **filters)) == count
    assert balances_list(book="programme:2", **filters) == []


def test_a_trial_balance_is_of_the_end_of_a_day_and_balances(book: Book) -> None:
    tomorrow = DAY + timedelta(days=1)
    bid = book.post(Leg.pending(available("2"), hold("2"), 100), day=tomorrow).transfer_ids[0]
    book.post(Leg.post(bid, 40), day=tomorrow + timedelta(days=1))
    book.post(Leg(ESCROW, UNALLOCATED, 9), day=tomorrow + timedelta(days=1))

    assert trial_balance(book=BOOK, as_of=DAY - timedelta(days=1)) == []
    assert dict(trial_balance(book=BOOK, as_of=DAY)) == {
        ESCROW: Balance(1_500, 0, 0, 0, "debit"),
        UNALLOCATED: Balance(1_500, 1_500, 0, 0, "credit"),
        available("1"): Balance(0, 1_000, 300, 0, "credit"),
        available("2"): Balance(0, 500, 0, 0, "credit"),
        hold("1"): Balance(0, 0, 0, 300, "credit"),
    }
    next_day = dict(trial_balance(book=BOOK, as_of=tomorrow))
    assert next_day[available("2")] == Balance(0, 500, 100, 0, "credit")
    latest = trial_balance(book=BOOK, as_of=tomorrow + timedelta(days=9))
    assert latest == balances_list(book=BOOK)
    assert sum(sums.dr_posted - sums.cr_posted for _, sums in latest) == 0
