"""After acceptance: the match and the gate are asked again, then the claim goes to the obligor."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.operations.outbox import event_emit
from risk.operations.limits import limit_free
from risk.queries.gates import gate_get
from scf.financing.operations.claims import claim_lock, claim_move
from scf.financing.queries import ClaimFacts
from scf.journeys.accepting import reservation_key
from scf.journeys.bookings import SYSTEM
from scf.network.queries import programme_get
from scf.network.values import party_ref
from scf.trade.queries import receivable_get


@transaction.atomic(durable=True)
def claim_check(*, claim_id: int, at: datetime) -> ClaimFacts:
    """Submitted becomes matched, or rejected with the reason and everything freed. Idempotent."""
    return claim_check_within(claim_id=claim_id, at=at)


def claim_check_within(*, claim_id: int, at: datetime) -> ClaimFacts:
    """The same inside the caller's transaction (a work item's effect)."""
    claim = claim_lock(claim_id=claim_id)
    if claim.state != "submitted":
        return claim
    programme = programme_get(programme_id=claim.programme_id)
    receivable = receivable_get(receivable_id=claim.receivable_id)
    gate = gate_get(
        programme_ref=programme.book,
        party_ref=party_ref(claim.supplier_id),
        on=programme.business_date,
    )
    reason = ""
    if not receivable.match_state.passes or receivable.financeable_minor < claim.face_minor:
        reason = "match"
    elif not gate.passed:
        reason = "gate"
    if reason:
        limit_free(programme_ref=programme.book, key=reservation_key(claim), at=at)
    else:
        event_emit(name="financing.claim.matched", payload={"claim_id": claim.id}, at=at)
    return claim_move(
        claim_id=claim.id,
        to="rejected" if reason else "matched",
        by=SYSTEM,
        on=programme.business_date,
        at=at,
        reason=reason,
        facts={"match": receivable.match_state.value, "gate": gate.outcome},
    )
