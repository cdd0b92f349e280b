"""Random lives of a book against a plain Python oracle that keeps the rules in twenty lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ledger.operations.posting import journal_post, journals_post_many
from ledger.queries import balances_list
from ledger.reconciliation import book_verify
from ledger.values import AccountRef, JournalRequest, Leg, Phase
from tests.ledger.books import (
    AT,
    DAY,
    ESCROW,
    UNALLOCATED,
    assets_ensure,
    available,
    hold,
    refused,
)

ACCOUNTS = (ESCROW, UNALLOCATED, available("1"), available("2"), hold("1"))
_books = count(1)

amounts = st.integers(1, 60)
pairs = st.permutations(range(len(ACCOUNTS))).map(lambda order: (order[0], order[1]))
posted_legs = st.lists(st.tuples(pairs, amounts, st.booleans()), min_size=1, max_size=11)


@dataclass
class Oracle:
    """dr_posted, cr_posted, dr_pending, cr_pending of each account; the open pending transfers."""

    sums: dict[AccountRef, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 4))
    open: dict[int, tuple[AccountRef, AccountRef, int]] = field(default_factory=dict)

    def copy(self) -> Oracle:
        sums = defaultdict(lambda: [0] * 4, {ref: list(each) for ref, each in self.sums.items()})
        return Oracle(sums, dict(self.open))

    def apply(self, leg: Leg) -> None:
        if leg.pending_id is None:
            place = 2 if leg.phase is Phase.PENDING else 0
            self.sums[leg.debit][place] += leg.amount
            self.sums[leg.credit][place + 1] += leg.amount
            return
        debit, credit, whole = self.open.pop(leg.pending_id)
        self.sums[debit][2] -= whole
        self.sums[credit][3] -= whole
        if leg.phase is Phase.POST:
            self.sums[debit][0] += leg.amount or whole
            self.sums[credit][1] += leg.amount or whole

    @property
    def allowed(self) -> bool:
        return all(each[0] + each[2] <= each[1] for ref, each in self.sums.items() if ref != ESCROW)


class BookMachine(RuleBasedStateMachine):
    """Whatever is posted, refused or sent again: the book says what the oracle says."""

    def __init__(self) -> None:
        super().__init__()
        self.book = f"oracle:{next(_books)}"
        self.oracle = Oracle()
        self.sent: list[JournalRequest] = []

    def send(self, legs: list[Leg]) -> None:
        request = JournalRequest(f"{self.book}/{len(self.sent)}", "life", self.book, legs, DAY, AT)
        after = self.oracle.copy()
        for leg in legs:
            after.apply(leg)
        if not after.allowed:
            with refused("ledger.limit_exceeded"):
                journals_post_many(requests=[request])
            return
        (journal,) = journals_post_many(requests=[request])
        self.sent.append(request)
        for leg, identity in zip(legs, journal.transfer_ids, strict=True):
            if leg.phase is Phase.PENDING:
                after.open[identity] = (leg.debit, leg.credit, leg.amount)
        self.oracle = after

    @rule(legs=posted_legs)
    def post(self, legs: list[tuple[tuple[int, int], int, bool]]) -> None:
        self.send(
            [
                Leg(
                    ACCOUNTS[debit],
                    ACCOUNTS[credit],
                    amount,
                    Phase.PENDING if is_pending else Phase.POSTED,
                )
                for (debit, credit), amount, is_pending in legs
            ]
        )

    @rule(amount=st.integers(50, 500))
    def deposit(self, amount: int) -> None:
        self.send([Leg(ESCROW, available("1"), amount), Leg(ESCROW, hold("1"), amount)])

    @rule(data=st.data())
    def resolve(self, data: st.DataObject) -> None:
        if not self.oracle.open:
            return
        chosen = data.draw(
            st.lists(st.sampled_from(sorted(self.oracle.open)), min_size=1, unique=True)
        )
        legs = []
        for identity in chosen:
            whole = self.oracle.open[identity][2]
            part = data.draw(st.none() | st.integers(1, whole))
            is_void = data.draw(st.booleans())
            legs.append(Leg.void(identity) if is_void else Leg.post(identity, part))
        self.send(legs)

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        if not self.sent:
            return
        request = data.draw(st.sampled_from(self.sent))
        again = journal_post(
            key=request.key,
            kind=request.kind,
            book=request.book,
            legs=request.legs,
            effective_date=request.effective_date,
            booked_at=request.booked_at,
        )
        assert not again.created

    @invariant()
    def the_book_says_what_the_oracle_says(self) -> None:
        book = {
            ref: [sums.dr_posted, sums.cr_posted, sums.dr_pending, sums.cr_pending]
            for ref, sums in balances_list(book=self.book)
        }
        assert {ref: sums for ref, sums in book.items() if any(sums)} == {
            ref: sums for ref, sums in self.oracle.sums.items() if any(sums)
        }

    def teardown(self) -> None:
        report = book_verify(
            book=self.book, statement_closings=None, business_date=None, impaired=frozenset()
        )
        assert report.ok, report


def run(examples: int) -> None:
    assets_ensure("1")
    run_state_machine_as_test(
        BookMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_random_lives() -> None:
    run(25)


@pytest.mark.slow
@pytest.mark.django_db
def test_many_random_lives() -> None:
    run(500)
