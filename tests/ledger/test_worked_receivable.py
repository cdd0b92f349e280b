"""The receivable of the design, posted step by step: 9,372 units for A, B and C, ninety days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.quantity import split_largest_remainder
from ledger.queries import trial_balance
from ledger.rates import interest_minor
from ledger.reconciliation import VerifyReport, book_verify
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
HOLDERS = {"A": 5_000, "B": 3_000, "C": 1_372}
DEPOSITS = {"A": 50_000_000, "B": 30_000_000, "C": 13_720_000}
PRINCIPAL, PROCEEDS, FEE_MINOR, FACE = 93_720_000, 93_581_346, 138_654, 100_000_000

OBLIGOR = AccountRef("obligor", "CNY.claim", "party:1", CLAIM)
WRITTEN_OFF = AccountRef("obligor_written_off", "CNY.claim", "party:1", CLAIM)
BY_SUPPLIER = AccountRef("entitled", "CNY.claim", "party:2", CLAIM)
BY_SERIES = AccountRef("entitled", "CNY.claim", SERIES, CLAIM)
RECOURSE_DEBTOR = AccountRef("recourse_debtor", "CNY.recourse", "party:2", CLAIM)
RECOURSE = AccountRef("entitled", "CNY.recourse", SERIES, CLAIM)
COLLECTION = AccountRef("collection", "CNY", SERIES, CLAIM)
CONTRA = AccountRef("yield_contra", "CNY.yield", SERIES)
DUE = AccountRef("due", "CNY.yield", SERIES)
AUTHORISED = AccountRef("authorised", "U:1", SERIES)
ISSUE = AccountRef("issue", "U:1", SERIES)
REDEEMED = AccountRef("redeemed", "U:1", SERIES)
SUPPLIER = payable("2")


def held(party: str) -> AccountRef:
    return AccountRef("held", "U:1", f"party:{party}", SERIES)


class Life:
    """The trace of the design, one method a step."""

    def __init__(self) -> None:
        assets_ensure("1")
        self.book = Book()
        self.bids: dict[str, int] = {}

    def opened(self) -> Life:
        """Steps 0 to 3: freeze, deposits, bids, confirmation."""
        self.book.post(Leg(AUTHORISED, ISSUE, 9_372))
        for party, amount in DEPOSITS.items():
            self.book.deposit(party, amount)
        for party, amount in DEPOSITS.items():
            bid = self.book.post(Leg.pending(available(party), hold(party), amount))
            self.bids[party] = bid.transfer_ids[0]
        self.book.post(Leg(OBLIGOR, BY_SUPPLIER, FACE))
        return self

    def closed(self) -> Life:
        """Step 4: delivery versus payment in one journal."""
        fee_left = FEE_MINOR
        legs: list[Leg] = []
        for party, amount in DEPOSITS.items():
            fee = min(fee_left, FEE_MINOR)
            fee_left -= fee
            legs += [Leg.post(self.bids[party]), Leg(hold(party), SUPPLIER, amount - fee)]
            legs += [Leg(hold(party), FEE, fee)] if fee else []
            legs += [Leg(ISSUE, held(party), HOLDERS[party])]
        self.book.post(*legs, Leg(BY_SUPPLIER, BY_SERIES, FACE), key="close")
        return self

    def paid_out(self) -> Life:
        """Steps 5 and 6."""
        self.book.pay_out(SUPPLIER, PROCEEDS)
        assert self.book.escrow == FEE_MINOR
        self.book.pay_out(FEE, FEE_MINOR)
        assert self.book.escrow == 0
        return self

    def accrued(self, days: int) -> int:
        """Step 7, day by day: cumulative, so that the days add up to the whole."""
        before = 0
        for day in range(1, days + 1):
            due = interest_minor(principal_minor=PRINCIPAL, rate_ppm=55_000, days=day, basis=365)
            self.book.post(Leg(CONTRA, DUE, due - before))
            before = due
        return before

    def collected(self, amount: int) -> None:
        """Step 8."""
        self.book.post(
            Leg(ESCROW, UNALLOCATED, amount),
            Leg(UNALLOCATED, COLLECTION, amount),
            Leg(BY_SERIES, OBLIGOR, amount),
        )

    def distributed(self, interest: int, principal: int, *, redeem: bool) -> dict[str, int]:
        """Step 9: what the holders get, and the residual of what was collected to the supplier."""
        names = {1: "A", 2: "B", 3: "C"}
        weights = [(number, HOLDERS[name]) for number, name in names.items()]
        shares = {
            names[number]: share
            for number, share in split_largest_remainder(interest + principal, weights).items()
        }
        legs = [Leg(COLLECTION, available(name), share) for name, share in shares.items()]
        residual = self.book.net(COLLECTION) - interest - principal
        legs += [Leg(COLLECTION, SUPPLIER, residual)] if residual else []
        legs += [Leg(DUE, CONTRA, interest)] if interest else []
        if redeem:
            legs += [Leg(held(name), REDEEMED, units) for name, units in HOLDERS.items()]
        self.book.post(*legs)
        return shares

    def verified(self, *, closing: int, impaired: frozenset[str] = frozenset()) -> VerifyReport:
        return book_verify(
            book=self.book.book,
            statement_closings={DAY: closing},
            business_date=DAY,
            impaired=impaired,
        )


def test_the_trace_step_by_step() -> None:
    life = Life().opened()
    assert life.book.escrow == 93_720_000
    assert life.book.free(available("A")) == 0
    assert life.book.net(available("A")) == 50_000_000  # a bid reserves, it does not move

    life.closed()
    assert life.book.net(SUPPLIER) == PROCEEDS
    assert life.book.net(FEE) == FEE_MINOR
    assert life.book.net(BY_SERIES) == FACE
    assert [life.book.net(held(name)) for name in "ABC"] == [5_000, 3_000, 1_372]
    assert life.book.net(ISSUE) == 0

    life.paid_out()
    assert life.accrued(90) == 1_270_997
    life.collected(100_000_000)
    assert life.book.escrow == 100_000_000
    assert life.book.net(BY_SERIES) == 0

    shares = life.distributed(1_270_997, PRINCIPAL, redeem=True)
    assert shares == {"A": 50_678_082, "B": 30_406_849, "C": 13_906_066}
    assert life.book.net(SUPPLIER) == 5_009_003
    assert life.book.net(DUE) == 0
    assert life.book.net(REDEEMED) == 9_372

    life.book.pay_out(SUPPLIER, 5_009_003)
    assert life.book.escrow == 94_990_997
    for name, share in shares.items():
        life.book.pay_out(available(name), share)
    assert life.book.escrow == 0
    report = life.verified(closing=0)
    assert report.ok, report
    left = {
        ref.code for ref, balance in trial_balance(book=life.book.book, as_of=DAY) if balance.net
    }
    assert left == {"authorised", "redeemed"}


def test_a_redeemed_unit_can_never_be_issued_again() -> None:
    life = Life().opened().closed()
    with refused("ledger.limit_exceeded"):
        life.book.post(Leg(ISSUE, held("A"), 1))


def test_undersubscribed_voids_the_holds_and_everything_is_as_before() -> None:
    life = Life().opened()
    life.book.post(*(Leg.void(bid) for bid in life.bids.values()), Leg(BY_SUPPLIER, OBLIGOR, FACE))
    assert [life.book.free(available(name)) for name in "ABC"] == list(DEPOSITS.values())
    assert [life.book.net(hold(name)) for name in "ABC"] == [0, 0, 0]
    assert life.book.net(OBLIGOR) == 0
    assert life.verified(closing=93_720_000).ok


def test_credit_note_beyond_the_holdback_is_recourse_on_the_supplier() -> None:
    life = Life().opened().closed().paid_out()
    life.accrued(90)
    life.book.post(Leg(BY_SERIES, OBLIGOR, 7_000_000), Leg(RECOURSE_DEBTOR, RECOURSE, 1_990_997))
    life.collected(93_000_000)
    shares = life.distributed(1_270_997, 91_729_003, redeem=False)
    assert shares == {"A": 49_615_877, "B": 29_769_526, "C": 13_614_597}
    assert life.verified(closing=93_000_000).ok  # the recourse covers what holders are still owed

    life.book.post(
        Leg(ESCROW, UNALLOCATED, 1_990_997),
        Leg(UNALLOCATED, COLLECTION, 1_990_997),
        Leg(RECOURSE, RECOURSE_DEBTOR, 1_990_997),
    )
    life.distributed(0, 1_990_997, redeem=True)
    assert life.book.net(SUPPLIER) == 0
    assert life.verified(closing=94_990_997).ok


def test_insolvent_obligor_impairs_the_series_until_it_is_flagged() -> None:
    life = Life().opened().closed().paid_out()
    life.accrued(90)
    life.collected(30_000_000)
    shares = life.distributed(1_270_997, 28_729_003, redeem=False)
    assert shares == {"A": 16_005_122, "B": 9_603_073, "C": 4_391_805}
    assert life.verified(closing=30_000_000).ok

    life.book.post(Leg(WRITTEN_OFF, OBLIGOR, 70_000_000))
    report = life.verified(closing=30_000_000)
    assert [(proof.name, proof.difference) for proof in report.proofs if not proof.ok] == [
        ("entitlement", 64_990_997)
    ]
    assert life.verified(closing=30_000_000, impaired=frozenset({SERIES})).ok


def test_partial_payment_keeps_the_units_and_the_claim_open() -> None:
    life = Life().opened().closed().paid_out()
    life.accrued(90)
    life.collected(60_000_000)
    shares = life.distributed(1_270_997, 58_729_003, redeem=False)
    assert shares == {"A": 32_010_243, "B": 19_206_146, "C": 8_783_611}
    assert life.book.net(BY_SERIES) == 40_000_000
    assert life.verified(closing=60_000_000).ok

    life.collected(40_000_000)
    rest = life.distributed(0, 34_990_997, redeem=True)
    assert rest == {"A": 18_667_839, "B": 11_200_703, "C": 5_122_455}
    assert life.book.net(SUPPLIER) == 5_009_003


def test_the_escrow_proof_names_the_day_and_the_difference() -> None:
    life = Life().opened()
    wrong = next(proof for proof in life.verified(closing=93_719_999).proofs if not proof.ok)
    assert (wrong.name, wrong.difference) == ("escrow", 1)
    unseen = book_verify(
        book=life.book.book, statement_closings={}, business_date=DAY, impaired=frozenset()
    )
    assert "without a statement" in next(proof for proof in unseen.proofs if not proof.ok).detail


def test_a_fee_left_over_night_is_an_alarm() -> None:
    life = Life().opened().closed()
    tomorrow = DAY + timedelta(days=1)

    def fees() -> bool:
        report = book_verify(
            book=life.book.book,
            statement_closings=None,
            business_date=tomorrow,
            impaired=frozenset(),
        )
        return next(proof.ok for proof in report.proofs if proof.name == "fees")

    assert not fees()
    life.book.pay_out(FEE, FEE_MINOR)
    assert fees()
