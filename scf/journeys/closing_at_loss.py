"""Nothing more will come of a written-off claim: the series ends with what was lost. Four eyes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.chart import ACCRUAL_REVERSED
from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from scf.access.policy import require, scope_for
from scf.financing.operations.claims import claim_lock, claim_move
from scf.financing.queries import claim_get
from scf.financing.signing import content_hash
from scf.journeys.bookings import books_of, outstanding_of, post
from scf.network.operations import approval_decide, approval_request, programme_lock
from scf.network.queries import ApprovalFacts, programme_get
from scf.network.values import Actor
from scf.products.operations import series_lock, series_move
from scf.products.postings import legs_close_at_loss, yield_legs
from scf.products.queries import SeriesFacts, holders_of, series_of_claim

LOSS_CLOSE = "claim.loss_close"


@transaction.atomic(durable=True)
def loss_close_submit(*, actor: Actor, claim_id: int, reason: str, at: datetime) -> ApprovalFacts:
    """Ask a second person to end a written-off claim and its series at a loss.

    Raises ``financing.reason_missing``, ``financing.not_written_off`` and
    ``financing.recovery_waiting`` while money stands in the collection.
    """
    require(actor, "claim.write_off")
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    claim_get(claim_id=claim_id, scope=scope_for(actor))
    series, lost = _lost(claim_id=claim_id)
    return approval_request(
        actor=actor,
        verb=LOSS_CLOSE,
        subject_ref=f"claim:{claim_id}",
        payload={"claim": claim_id, "series": series.id, "reason": reason, "amount_minor": lost},
        content_hash=content_hash({"claim": claim_id, "lost_minor": lost}),
        amount_minor=lost,
        at=at,
    )


@transaction.atomic(durable=True)
def loss_close_approve(
    *, actor: Actor, approval_id: int, content_hash_seen: str, at: datetime
) -> SeriesFacts:
    """Units end, yield never paid is taken back, the written-off claim is given up.

    Raises the approval's refusals, ``network.approval_changed`` when something was recovered in
    between, and what ``loss_close_submit`` raises.
    """
    require(actor, "claim.write_off_approve")
    programme_lock(programme_id=actor.programme_id)
    approval = approval_decide(
        actor=actor,
        verb=LOSS_CLOSE,
        approval_id=approval_id,
        approve=True,
        content_hash=content_hash_seen,
        reason="",
        at=at,
    )
    claim_id = int(approval.payload["claim"])
    series, lost = _lost(claim_id=claim_id)
    if lost != approval.payload["amount_minor"]:
        raise DomainError("network.approval_changed", approval=approval_id)
    claim = claim_get(claim_id=claim_id)
    programme = programme_get(programme_id=claim.programme_id)
    on = programme.business_date
    books = books_of(programme=programme, claim=claim, series=series)
    left = outstanding_of(programme=programme, books=books)
    if left.yield_due_minor:
        post(
            programme=programme,
            key=f"unaccrue:{series.id}:loss",
            kind=ACCRUAL_REVERSED,
            legs=yield_legs(
                accounts=(books.yield_contra, books.yield_due), amount_minor=-left.yield_due_minor
            ),
            claim_id=claim.id,
            series_id=series.id,
            on=on,
            at=at,
        )
    post(
        programme=programme,
        key=f"loss_close:{series.id}",
        kind="series.closed_at_loss",
        legs=legs_close_at_loss(
            books=books,
            claim_minor=left.claim_minor,
            holders=[
                (investor, holder.units) for investor, holder in holders_of(series_id=series.id)
            ],
        ),
        claim_id=claim.id,
        series_id=series.id,
        on=on,
        at=at,
    )
    reason = str(approval.payload["reason"])
    claim_move(claim_id=claim.id, to="closed_at_loss", by=actor.name, on=on, at=at, reason=reason)
    event_emit(name="products.series.closed_at_loss", payload={"series_id": series.id}, at=at)
    return series_move(
        series_id=series.id,
        to="closed_at_loss",
        by=actor.name,
        on=on,
        at=at,
        reason=reason,
        facts={"lost_minor": lost},
    )


def _lost(*, claim_id: int) -> tuple[SeriesFacts, int]:
    """The series of a written-off claim, both locked, and the principal that is lost."""
    claim = claim_lock(claim_id=claim_id)
    found = series_of_claim(claim_id=claim_id)
    if found is None or claim.state != "written_off":
        raise DomainError("financing.not_written_off", claim=claim.number)
    series = series_lock(series_id=found.id)
    if series.state != "impaired" or series.is_frozen or series.position is None:
        raise DomainError("financing.not_written_off", claim=claim.number)
    programme = programme_get(programme_id=claim.programme_id)
    books = books_of(programme=programme, claim=claim, series=series)
    if outstanding_of(programme=programme, books=books).collection_minor:
        raise DomainError("financing.recovery_waiting", claim=claim.number)
    return series, series.position.principal_minor
