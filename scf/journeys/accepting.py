"""A supplier accepts a quote: basket, second pair of eyes, fingerprint and limit in one go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from risk.limits import group_ref
from risk.operations.limits import limit_free, limit_reserve
from scf.access.policy import require, scope_for
from scf.financing.fingerprint import fingerprint
from scf.financing.lifecycle import CLAIM_WITHDRAWABLE
from scf.financing.operations.claims import (
    claim_draft,
    claim_lock,
    claim_move,
    fingerprint_take,
)
from scf.financing.operations.quotes import quote_lock, quote_mark_accepted
from scf.financing.queries import ClaimFacts, QuoteFacts, claim_get, claim_of_quote, quote_get
from scf.journeys.quoting import sellable_check
from scf.network.operations import approval_decide, approval_request, approvals_withdraw
from scf.network.queries import (
    ApprovalFacts,
    ProgrammeFacts,
    parties_get,
    party_get,
    programme_get,
)
from scf.network.values import Actor, Seat
from scf.trade.queries import receivable_credits, receivable_get
from scf.trade.values import CreditFacts

ACCEPT = "quote.accept"


def credit_reference(credit: CreditFacts) -> str:
    """How a claim's record names a credit note."""
    return f"credit:{credit.credit_id}"


def reservation_key(claim: ClaimFacts) -> str:
    """The limit reservation's key: one a claim."""
    return f"claim:{claim.id}"


@transaction.atomic(durable=True)
def quote_accept(
    *, actor: Actor, quote_id: int, key: str, consent: bool, at: datetime
) -> ClaimFacts:
    """The maker accepts; a firm that waived its second pair of eyes is done with it.

    The same key again returns the same claim. Raises ``financing.consent_missing``,
    ``financing.quote_stale``, ``financing.quote_taken``, ``financing.not_ready``.
    """
    require(actor, "quote.accept")
    scope = scope_for(actor)
    if not consent:
        raise DomainError("financing.consent_missing")
    visible = quote_get(quote_id=quote_id, scope=scope)
    quote = quote_lock(quote_id=visible.id)
    existing = claim_of_quote(quote_id=quote_id)
    if existing is not None:
        if existing.accept_key == key:
            return existing
        raise DomainError("financing.quote_taken", quote=quote.number)
    programme = programme_get(programme_id=actor.programme_id)
    _quote_current(quote=quote, programme=programme)
    receivable = receivable_get(receivable_id=quote.receivable_id, scope=scope)
    sellable_check(programme=programme, receivable=receivable)
    claim = claim_draft(
        quote=quote,
        invoice_number=receivable.invoice_number,
        credits=[
            credit_reference(credit) for credit in receivable_credits(receivable_id=receivable.id)
        ],
        accept_key=key,
        by=actor.name,
        on=programme.business_date,
        at=at,
    )
    approval = approval_request(
        actor=actor,
        verb=ACCEPT,
        subject_ref=f"claim:{claim.id}",
        payload={"claim": claim.id, "quote": quote.id},
        content_hash=quote.content_hash,
        amount_minor=quote.proceeds_minor,
        at=at,
    )
    if party_get(party_id=quote.supplier_id).four_eyes_waived and actor.seat is not Seat.MAKER:
        return _approved(actor=actor, approval=approval, content_hash=quote.content_hash, at=at)
    return claim


def _quote_current(*, quote: QuoteFacts, programme: ProgrammeFacts) -> None:
    if quote.state != "open" or quote.business_date != programme.business_date:
        raise DomainError("financing.quote_stale", quote=quote.number)


@transaction.atomic(durable=True)
def quote_accept_approve(
    *, actor: Actor, approval_id: int, content_hash: str, at: datetime
) -> ClaimFacts:
    """The second person agrees: the claim is submitted, fingerprint and limit are taken."""
    require(actor, "quote.approve")
    return _decide(actor=actor, approval_id=approval_id, content_hash=content_hash, at=at)


