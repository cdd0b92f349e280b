"""When it goes wrong: freeze, fraud repurchase, write-off, closing at a loss. Four eyes on each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from risk.operations.limits import limit_free
from scf.access.policy import require, scope_for
from scf.financing.operations.claims import (
    adjustment_record,
    claim_flag,
    claim_lock,
    claim_move,
    claim_step_add,
)
from scf.financing.queries import ClaimFacts, claim_get, claim_steps, collected_date
from scf.financing.signing import content_hash
from scf.journeys.accepting import reservation_key
from scf.journeys.bookings import SYSTEM, books_of, outstanding_of, post
from scf.journeys.distributing import distribution_run, outcome_settle
from scf.network.operations import approval_decide, approval_request, programme_lock
from scf.network.queries import ApprovalFacts, ProgrammeFacts, programme_get
from scf.network.values import Actor
from scf.products.operations import series_freeze_set, series_lock, series_step_add
from scf.products.postings import (
    legs_repurchase_cash,
    legs_repurchase_claim,
    legs_repurchase_offset,
    legs_write_off,
    legs_write_off_recourse,
)
from scf.products.queries import SeriesFacts, series_get, series_of_claim
from scf.products.waterfall import owed_minor
from scf.settlement.operations.payouts import payouts_hold

UNFREEZE = "series.unfreeze"
WRITE_OFF = "claim.write_off"


@transaction.atomic(durable=True)
def series_freeze(*, actor: Actor, series_id: int, reason: str, at: datetime) -> None:
    """Stop bids, close, payout and distribution of one series; one person may."""
    require(actor, "claim.freeze")
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    claim, series = _both(actor=actor, series_id=series_id)
    programme = programme_get(programme_id=series.programme_id)
    series_freeze_set(series_id=series.id, frozen=True)
    claim_flag(claim_id=claim.id, flag="frozen", value=True)
    payouts_hold(programme_id=programme.id, subject=f"series:{series.id}", at=at)
    series_step_add(
        series_id=series.id,
        code="frozen",
        by=actor.name,
        on=programme.business_date,
        at=at,
        facts={"reason": reason},
    )


@transaction.atomic(durable=True)
def unfreeze_submit(*, actor: Actor, series_id: int, reason: str, at: datetime) -> ApprovalFacts:
    """Ask a second person to let the series go on."""
    require(actor, "claim.freeze")
    _, series = _both(actor=actor, series_id=series_id)
    if not series.is_frozen:
        raise DomainError("products.not_frozen", series=series.number)
    return approval_request(
        actor=actor,
        verb=UNFREEZE,
        subject_ref=f"series:{series.id}",
        payload={"series": series.id, "reason": reason},
        content_hash=content_hash({"series": series.id, "reason": reason}),
        amount_minor=None,
        at=at,
    )


@transaction.atomic(durable=True)
def unfreeze_approve(
    *, actor: Actor, approval_id: int, content_hash_seen: str, at: datetime
) -> SeriesFacts:
    """Unfreezing resumes and runs the waterfall that waited."""
    require(actor, "claim.unfreeze")
    programme = programme_lock(programme_id=actor.programme_id)
    approval = _approved(
        actor=actor, verb=UNFREEZE, approval_id=approval_id, seen=content_hash_seen, at=at
    )
    claim, series = _both(actor=actor, series_id=int(approval.payload["series"]))
    series_freeze_set(series_id=series.id, frozen=False)
    claim_flag(claim_id=claim.id, flag="frozen", value=False)
    series_step_add(
        series_id=series.id,
        code="unfrozen",
        by=actor.name,
        on=programme.business_date,
        at=at,
        facts={},
    )
    return distribution_run(
        programme=programme,
        claim=claim,
        series_id=series.id,
        kind="collection",
        # What waited earns to the day it came, not to the day it was let go.
        value_date=collected_date(claim_id=claim.id) or programme.business_date,
        at=at,
    )


@transaction.atomic(durable=True)
def repurchase_demand(
    *, actor: Actor, claim_id: int, forged: bool, reason: str, at: datetime
) -> int:
    """Fraud: the supplier must buy back at principal and accrued yield; returns what it owes.

    Proceeds that have not left yet are used first.
    """
    require(actor, "claim.repurchase")
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    claim_get(claim_id=claim_id, scope=scope_for(actor))
    programme_lock(programme_id=actor.programme_id)
    programme, claim, series = _assigned(claim_id=claim_id)
    if series.position is None:
        raise DomainError("financing.claim_not_payable", claim=claim.number)
    on = programme.business_date
    books = books_of(programme=programme, claim=claim, series=series)
    before = outstanding_of(programme=programme, books=books)
    owed = owed_minor(position=series.position, on=on, terms=series.terms)
    kept = min(before.payable_supplier_minor, owed - before.collection_minor)
    if kept > 0:
        payouts_hold(programme_id=programme.id, subject=f"series:{series.id}", at=at)
        post(
            programme=programme,
            key=f"repurchase_offset:{claim.id}",
            kind="claim.repurchase_offset",
            legs=legs_repurchase_offset(books=books, amount_minor=kept),
            claim_id=claim.id,
            series_id=series.id,
            on=on,
            at=at,
        )
    rest = owed - before.collection_minor - max(0, kept)
    claim_step_add(
        claim_id=claim.id,
        code="repurchase_demand",
        by=actor.name,
        on=on,
        at=at,
        facts={"amount_minor": rest, "forged": forged, "reason": reason},
    )
    if rest <= 0:
        _repurchased(programme=programme, claim=claim, series=series, value_date=on, at=at)
    return max(0, rest)


def repurchase_apply(
    *,
    programme_id: int,
    entry_id: int,
    claim_id: int,
    amount_minor: int,
    value_date: date,
    business_date: date,
    at: datetime,
) -> int:
    """The supplier's repurchase money: once investors are whole the claim goes back.

    Runs inside the caller's transaction. Money that does not cover principal and accrued yield
    on its value date waits in the collection for the rest, and distributes nothing.
    """
    programme, claim, series = _assigned(claim_id=claim_id)
    books = books_of(programme=programme, claim=claim, series=series)
    before = outstanding_of(programme=programme, books=books)
    if series.position is None:
        raise DomainError("financing.claim_not_payable", claim=claim.number)
    owed = owed_minor(position=series.position, on=value_date, terms=series.terms)
    journal = post(
        programme=programme,
        key=f"repurchase:{claim.id}:{entry_id}",
        kind="claim.repurchase_paid",
        legs=legs_repurchase_cash(books=books, cash_minor=amount_minor),
        claim_id=claim.id,
        series_id=series.id,
        on=business_date,
        at=at,
    )
    missing = owed - before.collection_minor - amount_minor
    if missing <= 0:
        _repurchased(programme=programme, claim=claim, series=series, value_date=value_date, at=at)
    else:
        demand = _demands(claim_id=claim.id)[-1]
        claim_step_add(
            claim_id=claim.id,
            code="repurchase_demand",
            by=SYSTEM,
            on=business_date,
            at=at,
            facts={**demand["facts"], "amount_minor": missing},
        )
    return journal.id


def _repurchased(
    *,
    programme: ProgrammeFacts,
    claim: ClaimFacts,
    series: SeriesFacts,
    value_date: date,
    at: datetime,
) -> None:
    on = programme.business_date
    books = books_of(programme=programme, claim=claim, series=series)
    series_freeze_set(series_id=series.id, frozen=False)
    left = outstanding_of(programme=programme, books=books)
    demands = _demands(claim_id=claim.id)
    legs = legs_repurchase_claim(
        books=books,
        claim_open_minor=left.claim_minor,
        forged=bool(demands and demands[-1]["facts"].get("forged")),
    )
    if left.recourse_minor:  # what dilution had added is paid with the repurchase
        legs += legs_write_off_recourse(books=books, recourse_minor=left.recourse_minor)
    if legs:
        post(
            programme=programme,
            key=f"repurchase_claim:{claim.id}",
            kind="claim.repurchased",
            legs=legs,
            claim_id=claim.id,
            series_id=series.id,
            on=on,
            at=at,
        )
    moved = claim_move(claim_id=claim.id, to="repurchased", by=SYSTEM, on=on, at=at)
    limit_free(programme_ref=programme.book, key=reservation_key(claim), at=at)
    distribution_run(
        programme=programme,
        claim=moved,
        series_id=series.id,
        kind="repurchase",
        value_date=value_date,
        at=at,
    )


@transaction.atomic(durable=True)
def write_off_submit(*, actor: Actor, claim_id: int, reason: str, at: datetime) -> ApprovalFacts:
    """Ask a second person to write off what is still open of a defaulted claim."""
    require(actor, "claim.write_off")
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    claim_get(claim_id=claim_id, scope=scope_for(actor))
    programme, claim, series = _assigned(claim_id=claim_id)
    left = outstanding_of(
        programme=programme, books=books_of(programme=programme, claim=claim, series=series)
    )
    amount = left.claim_minor + left.recourse_minor
    if amount == 0:
        raise DomainError("financing.nothing_open", claim=claim.number)
    return approval_request(
        actor=actor,
        verb=WRITE_OFF,
        subject_ref=f"claim:{claim.id}",
        payload={"claim": claim.id, "reason": reason, "amount_minor": amount},
        content_hash=content_hash({"claim": claim.id, "amount_minor": amount}),
        amount_minor=amount,
        at=at,
    )


@transaction.atomic(durable=True)
def write_off_approve(
    *, actor: Actor, approval_id: int, content_hash_seen: str, at: datetime
) -> SeriesFacts:
    """The claim stands as written off, visible for a recovery; the series is impaired.

    Raises ``network.approval_changed`` when money came in between.
    """
    require(actor, "claim.write_off_approve")
    programme_lock(programme_id=actor.programme_id)
    approval = _approved(
        actor=actor, verb=WRITE_OFF, approval_id=approval_id, seen=content_hash_seen, at=at
    )
    programme, claim, series = _assigned(claim_id=int(approval.payload["claim"]))
    books = books_of(programme=programme, claim=claim, series=series)
    left = outstanding_of(programme=programme, books=books)
    if left.claim_minor + left.recourse_minor != approval.payload["amount_minor"]:
        raise DomainError("network.approval_changed", approval=approval_id)
    on = programme.business_date
    legs = []
    if left.claim_minor:
        legs += legs_write_off(books=books, claim_open_minor=left.claim_minor)
    if left.recourse_minor:
        legs += legs_write_off_recourse(books=books, recourse_minor=left.recourse_minor)
    journal = post(
        programme=programme,
        key=f"write_off:{claim.id}",
        kind="claim.written_off",
        legs=legs,
        claim_id=claim.id,
        series_id=series.id,
        on=on,
        at=at,
    )
    adjustment_record(
        claim_id=claim.id,
        kind="write_off",
        reference=f"approval:{approval.id}",
        amount_minor=left.claim_minor + left.recourse_minor,
        recourse_minor=0,
        on=on,
        at=at,
        journal_id=journal.id,
    )
    moved = claim_move(
        claim_id=claim.id,
        to="written_off",
        by=actor.name,
        on=on,
        at=at,
        reason=str(approval.payload["reason"]),
    )
    limit_free(programme_ref=programme.book, key=reservation_key(claim), at=at)
    event_emit(name="financing.claim.written_off", payload={"claim_id": claim.id}, at=at)
    return outcome_settle(programme=programme, claim=moved, series_id=series.id, at=at)


def _demands(*, claim_id: int) -> list[dict[str, Any]]:
    return [step for step in claim_steps(claim_id=claim_id) if step["code"] == "repurchase_demand"]


def _approved(
    *, actor: Actor, verb: str, approval_id: int, seen: str, at: datetime
) -> ApprovalFacts:
    return approval_decide(
        actor=actor,
        verb=verb,
        approval_id=approval_id,
        approve=True,
        content_hash=seen,
        reason="",
        at=at,
    )


def _both(*, actor: Actor, series_id: int) -> tuple[ClaimFacts, SeriesFacts]:
    seen = series_get(series_id=series_id, scope=scope_for(actor))
    claim = claim_lock(claim_id=seen.claim_id)
    return claim, series_lock(series_id=seen.id)


def _assigned(*, claim_id: int) -> tuple[ProgrammeFacts, ClaimFacts, SeriesFacts]:
    claim = claim_lock(claim_id=claim_id)
    series = series_of_claim(claim_id=claim_id)
    if series is None or claim.state != "assigned":
        raise DomainError("financing.claim_not_payable", claim=claim.number)
    programme = programme_get(programme_id=claim.programme_id)
    return programme, claim, series_lock(series_id=series.id)
