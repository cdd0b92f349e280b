"""The obligor entity confirms (确权): a statement in full, a maker, a signer who re-authenticates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from risk.operations.limits import limit_free
from scf.access.policy import Subject, require, scope_for
from scf.financing.operations.claims import claim_lock, claim_move
from scf.financing.operations.rights import confirmation_store, obligor_key_ensure
from scf.financing.queries import ClaimFacts, claim_get
from scf.financing.signing import content_hash
from scf.journeys.accepting import reservation_key
from scf.journeys.bookings import assets_ensure, books_of, post
from scf.network.operations import approval_decide, approval_request
from scf.network.queries import (
    ApprovalFacts,
    approval_get,
    approvals_of,
    bank_account_get,
    parties_get,
    programme_get,
)
from scf.network.values import Actor
from scf.products.postings import legs_confirm
from scf.trade.queries import receivable_get

CONFIRM = "claim.confirm"
# How long a password check stays good for one use of the signing key.
REAUTHENTICATION = timedelta(minutes=5)


def statement_of(*, claim: ClaimFacts) -> Mapping[str, Any]:
    """What the obligor signs: who owes what to whom, when, and what it waives (PRODUCT)."""
    programme = programme_get(programme_id=claim.programme_id)
    parties = parties_get(party_ids=[claim.supplier_id, claim.obligor_id])
    receivable = receivable_get(receivable_id=claim.receivable_id)
    escrow = bank_account_get(account_id=programme.escrow_account_id)
    return {
        "type": "huoshui.confirmation.v1",
        "programme": programme.code,
        "claim": claim.number,
        "obligor": {
            "name": parties[claim.obligor_id].name,
            "tax_id": parties[claim.obligor_id].tax_id,
        },
        "supplier": {
            "name": parties[claim.supplier_id].name,
            "tax_id": parties[claim.supplier_id].tax_id,
        },
        "invoices": [
            {
                "number": receivable.invoice_number,
                "date": receivable.invoice_date.isoformat(),
                "content_hash": receivable.content_hash,
            }
        ],
        "amount_minor": claim.face_minor,
        "currency": programme.currency,
        "due_date": claim.due_date.isoformat(),
        "goods_accepted": True,
        "set_off_waived": True,
        "not_assigned_or_pledged_before": True,
        "assignment_notice_acknowledged": True,
        "pay_only_to": {
            "holder": escrow.holder_name,
            "bank": escrow.bank_name,
            "account": escrow.number,
        },
    }


def _subject(claim: ClaimFacts) -> Subject:
    return Subject(programme_id=claim.programme_id, party_ids=frozenset({claim.obligor_id}))


@transaction.atomic(durable=True)
def confirmation_prepare(*, actor: Actor, claim_id: int, at: datetime) -> ApprovalFacts:
    """The treasury's maker checks the documents and asks a signer; the statement is fixed by hash.

    Raises ``financing.claim_unknown``, ``financing.not_confirmable``.
    """
    claim = claim_get(claim_id=claim_id, scope=scope_for(actor))
    require(actor, "claim.prepare", _subject(claim))
    claim = claim_lock(claim_id=claim_id)
    if claim.state != "matched" or claim.is_frozen:
        raise DomainError("financing.not_confirmable", claim=claim.number)
    return approval_request(
        actor=actor,
        verb=CONFIRM,
        subject_ref=f"claim:{claim.id}",
        payload={"claim": claim.id},
        content_hash=content_hash(statement_of(claim=claim)),
        amount_minor=claim.face_minor,
        at=at,
    )


@transaction.atomic(durable=True)
def confirmation_sign(
    *,
    actor: Actor,
    approval_id: int,
    content_hash_seen: str,
    reauthenticated_at: datetime | None,
    at: datetime,
) -> ClaimFacts:
    """The signer signs with the entity's key; the claim is owed to the supplier in the books.

    Raises ``financing.reauthentication_needed``, ``network.approval_changed`` when documents
    changed since, and the approval's own refusals.
    """
    if (
        reauthenticated_at is None
        or not timedelta(0) <= at - reauthenticated_at <= REAUTHENTICATION
    ):
        raise DomainError("financing.reauthentication_needed")
    seen = approval_get(scope=scope_for(actor), approval_id=approval_id, verb=CONFIRM)
    claim = claim_lock(claim_id=int(seen.payload["claim"]))
    require(actor, "claim.confirm", _subject(claim))
    approval = approval_decide(
        actor=actor,
        verb=CONFIRM,
        approval_id=approval_id,
        approve=True,
        content_hash=content_hash_seen,
        reason="",
        at=at,
    )
    statement = statement_of(claim=claim)
    if content_hash(statement) != content_hash_seen:
        raise DomainError("network.approval_changed", approval=approval_id)
    programme = programme_get(programme_id=claim.programme_id)
    obligor_key_ensure(party_id=claim.obligor_id, secret=settings.HUOSHUI_MASTER_KEY, at=at)
    confirmation_store(
        claim_id=claim.id,
        obligor_id=claim.obligor_id,
        statement=statement,
        secret=settings.HUOSHUI_MASTER_KEY,
        prepared_by=str(approval.maker_id),
        signed_by=actor.name,
        at=at,
    )
    assets_ensure(currency=programme.currency)
    journal = post(
        programme=programme,
        key=f"confirm:{claim.id}",
        kind="claim.confirmed",
        legs=legs_confirm(
            books=books_of(programme=programme, claim=claim), face_minor=claim.face_minor
        ),
        claim_id=claim.id,
        series_id=None,
        on=programme.business_date,
        at=at,
    )
    event_emit(name="financing.claim.confirmed", payload={"claim_id": claim.id}, at=at)
    return claim_move(
        claim_id=claim.id,
        to="confirmed",
        by=actor.name,
        on=programme.business_date,
        at=at,
        facts={"journal": journal.id, "content_hash": content_hash_seen},
    )


@transaction.atomic(durable=True)
def confirmation_refuse(*, actor: Actor, claim_id: int, reason: str, at: datetime) -> ClaimFacts:
    """The obligor sends it back with a reason; fingerprint and limit are freed.

    Raises ``financing.reason_missing``, ``financing.not_confirmable``.
    """
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    seen = claim_get(claim_id=claim_id, scope=scope_for(actor))
    require(actor, "claim.refuse", _subject(seen))
    claim = claim_lock(claim_id=seen.id)
    if claim.state != "matched":
        raise DomainError("financing.not_confirmable", claim=claim.number)
    programme = programme_get(programme_id=claim.programme_id)
    for approval in approvals_of(subject_ref=f"claim:{claim.id}"):
        if approval.state == "pending" and approval.verb == CONFIRM:
            approval_decide(
                actor=actor,
                verb=CONFIRM,
                approval_id=approval.id,
                approve=False,
                content_hash=approval.content_hash,
                reason=reason,
                at=at,
            )
    limit_free(programme_ref=programme.book, key=reservation_key(claim), at=at)
    return claim_move(
        claim_id=claim.id,
        to="refused",
        by=actor.name,
        on=programme.business_date,
        at=at,
        reason=reason,
    )
