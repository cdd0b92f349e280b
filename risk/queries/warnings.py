"""Warnings as the desk reads them: lists, one with its history, and what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger.errors import DomainError
from risk.models import Report, RiskRun, Warning, WarningEvent
from risk.models.warnings import LIVE_STATES
from risk.queries.desk_items import QueueItem
from risk.queries.reports import report_payload_get
from risk.warning.cycles import rings_told

# What sleeps waits for nobody.
WAITING_STATES = ("open", "acknowledged", "escalated")


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning as it stands. `value` and `threshold` are in `unit`: ppm, deviations (ppm of a
    standard deviation) or count; `subject` and `facts` depend on the signal."""

    id: int
    party_ref: str
    party_name: str
    signal: str
    subject: str
    severity: str
    unit: str
    value: int
    threshold: int
    facts: Mapping[str, Any]
    evidence: Sequence[Mapping[str, Any]]
    state: str
    raised_date: date
    seen_date: date
    until_date: date
    snoozed_until_date: date | None
    escalated_to_ref: str
    run_id: int | None
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class WarningStep:
    """One line of a warning's history; `by_ref` "" is the machine."""

    act: str
    by_ref: str
    note: str
    facts: Mapping[str, Any]
    on_date: date
    at: datetime


def warnings_list(
    *, programme_ref: str, party_ref: str | None = None, ended: bool = False
) -> tuple[WarningRow, ...]:
    """Live warnings (or with `ended` the others), the newest first; of one firm where named."""
    rows = Warning.objects.filter(programme_ref=programme_ref)
    rows = rows.exclude(state__in=LIVE_STATES) if ended else rows.filter(state__in=LIVE_STATES)
    if party_ref is not None:
        rows = rows.filter(party_ref=party_ref)
    return tuple(_row(row) for row in rows.order_by("-pk"))


def warning_get(*, programme_ref: str, warning_id: int) -> WarningRow:
    """Raises `risk.warning_unknown`."""
    row = Warning.objects.filter(programme_ref=programme_ref, pk=warning_id).first()
    if row is None:
        raise DomainError("risk.warning_unknown", warning=warning_id)
    return _row(row)


def warning_steps(*, warning_id: int) -> tuple[WarningStep, ...]:
    """What happened to a warning, the oldest first."""
    rows = WarningEvent.objects.filter(warning_id=warning_id).order_by("pk")
    return tuple(
        WarningStep(row.act, row.by_ref, row.note, row.facts, row.on_date, row.at) for row in rows
    )


def warnings_waiting(*, programme_ref: str, on: date) -> tuple[QueueItem, ...]:
    """Warnings in force on a day that are not asleep, as items of the desk's queue."""
    rows = Warning.objects.filter(
        programme_ref=programme_ref, state__in=WAITING_STATES, until_date__gte=on
    )
    return tuple(
        QueueItem(
            kind="warning",
            severity=row.severity,
            party_ref=row.party_ref,
            party_name=row.party_name,
            ref_id=row.pk,
            verdict="",
            amount_minor=None,
            facts={"signal": row.signal, "unit": row.unit, "value": row.value, "state": row.state},
            since=row.raised_at,
            until=row.until_date,
            maker_ref="",
        )
        for row in rows.order_by("pk")
    )


def rings_known(*, run_id: int, party_refs: frozenset[str]) -> frozenset[str]:
    """Rings that the run before this one had told of these firms; none before the first run."""
    run = RiskRun.objects.only("programme_ref").get(pk=run_id)
    before = RiskRun.objects.filter(
        programme_ref=run.programme_ref, state="done", pk__lt=run_id
    ).order_by("-pk")
    last = before.values_list("pk", flat=True).first()
    if last is None or not party_refs:
        return frozenset()
    reports = Report.objects.filter(run_id=last, party_ref__in=party_refs)
    found = [
        rings_told(report_payload_get(report_id=pk)["findings"])
        for pk in reports.order_by("pk").values_list("pk", flat=True)
    ]
    return frozenset().union(*found)


def _row(row: Warning) -> WarningRow:
    return WarningRow(
        id=row.pk,
        party_ref=row.party_ref,
        party_name=row.party_name,
        signal=row.signal,
        subject=row.subject,
        severity=row.severity,
        unit=row.unit,
        value=row.value,
        threshold=row.threshold,
        facts=row.facts,
        evidence=row.evidence,
        state=row.state,
        raised_date=row.raised_date,
        seen_date=row.seen_date,
        until_date=row.until_date,
        snoozed_until_date=row.snoozed_until_date,
        escalated_to_ref=row.escalated_to_ref,
        run_id=row.run_id,
        raised_at=row.raised_at,
    )
