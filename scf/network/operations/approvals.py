"""Writes to four-eyes requests and business days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q

from ledger.errors import DomainError
from scf.network.models import Approval, BusinessDay
from scf.network.queries.approvals import (
    ApprovalFacts,
    BusinessDayFacts,
    approval_facts,
    business_day_facts,
)
from scf.network.queries.parties import party_get
from scf.network.values import Actor, Role, Seat


def approval_request(
    *,
    actor: Actor,
    verb: str,
    subject_ref: str,
    payload: Mapping[str, object],
    content_hash: str,
    amount_minor: int | None,
    at: datetime,
) -> ApprovalFacts:
    """Ask a second person for ``verb`` on ``subject_ref``; a pending twin raises.

    Raises ``network.approval_pending`` and ``network.seat_cannot_make``.
    """
    if actor.seat is Seat.VIEWER:
        raise DomainError("network.seat_cannot_make", seat=actor.seat)
    if Approval.objects.filter(verb=verb, subject_ref=subject_ref, state="pending").exists():
        raise DomainError("network.approval_pending", subject=subject_ref)
    approval = Approval.objects.create(
        programme_id=actor.programme_id,
        role=actor.role,
        party_id=actor.party_id,
        verb=verb,
        subject_ref=subject_ref,
        payload=dict(payload),
        content_hash=content_hash,
        amount_minor=amount_minor,
        maker_id=actor.user_id,
        made_at=at,
    )
    return approval_facts(approval)


def approval_decide(
    *,
    actor: Actor,
    verb: str,
    approval_id: int,
    approve: bool,
    content_hash: str,
    reason: str,
    at: datetime,
) -> ApprovalFacts:
    """Approve or refuse what another made. The row is locked, so one decision wins.

    A request for another ``verb`` is unknown here: it cannot stand in for this one.
    ``content_hash`` is what the checker saw. Only a supplier's acceptance knows a waiver. Raises ``network.approval_unknown``,
    ``network.approval_decided``, ``network.four_eyes``, ``network.seat_cannot_check``,
    ``network.approval_changed``.
    """
    desk = Q(party=None) if actor.party_id is None else Q(party_id=actor.party_id)
    approval = (
        Approval.objects.select_for_update()
        .filter(desk, pk=approval_id, programme_id=actor.programme_id, role=actor.role, verb=verb)
        .first()
    )
    if approval is None:
        raise DomainError("network.approval_unknown", approval=approval_id)
    if approval.state != "pending":
        raise DomainError("network.approval_decided", approval=approval_id)
    if actor.seat not in (Seat.CHECKER, Seat.SIGNER):
        raise DomainError("network.seat_cannot_check", seat=actor.seat)
    if approval.maker_id == actor.user_id:
        if not _waived(actor):
            raise DomainError("network.four_eyes", approval=approval_id)
        approval.payload = {**approval.payload, "four_eyes_waived": True}
    if approval.content_hash != content_hash:
        raise DomainError("network.approval_changed", approval=approval_id)
    approval.state = "approved" if approve else "refused"
    approval.checker_id = actor.user_id
    approval.decided_at = at
    approval.reason = reason
    approval.save()
    return approval_facts(approval)


def _waived(actor: Actor) -> bool:
    """A small supplier with a single user may waive its second pair of eyes (PRODUCT)."""
    if actor.role is not Role.SUPPLIER or actor.party_id is None:
        return False
    return party_get(party_id=actor.party_id).four_eyes_waived


def business_day_open_end(
    *, programme_id: int, closing: date, opening: date, by: str, at: datetime
) -> BusinessDayFacts:
    """Record that the end of ``closing`` was asked for; asking again returns the same row."""
    row, _ = BusinessDay.objects.get_or_create(
        programme_id=programme_id,
        closing_date=closing,
        defaults={"opening_date": opening, "requested_by": by, "requested_at": at},
    )
    return business_day_facts(row)


def business_day_step(*, business_day_id: int, steps_done: int) -> None:
    """One more step of the end of day is committed with its effect."""
    BusinessDay.objects.filter(pk=business_day_id).update(steps_done=steps_done)


def business_day_finish(*, business_day_id: int, at: datetime) -> None:
    """The end of day is done."""
    BusinessDay.objects.filter(pk=business_day_id).update(state="closed", closed_at=at)


def approvals_withdraw(*, subject_ref: str, at: datetime, verb: str = "") -> int:
    """What is still waiting on a subject (for one ``verb``, or for any) is moot.

    Returns how many requests ended.
    """
    waiting = Approval.objects.filter(subject_ref=subject_ref, state="pending")
    if verb:
        waiting = waiting.filter(verb=verb)
    return waiting.update(state="withdrawn", decided_at=at)
