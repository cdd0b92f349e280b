"""One statement's lines become journals: receipts, confirmed, refused and returned payouts,
and debits that nobody instructed. In the caller's transaction, the programme locked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from ledger.operations.posting import journal_post, journals_post_many
from ledger.values import AccountRef, Journal, JournalRequest, Leg
from scf.network.queries import ProgrammeFacts
from scf.settlement.operations.allocations import allocation_record
from scf.settlement.operations.payouts import payout_move
from scf.settlement.operations.statements import entry_exception_set, entry_post_record
from scf.settlement.postings import (
    Cash,
    legs_payout_confirmed,
    legs_payout_rejected,
    legs_payout_returned,
    legs_receipt,
    legs_unexplained,
)
from scf.settlement.queries import EntryFacts, PayoutFacts
from scf.settlement.statement_plan import Meaning, PlannedLine, PlannedRefusal, StatementPlan
from scf.settlement.values import AllocationKind


def cash_of(programme: ProgrammeFacts) -> Cash:
    """The programme's client-money accounts."""
    return Cash(programme.currency, programme.platform_id)


def exception_raise(
    *, programme: ProgrammeFacts, entry: EntryFacts, code: str, at: datetime
) -> None:
    """Mark a line for a person and tell operations."""
    entry_exception_set(entry_id=entry.id, exception_code=code)
    event_emit(
        name="settlement.entry.exception",
        payload={"entry_id": entry.id, "programme_id": programme.id, "code": code},
        at=at,
    )


def unexplained_post(
    *, programme: ProgrammeFacts, entry: EntryFacts, exception_code: str, at: datetime
) -> bool:
    """Post a debit that nobody instructed against the suspense account, and alarm.

    Where the suspense cannot cover it, nothing is posted: the line keeps the code
    ``debit_uncovered``, proof 1 shows exactly its amount, and it is tried again with every
    later statement. True when it was posted.
    """
    legs = legs_unexplained(cash=cash_of(programme), amount_minor=-entry.amount_minor)
    try:
        with transaction.atomic():
            journal = journal_post(
                key=f"entry:{entry.id}",
                kind="bank.unexplained",
                book=programme.book,
                legs=legs,
                effective_date=programme.business_date,
                booked_at=at,
                memo={"entry": f"entry:{entry.id}"},
            )
    except DomainError as error:
        if error.code != "ledger.limit_exceeded":
            raise
        if entry.exception_code != "debit_uncovered":
            exception_raise(programme=programme, entry=entry, code="debit_uncovered", at=at)
        return False
    entry_post_record(entry_id=entry.id, journal_id=journal.id)
    exception_raise(programme=programme, entry=entry, code=exception_code, at=at)
    return True


def statement_book(
    *,
    programme: ProgrammeFacts,
    entries: Mapping[int, EntryFacts],
    payouts: Mapping[int, PayoutFacts],
    plan: StatementPlan,
    at: datetime,
) -> None:
    """Post a planned statement: what proves itself in one call, then each unexplained debit
    alone, since the suspense account may refuse it."""
    _Booking(programme, entries, payouts, at).run(plan)


