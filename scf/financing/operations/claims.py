"""Writes to claims, their steps, fingerprints and adjustments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ledger.errors import DomainError
from scf.financing.lifecycle import CLAIM, CLAIM_FREED, PAYMENT
from scf.financing.models import Claim, ClaimAdjustment, ClaimStep, Fingerprint
from scf.financing.queries import ClaimFacts, QuoteFacts, claim_facts
from scf.network.operations import number_next


def claim_draft(
    *,
    quote: QuoteFacts,
    invoice_number: str,
    credits: Iterable[str],
    accept_key: str,
    by: str,
    on: date,
    at: datetime,
) -> ClaimFacts:
    """The basket: a claim in draft for a quote, the supplier's free choice on record.

    ``credits`` are the credit notes that the face has taken off already. Raises ``financing.quote_taken`` when the quote has a claim already.
    """
    if Claim.objects.filter(quote_id=quote.id).exists():
        raise DomainError("financing.quote_taken", quote=quote.number)
    claim = Claim.objects.create(
        programme_id=quote.programme_id,
        number=number_next(programme_id=quote.programme_id, prefix="CL"),
        receivable_id=quote.receivable_id,
        quote_id=quote.id,
        supplier_id=quote.supplier_id,
        obligor_id=quote.obligor_id,
        invoice_number=invoice_number,
        face_minor=quote.face_minor,
        due_date=quote.due_date,
        payment_date=quote.payment_date,
        accept_key=accept_key,
        free_sale_by=by,
        free_sale_at=at,
        created_at=at,
    )
    claim_step_add(
        claim_id=claim.pk, code="draft", by=by, on=on, at=at, facts={"credits": sorted(credits)}
    )
    return claim_facts(claim)


def claim_lock(*, claim_id: int) -> ClaimFacts:
    """The claim, its row locked; raises ``financing.claim_unknown``."""
    claim = Claim.objects.select_for_update().filter(pk=claim_id).first()
    if claim is None:
        raise DomainError("financing.claim_unknown", claim=claim_id)
    return claim_facts(claim)


def claim_move(
    *,
    claim_id: int,
    to: str,
    by: str,
    on: date,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> ClaimFacts:
    """One step on the claim's axis, with its line of history.

    A claim that leaves the live states frees its fingerprint. Raises
    ``network.transition_refused``.
    """
    claim = Claim.objects.select_for_update().get(pk=claim_id)
    claim.state = CLAIM.check(current=claim.state, to=to)
    claim.reason = reason
    claim.save()
    claim_step_add(claim_id=claim_id, code=to, by=by, on=on, at=at, facts=facts or {})
    if to in CLAIM_FREED:
        Fingerprint.objects.filter(claim_id=claim_id, is_live=True).update(
            is_live=False, freed_at=at
        )
    return claim_facts(claim)


def claim_payment_move(*, claim_id: int, to: str, by: str, on: date, at: datetime) -> ClaimFacts:
    """One or more steps on the payment axis; a day-end may pass several states at once."""
    claim = Claim.objects.select_for_update().get(pk=claim_id)
    if claim.payment_state != to:
        while to not in PAYMENT.table[claim.payment_state]:
            onward = PAYMENT.table[claim.payment_state] - {"paid"}
            if len(onward) != 1:
                PAYMENT.check(current=claim.payment_state, to=to)
            claim.payment_state = next(iter(onward))
        claim.payment_state = PAYMENT.check(current=claim.payment_state, to=to)
        claim.save()
        claim_step_add(claim_id=claim_id, code=f"payment_{to}", by=by, on=on, at=at, facts={})
    return claim_facts(claim)


def claim_flag(*, claim_id: int, flag: str, value: bool) -> None:
    """Set one of the flags that stand beside the state: disputed, frozen, misdirected."""
    column = {"disputed": "is_disputed", "frozen": "is_frozen", "misdirected": "is_misdirected"}
    Claim.objects.filter(pk=claim_id).update(**{column[flag]: value})


def claim_step_add(
    *, claim_id: int, code: str, by: str, on: date, at: datetime, facts: Mapping[str, Any]
) -> None:
    """A line of the claim's history."""
    ClaimStep.objects.create(
        claim_id=claim_id, code=code, by=by, business_date=on, at=at, facts=dict(facts)
    )


def fingerprint_take(*, claim_id: int, value: str, number: str, at: datetime) -> None:
    """Take the lock against double financing; the database decides a race.

    Raises ``financing.fingerprint_taken`` naming the claim that holds it.
    """
    try:
        with transaction.atomic():
            Fingerprint.objects.create(claim_id=claim_id, value=value, taken_at=at)
    except IntegrityError as error:
        raise DomainError("financing.fingerprint_taken", invoice=number) from error


def adjustment_record(
    *,
    claim_id: int,
    kind: str,
    reference: str,
    amount_minor: int,
    recourse_minor: int,
    on: date,
    at: datetime,
    journal_id: int,
) -> None:
    """Append a credit note, waiver or write-off to a claim's record."""
    ClaimAdjustment.objects.create(
        claim_id=claim_id,
        kind=kind,
        reference=reference,
        amount_minor=amount_minor,
        recourse_minor=recourse_minor,
        business_date=on,
        at=at,
        journal_id=journal_id,
    )


def claims_lock(*, claim_ids: Iterable[int]) -> list[ClaimFacts]:
    """Claims locked in id order."""
    rows = Claim.objects.select_for_update().filter(pk__in=set(claim_ids)).order_by("pk")
    return [claim_facts(claim) for claim in rows]