def _approved(
    *, actor: Actor, approval: ApprovalFacts, content_hash: str, at: datetime
) -> ClaimFacts:
    return _decide(actor=actor, approval_id=approval.id, content_hash=content_hash, at=at)


def _decide(*, actor: Actor, approval_id: int, content_hash: str, at: datetime) -> ClaimFacts:
    approval = approval_decide(
        actor=actor,
        verb=ACCEPT,
        approval_id=approval_id,
        approve=True,
        content_hash=content_hash,
        reason="",
        at=at,
    )
    quote = quote_lock(quote_id=int(approval.payload["quote"]))
    claim = claim_lock(claim_id=int(approval.payload["claim"]))
    programme = programme_get(programme_id=actor.programme_id)
    _quote_current(quote=quote, programme=programme)
    parties = parties_get(party_ids=[claim.supplier_id, claim.obligor_id])
    supplier, obligor = parties[claim.supplier_id], parties[claim.obligor_id]
    receivable = receivable_get(receivable_id=claim.receivable_id)
    if receivable.financeable_minor != claim.face_minor:
        raise DomainError("financing.quote_stale", quote=quote.number)
    quote_mark_accepted(quote_id=quote.id)
    fingerprint_take(
        claim_id=claim.id,
        value=fingerprint(
            seller_tax_id=supplier.tax_id,
            buyer_tax_id=obligor.tax_id,
            invoice_number=claim.invoice_number,
            fiscal_year=str(receivable.fiscal_year or ""),
        ),
        number=claim.invoice_number,
        at=at,
    )
    limit_reserve(
        programme_ref=programme.book,
        key=reservation_key(claim),
        seller_ref=supplier.ref,
        obligor_ref=obligor.ref,
        group_ref=group_ref(obligor.group_name or obligor.name),
        amount_minor=quote.principal_minor,
        currency=programme.currency,
        at=at,
    )
    moved = claim_move(
        claim_id=claim.id, to="submitted", by=actor.name, on=programme.business_date, at=at
    )
    event_emit(name="financing.quote.accepted", payload={"claim_id": claim.id}, at=at)
    return moved


@transaction.atomic(durable=True)
def quote_accept_refuse(
    *, actor: Actor, approval_id: int, content_hash: str, reason: str, at: datetime
) -> ClaimFacts:
    """The second person sends it back: the basket is emptied, nothing was taken."""
    require(actor, "quote.approve")
    approval = approval_decide(
        actor=actor,
        verb=ACCEPT,
        approval_id=approval_id,
        approve=False,
        content_hash=content_hash,
        reason=reason,
        at=at,
    )
    programme = programme_get(programme_id=actor.programme_id)
    return claim_move(
        claim_id=int(approval.payload["claim"]),
        to="withdrawn",
        by=actor.name,
        on=programme.business_date,
        at=at,
        reason=reason,
    )


@transaction.atomic(durable=True)
def claim_withdraw(*, actor: Actor, claim_id: int, reason: str, at: datetime) -> ClaimFacts:
    """The supplier takes it back before the obligor has confirmed; what waits on it is moot.

    Raises ``financing.claim_unknown`` and ``financing.not_withdrawable``.
    """
    require(actor, "quote.withdraw")
    seen = claim_get(claim_id=claim_id, scope=scope_for(actor))
    subject = f"claim:{seen.id}"
    # In the order in which others take these locks: the checker his request and then the claim,
    # the obligor's signer the claim and then his request.
    approvals_withdraw(subject_ref=subject, verb=ACCEPT, at=at)
    claim = claim_lock(claim_id=seen.id)
    if claim.state not in CLAIM_WITHDRAWABLE:
        raise DomainError("financing.not_withdrawable", claim=claim.number)
    approvals_withdraw(subject_ref=subject, at=at)
    programme = programme_get(programme_id=claim.programme_id)
    if claim.state != "draft":
        limit_free(programme_ref=programme.book, key=reservation_key(claim), at=at)
    return claim_move(
        claim_id=claim.id,
        to="withdrawn",
        by=actor.name,
        on=programme.business_date,
        at=at,
        reason=reason,
    )
