"""A book to write tests in: postings read like the trace of the design, balances like a statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.posting import asset_ensure, journal_post
from ledger.queries import balance_get
from ledger.values import AccountRef, Journal, Leg

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
BOOK = "programme:1"
ESCROW = AccountRef("bank.escrow", "CNY")
UNALLOCATED = AccountRef("unallocated", "CNY")
CLEARING = AccountRef("clearing", "CNY")
FEE = AccountRef("fee_payable", "CNY", "party:9")


@contextmanager
def refused(code: str, **facts: object) -> Iterator[None]:
    """The block is refused with this code (and at least these facts), and leaves nothing behind."""
    with pytest.raises(DomainError) as caught, transaction.atomic():
        yield
    assert caught.value.code == code
    assert facts.items() <= caught.value.facts.items()


def available(party: str) -> AccountRef:
    return AccountRef("available", "CNY", f"party:{party}")


def hold(party: str, series: str = "series:1") -> AccountRef:
    return AccountRef("hold", "CNY", f"party:{party}", series)


def payable(party: str) -> AccountRef:
    return AccountRef("payable", "CNY", f"party:{party}")


def assets_ensure(*series: str) -> None:
    """Client money, its shadows, and the units of each series."""
    asset_ensure(code="CNY", kind="currency", scale=2)
    for family in ("claim", "yield", "recourse", "rebate"):
        asset_ensure(code=f"CNY.{family}", kind="claim", scale=2)
    for number in series:
        asset_ensure(code=f"U:{number}", kind="unit", scale=0)


class Book:
    """One book, its journals numbered by themselves."""

    def __init__(self, book: str = BOOK, day: date = DAY) -> None:
        self.book = book
        self.day = day
        self._count = 0

    def post(
        self, *legs: Leg, key: str = "", kind: str = "test", day: date | None = None
    ) -> Journal:
        self._count += 1
        return journal_post(
            key=key or f"{self.book}/{self._count}",
            kind=kind,
            book=self.book,
            legs=legs,
            effective_date=day or self.day,
            booked_at=AT,
        )

    def deposit(self, party: str, amount: int) -> Journal:
        return self.post(
            Leg(ESCROW, UNALLOCATED, amount), Leg(UNALLOCATED, available(party), amount)
        )

    def pay_out(self, source: AccountRef, amount: int) -> None:
        """Sent to the bank, then seen on its statement."""
        self.post(Leg(source, CLEARING, amount))
        self.post(Leg(CLEARING, ESCROW, amount))

    def net(self, ref: AccountRef) -> int:
        return balance_get(ref=ref, book=self.book).net

    def free(self, ref: AccountRef) -> int:
        return balance_get(ref=ref, book=self.book).free

    @property
    def escrow(self) -> int:
        return self.net(ESCROW)