class _Booking:
    """One statement's journals and what follows from them."""

    def __init__(
        self,
        programme: ProgrammeFacts,
        entries: Mapping[int, EntryFacts],
        payouts: Mapping[int, PayoutFacts],
        at: datetime,
    ) -> None:
        self._programme = programme
        self._entries = entries
        self._payouts = payouts
        self._at = at
        self._cash = cash_of(programme)

    def run(self, plan: StatementPlan) -> None:
        sure = [line for line in plan.lines if line.meaning is not Meaning.UNEXPLAINED]
        requests = [self._refusal(each) for each in plan.refusals]
        requests += [self._request(each) for each in sure]
        journals = journals_post_many(requests=requests) if requests else []
        refused = len(plan.refusals)
        for refusal, journal in zip(plan.refusals, journals[:refused], strict=True):
            self._refused(refusal, journal)
        for line, journal in zip(sure, journals[refused:], strict=True):
            self._posted(line, journal)
        for line in plan.lines:
            if line.meaning is Meaning.UNEXPLAINED:
                unexplained_post(
                    programme=self._programme,
                    entry=self._entries[line.line.id],
                    exception_code=line.exception_code,
                    at=self._at,
                )

    def _refusal(self, refusal: PlannedRefusal) -> JournalRequest:
        payout = self._payouts[refusal.payout_id]
        legs = legs_payout_rejected(
            cash=self._cash, owed=self._owed(payout), amount_minor=payout.amount_minor
        )
        key = f"payout:{payout.id}:rejected"
        return self._journal(key, "payout.rejected", legs, payout.id)

    def _request(self, planned: PlannedLine) -> JournalRequest:
        amount = abs(planned.line.amount_minor)
        payouts = [self._payouts[payout_id] for payout_id in planned.payout_ids]
        if planned.meaning is Meaning.CONFIRM:
            kind = "payout.confirmed"
            legs = legs_payout_confirmed(
                cash=self._cash, amounts_minor=[each.amount_minor for each in payouts]
            )
        elif planned.meaning is Meaning.RETURN:
            kind = "payout.returned"
            legs = legs_payout_returned(
                cash=self._cash, owed=self._owed(payouts[0]), amount_minor=amount
            )
        else:
            kind, legs = "bank.receipt", legs_receipt(cash=self._cash, amount_minor=amount)
        payout_id = payouts[0].id if len(payouts) == 1 else None
        key = f"entry:{planned.line.id}"
        return self._journal(key, kind, legs, payout_id)

    def _owed(self, payout: PayoutFacts) -> AccountRef:
        return self._cash.owed(
            purpose=payout.purpose, party_id=payout.party_id, subject=payout.subject
        )

    def _journal(
        self, key: str, kind: str, legs: Sequence[Leg], payout_id: int | None
    ) -> JournalRequest:
        return JournalRequest(
            key=key,
            kind=kind,
            book=self._programme.book,
            legs=legs,
            effective_date=self._programme.business_date,
            booked_at=self._at,
            memo={} if payout_id is None else {"payout": f"payout:{payout_id}"},
        )

    def _refused(self, refusal: PlannedRefusal, journal: Journal) -> None:
        self._move(
            self._payouts[refusal.payout_id],
            "rejected",
            journal,
            None,
            refusal.result.reason_code,
            refusal.result.reason,
        )

    def _posted(self, planned: PlannedLine, journal: Journal) -> None:
        entry = self._entries[planned.line.id]
        entry_post_record(
            entry_id=entry.id, journal_id=journal.id, exception_code=planned.exception_code
        )
        if planned.exception_code:
            exception_raise(
                programme=self._programme, entry=entry, code=planned.exception_code, at=self._at
            )
        returned = planned.meaning is Meaning.RETURN
        for payout in (self._payouts[payout_id] for payout_id in planned.payout_ids):
            self._move(
                payout,
                "returned" if returned else "confirmed",
                journal,
                entry,
                "RETURNED" if returned else "",
                entry.remittance if returned else "",
            )
            allocation_record(
                entry_id=entry.id,
                kind=AllocationKind.RETURN if returned else AllocationKind.PAYOUT,
                ref=f"payout:{payout.id}",
                party_id=payout.party_id,
                amount_minor=payout.amount_minor,
                journal_id=journal.id,
                on_date=self._programme.business_date,
                at=self._at,
            )

    def _move(
        self,
        payout: PayoutFacts,
        to: str,
        journal: Journal,
        entry: EntryFacts | None,
        reason_code: str,
        reason: str,
    ) -> None:
        payout_move(
            payout_id=payout.id,
            to=to,
            on_date=self._programme.business_date,
            at=self._at,
            journal_id=journal.id,
            entry_id=entry.id if entry else None,
            reason_code=reason_code,
            reason=reason,
        )
        event_emit(
            name=f"settlement.payout.{to}",
            payload={"payout_id": payout.id, "programme_id": self._programme.id},
            at=self._at,
        )
