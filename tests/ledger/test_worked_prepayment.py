"""The prepayment SALE of the design, posted step by step: 16,000 units, draws on days 45, 90 and 120."""

from __future__ import annotations

import pytest

from ledger.rates import interest_minor
from ledger.reconciliation import book_verify
from ledger.values import AccountRef, Leg
from tests.ledger.books import (
    DAY,
    ESCROW,
    FEE,
    UNALLOCATED,
    Book,
    assets_ensure,
    available,
    hold,
    payable,
    refused,
)

pytestmark = pytest.mark.django_db

SERIES, CLAIM = "series:1", "claim:1"
HOLDERS = {"A": 8_000, "B": 5_000, "C": 3_000}
UNIT_PRICE = 10_000
ANCHOR = AccountRef("obligor", "CNY.claim", "party:1", CLAIM)
BY_DISTRIBUTOR = AccountRef("entitled", "CNY.claim", "party:3", CLAIM)
BY_SERIES = AccountRef("entitled", "CNY.claim", SERIES, CLAIM)
RELEASED = AccountRef("released", "CNY.claim", "party:3", CLAIM)
REBATE_DEBTOR = AccountRef("rebate_debtor", "CNY.rebate", "party:1", CLAIM)
REBATE = AccountRef("entitled", "CNY.rebate", SERIES, CLAIM)
COLLECTION = AccountRef("collection", "CNY", SERIES, CLAIM)
CONTRA = AccountRef("yield_contra", "CNY.yield", SERIES)
DUE = AccountRef("due", "CNY.yield", SERIES)
AUTHORISED = AccountRef("authorised", "U:1", SERIES)
ISSUE = AccountRef("issue", "U:1", SERIES)
REDEEMED = AccountRef("redeemed", "U:1", SERIES)
DISTRIBUTOR = payable("3")


def held(party: str) -> AccountRef:
    return AccountRef("held", "U:1", f"party:{party}", SERIES)


def interest(principal: int, rate_ppm: int, days: int) -> int:
    return interest_minor(principal_minor=principal, rate_ppm=rate_ppm, days=days, basis=365)


@pytest.fixture
def book() -> Book:
    """Closed and paid out: steps 0 to 4."""
    assets_ensure("1")
    book = Book()
    book.post(Leg(AUTHORISED, ISSUE, 16_000))
    book.post(Leg(ANCHOR, BY_DISTRIBUTOR, 200_000_000))
    bids = {}
    for party, units in HOLDERS.items():
        book.deposit(party, units * UNIT_PRICE)
        bids[party] = book.post(Leg.pending(available(party), hold(party), units * UNIT_PRICE))
    assert book.escrow == 160_000_000
    legs = [Leg(BY_DISTRIBUTOR, BY_SERIES, 200_000_000)]
    for party, units in HOLDERS.items():
        legs.append(Leg.post(bids[party].transfer_ids[0]))
        legs.append(Leg(hold(party), DISTRIBUTOR, units * UNIT_PRICE))
        legs.append(Leg(ISSUE, held(party), units))
    book.post(*legs)
    book.pay_out(DISTRIBUTOR, 160_000_000)
    assert book.escrow == 0
    return book


@pytest.mark.parametrize(
    ("day", "undelivered", "days", "drawn", "rebate", "redemption", "expected_yield", "fee", "net"),
    [
        (45, 200_000_000, 45, 80_000_000, 1_726_027, 64_000_000, 1_025_753, 98_630, 601_644),
        (90, 120_000_000, 45, 70_000_000, 1_035_616, 56_000_000, 615_452, 59_178, 360_986),
        (120, 50_000_000, 30, 50_000_000, 287_671, 40_000_000, 170_959, 16_438, 100_274),
    ],
)
def test_the_figures_of_each_period(
    day: int,
    undelivered: int,
    days: int,
    drawn: int,
    rebate: int,
    redemption: int,
    expected_yield: int,
    fee: int,
    net: int,
) -> None:
    sold = undelivered * 8 // 10
    assert interest(undelivered, 70_000, days) == rebate
    assert interest(sold, 52_000, days) == expected_yield
    assert interest(sold, 5_000, days) == fee
    assert rebate - expected_yield - fee == net
    assert drawn * 8 // 10 == redemption


