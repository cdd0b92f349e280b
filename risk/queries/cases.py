"""Cases as lists and pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from ledger.errors import DomainError
from risk.models import Case, CaseDecision, CaseEvent, CaseEvidence, CaseParty, KnownHonest


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. `parties` are (reference, name); `evidence` how many rows; `pending_by` who
    proposed the outcome that waits, "" where none does."""

    id: int
    kind: str
    subject: str
    severity: str
    amount_minor: int
    facts: Mapping[str, Mapping[str, Any]]
    state: str
    outcome: str
    opened_run_id: int
    last_run_id: int
    opened_date: date
    last_seen_date: date
    seen_count: int
    opened_at: datetime
    closed_at: datetime | None
    parties: tuple[tuple[str, str], ...]
    evidence: int
    pending_by: str

    @property
    def number(self) -> str:
        return case_number(self.id)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of a case's history; `by_ref` "" is the machine."""

    kind: str
    by_ref: str
    at: datetime
    text: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of the business, or what a person put to the case."""

    id: int
    kind: str
    row_id: int | None
    document: str
    on_date: str
    amount_minor: int | None
    note: str
    by_ref: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseDecisionRow:
    """An outcome that was proposed, with both names."""

    id: int
    outcome: str
    reason: str
    refuse_refs: tuple[str, ...]
    amount_minor: int
    maker_ref: str
    made_at: datetime
    state: str
    checker_ref: str
    checked_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class HonestRow:
    """A subject that two people found honest, quiet up to a sum."""

    subject: str
    kind: str
    case_id: int
    amount_minor: int
    quiet_to_minor: int
    reason: str
    maker_ref: str
    checker_ref: str
    since_at: datetime


def case_number(case_id: int) -> str:
    """What people call a case."""
    return f"C-{case_id:05d}"


def cases_list(
    *,
    programme_ref: str,
    states: Iterable[str] | None = None,
    party_ref: str | None = None,
) -> tuple[CaseRow, ...]:
    """A programme's cases, the latest first; of some states, or with one firm in them."""
    rows = Case.objects.filter(programme_ref=programme_ref)
    if states is not None:
        rows = rows.filter(state__in=list(states))
    if party_ref is not None:
        rows = rows.filter(parties__party_ref=party_ref)
    return _rows(rows.order_by("-pk"))


def _rows(rows: QuerySet[Case]) -> tuple[CaseRow, ...]:
    """Cases with their firms, counts and proposals, in four queries."""
    found = list(rows)
    ids = [row.pk for row in found]
    parties: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in CaseParty.objects.filter(case_id__in=ids).order_by("pk"):
        parties[one.case_id].append((one.party_ref, one.name))
    counts = dict(
        CaseEvidence.objects.filter(case_id__in=ids)
        .values_list("case_id")
        .annotate(number=Count("pk"))
    )
    waiting = dict(
        CaseDecision.objects.filter(case_id__in=ids, state="pending").values_list(
            "case_id", "maker_ref"
        )
    )
    return tuple(
        CaseRow(
            id=row.pk,
            kind=row.kind,
            subject=row.subject,
            severity=row.severity,
            amount_minor=row.amount_minor,
            facts=row.facts,
            state=row.state,
            outcome=row.outcome,
            opened_run_id=row.opened_run_id,
            last_run_id=row.last_run_id,
            opened_date=row.opened_date,
            last_seen_date=row.last_seen_date,
            seen_count=row.seen_count,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            parties=tuple(parties[row.pk]),
            evidence=counts.get(row.pk, 0),
            pending_by=waiting.get(row.pk, ""),
        )
        for row in found
    )


def case_get(*, programme_ref: str, case_id: int) -> CaseRow:
    """One case; raises `risk.case_unknown`."""
    found = _rows(Case.objects.filter(programme_ref=programme_ref, pk=case_id))
    if not found:
        raise DomainError("risk.case_unknown", case=case_id)
    return found[0]


def cases_live_count(*, programme_ref: str) -> int:
    """How many are not closed."""
    return Case.objects.filter(programme_ref=programme_ref).exclude(state="closed").count()


def case_events(*, case_id: int) -> tuple[EventRow, ...]:
    """A case's history, the oldest first."""
    rows = CaseEvent.objects.filter(case_id=case_id).order_by("pk")
    return tuple(EventRow(row.kind, row.by_ref, row.at, row.text, row.facts) for row in rows)


def case_evidence(*, case_id: int) -> tuple[EvidenceRow, ...]:
    """What speaks for it, in the order in which it came."""
    rows = CaseEvidence.objects.filter(case_id=case_id).order_by("pk")
    return tuple(
        EvidenceRow(
            id=row.pk,
            kind=row.kind,
            row_id=row.row_id,
            document=row.document,
            on_date=row.on_date,
            amount_minor=row.amount_minor,
            note=row.note,
            by_ref=row.by_ref,
            at=row.at,
        )
        for row in rows
    )


def case_decisions(*, case_id: int) -> tuple[CaseDecisionRow, ...]:
    """Outcomes that were proposed, the latest first."""
    rows = CaseDecision.objects.filter(case_id=case_id).order_by("-pk")
    return tuple(
        CaseDecisionRow(
            id=row.pk,
            outcome=row.outcome,
            reason=row.reason,
            refuse_refs=tuple(row.refuse_refs),
            amount_minor=row.amount_minor,
            maker_ref=row.maker_ref,
            made_at=row.made_at,
            state=row.state,
            checker_ref=row.checker_ref,
            checked_at=row.checked_at,
            answer=row.answer,
        )
        for row in rows
    )


def honest_list(*, programme_ref: str) -> tuple[HonestRow, ...]:
    """The register of what was found honest and still holds, the latest first."""
    rows = KnownHonest.objects.filter(programme_ref=programme_ref, ended_at=None)
    return tuple(
        HonestRow(
            subject=row.subject,
            kind=row.kind,
            case_id=row.case_id,
            amount_minor=row.amount_minor,
            quiet_to_minor=row.quiet_to_minor,
            reason=row.reason,
            maker_ref=row.maker_ref,
            checker_ref=row.checker_ref,
            since_at=row.since_at,
        )
        for row in rows.order_by("-pk")
    )
