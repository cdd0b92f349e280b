"""Where each kind of match line goes: a table from kind to what posts it.

Every line is one journal out of ``unallocated`` and one allocation, in the caller's transaction
with the programme and the entry locked; an entry's lines stand or fall together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from ledger.operations.posting import journal_post
from ledger.values import Leg
from scf.journeys.bank_booking import cash_of
from scf.journeys.collecting import collection_apply, recourse_apply
from scf.journeys.defaulting import repurchase_apply
from scf.network.queries import ProgrammeFacts
from scf.network.values import ref_id
from scf.settlement.operations.allocations import allocation_record, allocation_start
from scf.settlement.operations.payouts import payout_move, payouts_lock
from scf.settlement.postings import (
    legs_bank_charge,
    legs_deposit,
    legs_late_payout,
    legs_late_return,
    legs_on_account,
)
from scf.settlement.queries import EntryFacts, PayoutFacts
from scf.settlement.values import AllocationKind, MatchLine

# What a line of money in, and of money out, may go to.
INCOMING_KINDS = frozenset(AllocationKind) - {AllocationKind.PAYOUT, AllocationKind.BANK_CHARGE}
OUTGOING_KINDS = frozenset(
    {AllocationKind.PAYOUT, AllocationKind.BANK_CHARGE, AllocationKind.CONTRA}
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line about to be posted."""

    programme: ProgrammeFacts
    entry: EntryFacts
    line: MatchLine
    match_id: int
    at: datetime

    def post(self, kind: str, legs: Sequence[Leg]) -> int:
        journal = journal_post(
            key=f"match:{self.match_id}:{self.line.kind}:{self.line.ref}",
            kind=kind,
            book=self.programme.book,
            legs=legs,
            effective_date=self.programme.business_date,
            booked_at=self.at,
            memo={"entry": f"entry:{self.entry.id}", "to": self.line.ref},
        )
        return journal.id


class _ClaimApply(Protocol):
    def __call__(
        self,
        *,
        programme_id: int,
        entry_id: int,
        claim_id: int,
        amount_minor: int,
        value_date: date,
        business_date: date,
        at: datetime,
    ) -> int: ...


_Poster = Callable[[_Line], int | None]


def _claim(apply: _ClaimApply) -> _Poster:
    def post(job: _Line) -> int:
        return apply(
            programme_id=job.programme.id,
            entry_id=job.entry.id,
            claim_id=ref_id(job.line.ref),
            amount_minor=job.line.amount_minor,
            # A value date after the open business date would pay interest not yet earned.
            value_date=min(job.entry.value_date, job.programme.business_date),
            business_date=job.programme.business_date,
            at=job.at,
        )

    return post


def _deposit(job: _Line) -> int:
    legs = legs_deposit(
        cash=cash_of(job.programme),
        party_id=job.line.party_id,
        amount_minor=job.line.amount_minor,
    )
    return job.post("deposit.booked", legs)


def _on_account(job: _Line) -> int:
    legs = legs_on_account(
        cash=cash_of(job.programme),
        party_id=job.line.party_id,
        amount_minor=job.line.amount_minor,
    )
    return job.post("on_account.booked", legs)


def _bank_charge(job: _Line) -> int:
    legs = legs_bank_charge(cash=cash_of(job.programme), amount_minor=job.line.amount_minor)
    return job.post("bank.charge", legs)


def _payout(job: _Line) -> int:
    """A debit without its end-to-end id: a person says which payout it was."""
    payout = _payout_of(job)
    legs = legs_late_payout(cash=cash_of(job.programme), amount_minor=payout.amount_minor)
    journal_id = job.post("payout.confirmed", legs)
    _payout_answer(job, payout, "confirmed", journal_id)
    return journal_id


def _return(job: _Line) -> int:
    """A receipt that is a payout come back without its end-to-end id."""
    payout = _payout_of(job)
    cash = cash_of(job.programme)
    owed = cash.owed(purpose=payout.purpose, party_id=payout.party_id, subject=payout.subject)
    legs = legs_late_return(cash=cash, owed=owed, amount_minor=payout.amount_minor)
    journal_id = job.post("payout.returned", legs)
    _payout_answer(job, payout, "returned", journal_id)
    return journal_id


def _payout_of(job: _Line) -> PayoutFacts:
    found = payouts_lock(programme_id=job.programme.id, payout_ids=[ref_id(job.line.ref)])
    if not found:
        raise DomainError("settlement.payout_unknown", payout=job.line.ref)
    if found[0].amount_minor != job.line.amount_minor:
        raise DomainError("settlement.line_invalid", ref=job.line.ref)
    return found[0]


def _payout_answer(job: _Line, payout: PayoutFacts, to: str, journal_id: int) -> None:
    payout_move(
        payout_id=payout.id,
        to=to,
        on_date=job.programme.business_date,
        at=job.at,
        journal_id=journal_id,
        entry_id=job.entry.id,
        reason_code="RETURNED" if to == "returned" else "",
        reason=job.entry.remittance if to == "returned" else "",
    )
    event_emit(
        name=f"settlement.payout.{to}",
        payload={"payout_id": payout.id, "programme_id": job.programme.id},
        at=job.at,
    )


def _contra(job: _Line) -> None:
    """A receipt and a debit that cancel out: both lie in ``unallocated``, nothing moves."""
    other_id = ref_id(job.line.ref)
    mirror = f"entry:{job.entry.id}"
    other = allocation_start(
        entry_id=other_id,
        kind=AllocationKind.CONTRA,
        ref=mirror,
        amount_minor=job.line.amount_minor,
    )
    if other is None or (other.amount_minor > 0) == (job.entry.amount_minor > 0):
        raise DomainError("settlement.line_invalid", ref=job.line.ref)
    allocation_record(
        entry_id=other_id,
        kind=AllocationKind.CONTRA,
        ref=mirror,
        party_id=job.line.party_id or None,
        amount_minor=job.line.amount_minor,
        journal_id=None,
        on_date=job.programme.business_date,
        at=job.at,
    )


ROUTES: Mapping[str, _Poster] = {
    AllocationKind.CLAIM: _claim(collection_apply),
    AllocationKind.TURNOVER: _claim(collection_apply),
    AllocationKind.RECOURSE: _claim(recourse_apply),
    AllocationKind.REPURCHASE: _claim(repurchase_apply),
    AllocationKind.DEPOSIT: _deposit,
    AllocationKind.ON_ACCOUNT: _on_account,
    AllocationKind.BANK_CHARGE: _bank_charge,
    AllocationKind.PAYOUT: _payout,
    AllocationKind.RETURN: _return,
    AllocationKind.CONTRA: _contra,
}


def match_lines_apply(
    *,
    programme: ProgrammeFacts,
    entry_id: int,
    lines: Sequence[MatchLine],
    match_id: int,
    at: datetime,
) -> None:
    """Post and record every line of a match; a line that was applied before is left alone.

    Raises what the target refuses, and settlement.entry_unposted, entry_overallocated,
    payout_unknown, line_invalid; the caller's savepoint then undoes the whole match.
    """
    for line in lines:
        entry = allocation_start(
            entry_id=entry_id, kind=line.kind, ref=line.ref, amount_minor=line.amount_minor
        )
        if entry is None:
            continue
        journal_id = ROUTES[line.kind](_Line(programme, entry, line, match_id, at))
        allocation_record(
            entry_id=entry_id,
            kind=line.kind,
            ref=line.ref,
            party_id=line.party_id or None,
            amount_minor=line.amount_minor,
            journal_id=journal_id,
            on_date=programme.business_date,
            at=at,
            match_id=match_id,
        )
