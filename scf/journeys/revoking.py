"""A confirmed claim that is not on offer goes back: obligor and supplier agree, or it runs out.

The obligor asks, the supplier answers; each is a line of the claim's history. Once a series takes
bids only its cancellation gives the claim back (``closing.series_cancel``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from risk.operations.limits import limit_free
from scf.access.policy import Subject, require, scope_for
from scf.financing.operations.claims import claim_lock, claim_move, claim_step_add
from scf.financing.queries import ClaimFacts, claim_get, claim_steps
from scf.journeys.accepting import reservation_key
from scf.journeys.bookings import books_of, post
from scf.journeys.registering import claim_deregister
from scf.network.operations import approvals_withdraw
from scf.network.queries import programme_get
from scf.network.values import Actor
from scf.products.operations import series_lock, series_move
from scf.products.postings import legs_release_claim
from scf.products.queries import series_of_claim

ASKED, ANSWERS = "revoke_asked", ("revoke_declined",)
REVOCABLE = frozenset({"confirmed", "registered"})


def revocation_asked(*, claim_id: int) -> Mapping[str, Any] | None:
    """The obligor's request that waits for the supplier's answer, if one does."""
    steps = [s for s in claim_steps(claim_id=claim_id) if s["code"] in (ASKED, *ANSWERS)]
    return steps[-1] if steps and steps[-1]["code"] == ASKED else None


@transaction.atomic(durable=True)
def revocation_ask(*, actor: Actor, claim_id: int, reason: str, at: datetime) -> ClaimFacts:
    """The obligor asks the supplier to let a confirmation go.

    Raises ``financing.reason_missing``, ``financing.not_revocable``, ``financing.revoke_waiting``.
    """
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    seen = claim_get(claim_id=claim_id, scope=scope_for(actor))
    require(actor, "claim.revoke", Subject(seen.programme_id, frozenset({seen.obligor_id})))
    claim = _revocable(claim_id=seen.id)
    if revocation_asked(claim_id=claim.id) is not None:
        raise DomainError("financing.revoke_waiting", claim=claim.number)
    _step(claim=claim, code=ASKED, by=actor.name, reason=reason, at=at)
    event_emit(name="financing.claim.revoke_asked", payload={"claim_id": claim.id}, at=at)
    return claim


@transaction.atomic(durable=True)
def revocation_answer(
    *, actor: Actor, claim_id: int, agree: bool, reason: str, at: datetime
) -> ClaimFacts:
    """The supplier agrees (the claim ends, fingerprint and limit are freed) or declines.

    Raises ``financing.not_revocable``, ``financing.revoke_unasked``, and
    ``financing.reason_missing`` when it declines without one.
    """
    seen = claim_get(claim_id=claim_id, scope=scope_for(actor))
    require(actor, "quote.approve", Subject(seen.programme_id, frozenset({seen.supplier_id})))
    claim = _revocable(claim_id=seen.id)
    asked = revocation_asked(claim_id=claim.id)
    if asked is None:
        raise DomainError("financing.revoke_unasked", claim=claim.number)
    if agree:
        return claim_let_go(claim=claim, by=actor.name, reason="revoked", at=at)
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    _step(claim=claim, code=ANSWERS[0], by=actor.name, reason=reason, at=at)
    return claim


def claim_let_go(*, claim: ClaimFacts, by: str, reason: str, at: datetime) -> ClaimFacts:
    """End a confirmed or registered claim that was never sold, in the caller's transaction.

    Confirmed becomes revoked (or expired), registered is deregistered and released. A series
    that was only drafted is cancelled. The claim is locked by the caller.
    """
    programme = programme_get(programme_id=claim.programme_id)
    on = programme.business_date
    series = series_of_claim(claim_id=claim.id)
    if series is not None:
        series_lock(series_id=series.id)
        series_move(series_id=series.id, to="cancelled", by=by, on=on, at=at, reason=reason)
        approvals_withdraw(subject_ref=f"series:{series.id}", at=at)
    post(
        programme=programme,
        key=f"let_go:{claim.id}",
        kind="claim.let_go",
        legs=legs_release_claim(
            books=books_of(programme=programme, claim=claim), face_minor=claim.face_minor
        ),
        claim_id=claim.id,
        series_id=None,
        on=on,
        at=at,
    )
    to = "released" if claim.state == "registered" else reason
    if claim.state == "registered":
        claim_deregister(programme=programme, claim=claim, at=at)
    limit_free(programme_ref=programme.book, key=reservation_key(claim), at=at)
    event_emit(name="financing.claim.let_go", payload={"claim_id": claim.id}, at=at)
    return claim_move(claim_id=claim.id, to=to, by=by, on=on, at=at, reason=reason)


def _revocable(*, claim_id: int) -> ClaimFacts:
    claim = claim_lock(claim_id=claim_id)
    series = series_of_claim(claim_id=claim.id)
    if claim.state not in REVOCABLE or (series is not None and series.state != "draft"):
        raise DomainError("financing.not_revocable", claim=claim.number)
    return claim


def _step(*, claim: ClaimFacts, code: str, by: str, reason: str, at: datetime) -> None:
    programme = programme_get(programme_id=claim.programme_id)
    claim_step_add(
        claim_id=claim.id,
        code=code,
        by=by,
        on=programme.business_date,
        at=at,
        facts={"reason": reason.strip()},
    )