def draw(book: Book, *, units: int, claim: int, rebate: int, due: int, fee: int, net: int) -> None:
    """Steps 5 to 11 of one draw, received on the same day."""
    redemption = units * UNIT_PRICE
    book.post(Leg(REBATE_DEBTOR, REBATE, rebate))
    book.post(Leg(CONTRA, DUE, due))
    request = book.post(Leg.pending(BY_SERIES, RELEASED, claim))
    book.post(
        Leg(ESCROW, UNALLOCATED, rebate + redemption),
        Leg(UNALLOCATED, COLLECTION, rebate + redemption),
        Leg(REBATE, REBATE_DEBTOR, rebate),
    )
    outstanding = sum(book.net(held(party)) for party in HOLDERS)
    legs = [Leg(COLLECTION, FEE, fee), Leg(COLLECTION, DISTRIBUTOR, net), Leg(DUE, CONTRA, due)]
    paid = 0
    for party, whole in HOLDERS.items():
        redeemed = whole * units // 16_000
        share = due * book.net(held(party)) // outstanding + redeemed * UNIT_PRICE
        legs.append(Leg(held(party), REDEEMED, redeemed))
        legs.append(Leg(COLLECTION, available(party), share))
        paid += share
    if paid < due + redemption:
        legs.append(Leg(COLLECTION, available("A"), due + redemption - paid))
    book.post(*legs, Leg.post(request.transfer_ids[0]))
    book.post(Leg(RELEASED, ANCHOR, claim))
    book.pay_out(FEE, fee)
    book.pay_out(DISTRIBUTOR, net)


def test_the_trace_step_by_step(book: Book) -> None:
    draw(
        book,
        units=6_400,
        claim=80_000_000,
        rebate=1_726_027,
        due=1_025_753,
        fee=98_630,
        net=601_644,
    )
    assert book.escrow == 65_025_753
    assert [book.net(held(party)) for party in HOLDERS] == [4_800, 3_000, 1_800]
    draw(
        book, units=5_600, claim=70_000_000, rebate=1_035_616, due=615_452, fee=59_178, net=360_986
    )
    assert book.escrow == 121_641_205
    draw(book, units=4_000, claim=50_000_000, rebate=287_671, due=170_959, fee=16_438, net=100_274)
    assert book.escrow == 161_812_164
    assert sum(book.net(available(party)) for party in HOLDERS) == 161_812_164
    assert book.net(REDEEMED) == 16_000
    for emptied in (ANCHOR, BY_SERIES, RELEASED, REBATE_DEBTOR, COLLECTION, DUE, FEE, DISTRIBUTOR):
        assert book.net(emptied) == 0
    report = book_verify(
        book=book.book,
        statement_closings={DAY: 161_812_164},
        business_date=DAY,
        impaired=frozenset(),
    )
    assert report.ok, report


def test_a_requested_draw_is_reserved_and_cannot_be_requested_twice(book: Book) -> None:
    book.post(Leg.pending(BY_SERIES, RELEASED, 150_000_000))
    assert book.free(BY_SERIES) == 50_000_000
    with refused("ledger.limit_exceeded"):
        book.post(Leg.pending(BY_SERIES, RELEASED, 50_000_001))


def test_a_short_refund_pays_investors_first_and_leaves_the_claim_open(book: Book) -> None:
    draw(
        book,
        units=6_400,
        claim=80_000_000,
        rebate=1_726_027,
        due=1_025_753,
        fee=98_630,
        net=601_644,
    )
    draw(
        book, units=5_600, claim=70_000_000, rebate=1_035_616, due=615_452, fee=59_178, net=360_986
    )
    book.post(Leg(CONTRA, DUE, 170_959))
    book.post(
        Leg(ESCROW, UNALLOCATED, 35_000_000),
        Leg(UNALLOCATED, COLLECTION, 35_000_000),
        Leg(BY_SERIES, ANCHOR, 35_000_000),
    )
    book.post(
        Leg(COLLECTION, available("A"), 17_500_000),
        Leg(COLLECTION, available("B"), 10_937_500),
        Leg(COLLECTION, available("C"), 6_562_500),
        Leg(DUE, CONTRA, 170_959),
    )
    assert sum(book.net(held(party)) for party in HOLDERS) == 4_000
    assert book.net(BY_SERIES) == 15_000_000
    report = book_verify(
        book=book.book,
        statement_closings={DAY: 121_641_205 + 35_000_000},
        business_date=DAY,
        impaired=frozenset(),
    )
    assert report.ok, report
