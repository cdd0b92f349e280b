"""Reads of four-eyes requests and of business days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger.errors import DomainError
from scf.network.models import Approval, BusinessDay
from scf.network.values import Scope


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """One request for a second pair of eyes."""

    id: int
    programme_id: int
    role: str
    party_id: int | None
    verb: str
    subject_ref: str
    payload: Mapping[str, Any]
    content_hash: str
    amount_minor: int | None
    maker_id: int
    made_at: datetime
    state: str
    checker_id: int | None
    decided_at: datetime | None
    reason: str


def approval_facts(approval: Approval) -> ApprovalFacts:
    """The row as a value."""
    return ApprovalFacts(
        id=approval.pk,
        programme_id=approval.programme_id,
        role=approval.role,
        party_id=approval.party_id,
        verb=approval.verb,
        subject_ref=approval.subject_ref,
        payload=approval.payload,
        content_hash=approval.content_hash,
        amount_minor=approval.amount_minor,
        maker_id=approval.maker_id,
        made_at=approval.made_at,
        state=approval.state,
        checker_id=approval.checker_id,
        decided_at=approval.decided_at,
        reason=approval.reason,
    )


def approvals_pending(*, scope: Scope, verb: str | None = None) -> list[ApprovalFacts]:
    """What waits for a second person at the scope's desk, oldest first."""
    rows = Approval.objects.filter(
        programme_id=scope.programme_id, role=scope.role, state="pending"
    )
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    if verb is not None:
        rows = rows.filter(verb=verb)
    return [approval_facts(row) for row in rows.order_by("made_at", "pk")]


def approvals_of(*, subject_ref: str) -> list[ApprovalFacts]:
    """The four-eyes history of one thing, oldest first."""
    rows = Approval.objects.filter(subject_ref=subject_ref).order_by("made_at", "pk")
    return [approval_facts(row) for row in rows]


def approval_get(*, scope: Scope, approval_id: int, verb: str | None = None) -> ApprovalFacts:
    """Raises ``network.approval_unknown`` outside the scope's desk, or for another ``verb``."""
    rows = Approval.objects.filter(pk=approval_id, programme_id=scope.programme_id, role=scope.role)
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    if verb is not None:
        rows = rows.filter(verb=verb)
    found = rows.first()
    if found is None:
        raise DomainError("network.approval_unknown", approval=approval_id)
    return approval_facts(found)


@dataclass(frozen=True, slots=True)
class BusinessDayFacts:
    """How far the end of a business date came."""

    id: int
    programme_id: int
    closing_date: date
    opening_date: date
    state: str
    steps_done: int
    requested_by: str
    closed_at: datetime | None


def business_day_facts(row: BusinessDay) -> BusinessDayFacts:
    """The row as a value."""
    return BusinessDayFacts(
        id=row.pk,
        programme_id=row.programme_id,
        closing_date=row.closing_date,
        opening_date=row.opening_date,
        state=row.state,
        steps_done=row.steps_done,
        requested_by=row.requested_by,
        closed_at=row.closed_at,
    )


def business_day_get(*, business_day_id: int) -> BusinessDayFacts:
    """Raises ``network.business_day_unknown``."""
    found = BusinessDay.objects.filter(pk=business_day_id).first()
    if found is None:
        raise DomainError("network.business_day_unknown", business_day=business_day_id)
    return business_day_facts(found)


def business_days_list(*, programme_id: int, limit: int) -> list[BusinessDayFacts]:
    """The newest ends of day first."""
    rows = BusinessDay.objects.filter(programme_id=programme_id).order_by("-closing_date")[:limit]
    return [business_day_facts(row) for row in rows]
