"""Credit notes, disputes and payments to the wrong party after the close."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from scf.access.policy import require, scope_for
from scf.financing.operations.claims import (
    adjustment_record,
    claim_flag,
    claim_lock,
    claim_step_add,
)
from scf.financing.queries import (
    ClaimFacts,
    claim_get,
    claims_list,
    credits_in_face,
    receivable_credits_applied,
    steps_count,
)
from scf.journeys.accepting import credit_reference
from scf.journeys.bookings import SYSTEM, books_of, outstanding_of, post
from scf.journeys.distributing import outcome_settle
from scf.network.operations import programme_lock
from scf.network.queries import programme_get
from scf.network.values import Actor, Role, Scope
from scf.products.operations import series_lock
from scf.products.postings import legs_credit_note
from scf.products.queries import series_of_claim
from scf.products.waterfall import recourse_needed_minor
from scf.trade.queries import receivable_credits, receivable_get


def credit_notes_apply(*, receivable_id: int, at: datetime) -> int:
    """Post every credit note that reached an assigned claim's invoice; returns how many.

    Runs inside the caller's transaction. A credit note after settlement touches nothing.
    """
    receivable = receivable_get(receivable_id=receivable_id)
    programme_lock(programme_id=receivable.programme_id)
    scope = Scope(programme_id=receivable.programme_id, role=Role.OPERATIONS, party_ids=None)
    found = claims_list(scope=scope, states=["assigned"], receivable_ids=[receivable_id])
    posted = 0
    for claim in found:
        known = receivable_credits_applied(claim_id=claim.id) | credits_in_face(claim_id=claim.id)
        for credit in receivable_credits(receivable_id=receivable_id):
            reference = credit_reference(credit)
            if reference not in known:
                credit_note_post(
                    claim_id=claim.id,
                    reference=reference,
                    amount_minor=credit.gross_minor,
                    at=at,
                )
                posted += 1
    return posted


def credit_note_post(*, claim_id: int, reference: str, amount_minor: int, at: datetime) -> None:
    """The claim falls by the credit note; what investors then lack the supplier owes.

    At most the open claim can be credited: what was paid already is the obligor's and the
    supplier's own affair.
    """
    claim = claim_lock(claim_id=claim_id)
    seen = series_of_claim(claim_id=claim_id)
    if seen is None or claim.state != "assigned":
        raise DomainError("financing.claim_not_payable", claim=claim.number)
    series = series_lock(series_id=seen.id)
    programme = programme_get(programme_id=claim.programme_id)
    books = books_of(programme=programme, claim=claim, series=series)
    left = outstanding_of(programme=programme, books=books)
    amount = min(amount_minor, left.claim_minor)
    if amount == 0 or series.position is None:
        return
    needed = recourse_needed_minor(
        position=series.position,
        claim_open_minor=left.claim_minor - amount + left.collection_minor,
        recourse_open_minor=left.recourse_minor,
        terms=series.terms,
    )
    recourse = min(needed, amount)
    on = programme.business_date
    journal = post(
        programme=programme,
        key=f"dilute:{claim.id}:{reference}",
        kind="claim.credit_note",
        legs=legs_credit_note(books=books, amount_minor=amount, recourse_minor=recourse),
        claim_id=claim.id,
        series_id=series.id,
        on=on,
        at=at,
    )
    adjustment_record(
        claim_id=claim.id,
        kind="credit_note",
        reference=reference,
        amount_minor=amount,
        recourse_minor=recourse,
        on=on,
        at=at,
        journal_id=journal.id,
    )
    claim_step_add(
        claim_id=claim.id,
        code="credit_note",
        by=SYSTEM,
        on=on,
        at=at,
        facts={"amount_minor": amount, "recourse_minor": recourse},
    )
    event_emit(
        name="financing.claim.diluted",
        payload={"claim_id": claim.id, "recourse_minor": recourse},
        at=at,
    )
    outcome_settle(programme=programme, claim=claim, series_id=series.id, at=at)


@transaction.atomic(durable=True)
def claim_dispute(*, actor: Actor, claim_id: int, reason: str, at: datetime) -> None:
    """The obligor deducted without an accepted credit note: disputed, no recourse."""
    require(actor, "claim.dispute")
    _flagged(actor=actor, claim_id=claim_id, flag="disputed", value=True, reason=reason, at=at)


@transaction.atomic(durable=True)
def dispute_resolve(
    *, actor: Actor, claim_id: int, upheld_minor: int, reason: str, at: datetime
) -> None:
    """Upheld: the deducted part is credited, with recourse. Dismissed (0): it stays owed.

    The debtor does not judge its own deduction. Raises ``financing.not_disputed``.
    """
    require(actor, "claim.resolve")
    programme_lock(programme_id=actor.programme_id)
    if not claim_lock(claim_id=claim_id).is_disputed:
        raise DomainError("financing.not_disputed", claim=claim_id)
    claim = _flagged(
        actor=actor, claim_id=claim_id, flag="disputed", value=False, reason=reason, at=at
    )
    if upheld_minor:
        credit_note_post(
            claim_id=claim.id,
            reference=f"dispute:{steps_count(claim_id=claim.id, code='disputed')}",
            amount_minor=upheld_minor,
            at=at,
        )


@transaction.atomic(durable=True)
def misdirection_report(*, actor: Actor, claim_id: int, reason: str, at: datetime) -> None:
    """The obligor paid the supplier by mistake: held on trust, to be turned over."""
    require(actor, "claim.misdirect")
    claim = _flagged(
        actor=actor, claim_id=claim_id, flag="misdirected", value=True, reason=reason, at=at
    )
    event_emit(name="financing.claim.misdirected", payload={"claim_id": claim.id}, at=at)


def _flagged(
    *, actor: Actor, claim_id: int, flag: str, value: bool, reason: str, at: datetime
) -> ClaimFacts:
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    claim_get(claim_id=claim_id, scope=scope_for(actor))
    claim = claim_lock(claim_id=claim_id)
    if claim.state != "assigned":
        raise DomainError("financing.claim_not_payable", claim=claim.number)
    programme = programme_get(programme_id=claim.programme_id)
    claim_flag(claim_id=claim.id, flag=flag, value=value)
    claim_step_add(
        claim_id=claim.id,
        code=flag if value else f"{flag}_ended",
        by=actor.name,
        on=programme.business_date,
        at=at,
        facts={"reason": reason},
    )
    return claim
