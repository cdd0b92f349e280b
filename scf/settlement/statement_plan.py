"""What each line of a statement means for the payouts that are out. Pure.

In order: the bank's refusals, debits that confirm a payout, receipts (some of them payouts that
came back), and last the debits that nobody instructed, so that the day's receipts cover them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scf.settlement.lifecycle import PAYOUT_IN_TRANSIT
from scf.settlement.values import PaymentResultInput


@dataclass(frozen=True, slots=True)
class PayoutView:
    """A payout as far as the bank's answer is concerned; ``message_id`` is its batch's."""

    id: int
    end_to_end_id: str
    message_id: str
    amount_minor: int
    state: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A booked line as far as payouts are concerned; money in is positive."""

    id: int
    amount_minor: int
    end_to_end_id: str = ""
    batch_reference: str = ""


class Meaning(StrEnum):
    """What a line is."""

    CONFIRM = "confirm"
    RETURN = "return"
    RECEIPT = "receipt"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line with its meaning, the payouts it answers, and why a person must look, if so."""

    line: LineView
    meaning: Meaning
    payout_ids: tuple[int, ...] = ()
    exception_code: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRefusal:
    """The bank's refusal of a payout that is out."""

    result: PaymentResultInput
    payout_id: int


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """Refusals, then lines in the order of posting; ``strays`` are refusals of nothing we sent."""

    refusals: tuple[PlannedRefusal, ...]
    lines: tuple[PlannedLine, ...]
    strays: tuple[PaymentResultInput, ...]


def statement_plan(
    *,
    lines: Sequence[LineView],
    results: Iterable[PaymentResultInput],
    payouts: Iterable[PayoutView],
) -> StatementPlan:
    """Every line once; a payout is answered once, by evidence that fits to the amount."""
    desk = _Desk(payouts)
    refusals, strays = [], []
    for result in results:
        payout = desk.find(result.end_to_end_id)
        if payout is not None and payout.state in PAYOUT_IN_TRANSIT:
            desk.move(payout, "rejected")
            refusals.append(PlannedRefusal(result, payout.id))
        elif payout is None or payout.state != "rejected":
            strays.append(result)
    debits = [desk.debit(line) for line in lines if line.amount_minor < 0]
    credits_ = [desk.credit(line) for line in lines if line.amount_minor > 0]
    planned = [
        *(each for each in debits if each.meaning is Meaning.CONFIRM),
        *credits_,
        *(each for each in debits if each.meaning is not Meaning.CONFIRM),
    ]
    return StatementPlan(tuple(refusals), tuple(planned), tuple(strays))


class _Desk:
    """The payouts while a statement is read."""

    def __init__(self, payouts: Iterable[PayoutView]) -> None:
        self._payouts = {payout.end_to_end_id: payout for payout in payouts}

    def find(self, end_to_end_id: str) -> PayoutView | None:
        return self._payouts.get(end_to_end_id) if end_to_end_id else None

    def move(self, payout: PayoutView, state: str) -> None:
        self._payouts[payout.end_to_end_id] = replace(payout, state=state)

    def debit(self, line: LineView) -> PlannedLine:
        payout = self.find(line.end_to_end_id)
        if payout is None:
            return self._batch(line)
        if payout.state not in PAYOUT_IN_TRANSIT:
            return PlannedLine(line, Meaning.UNEXPLAINED, (), f"debit_of_{payout.state}")
        if payout.amount_minor != -line.amount_minor:
            return PlannedLine(line, Meaning.UNEXPLAINED, (), "debit_amount_differs")
        self.move(payout, "confirmed")
        return PlannedLine(line, Meaning.CONFIRM, (payout.id,))

    def _batch(self, line: LineView) -> PlannedLine:
        """One debit for a whole file: it must be exactly what of the file is still out."""
        out = [
            payout
            for payout in self._payouts.values()
            if line.batch_reference
            and payout.message_id == line.batch_reference
            and payout.state in PAYOUT_IN_TRANSIT
        ]
        if not out or sum(payout.amount_minor for payout in out) != -line.amount_minor:
            return PlannedLine(line, Meaning.UNEXPLAINED, (), "debit_unknown")
        for payout in out:
            self.move(payout, "confirmed")
        return PlannedLine(line, Meaning.CONFIRM, tuple(payout.id for payout in out))

    def credit(self, line: LineView) -> PlannedLine:
        payout = self.find(line.end_to_end_id)
        if payout is None:
            return PlannedLine(line, Meaning.RECEIPT)
        if payout.state == "confirmed" and payout.amount_minor == line.amount_minor:
            self.move(payout, "returned")
            return PlannedLine(line, Meaning.RETURN, (payout.id,))
        return PlannedLine(line, Meaning.RECEIPT, (), "return_does_not_fit")
