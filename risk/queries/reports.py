"""Runs and reports: lists, one report's content, and whether it can be made again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from ledger.errors import DomainError
from risk.analysis import chain_analyse
from risk.facts import RequestFact
from risk.models import Report, RiskRun
from risk.policy import policy_load
from risk.report import report_bytes
from risk.snapshot import snapshot_load


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is. States: queued, running, done, failed."""

    id: int
    state: str
    done: int
    total: int
    as_of: date
    snapshot_hash: str
    policy_version: str
    requested_at: datetime
    finished_at: datetime | None
    error_code: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as lists show it."""

    id: int
    run_id: int | None
    party_ref: str
    party_name: str
    party_role: str
    as_of: date
    verdict: str
    reconciled_ppm: int | None
    seen_sales_minor: int
    findings_high: int
    snapshot_hash: str
    policy_version: str
    code_version: str
    payload_hash: str
    made_at: datetime


def run_progress(*, run_id: int) -> RunProgress:
    """Raises `risk.run_unknown`."""
    run = _runs().filter(pk=run_id).first()
    if run is None:
        raise DomainError("risk.run_unknown", run=run_id)
    return _progress(run)


def run_latest(*, programme_ref: str) -> RunProgress | None:
    """The run asked for last, whatever its state."""
    run = _runs().filter(programme_ref=programme_ref).order_by("-pk").first()
    return None if run is None else _progress(run)


def reports_list(
    *,
    programme_ref: str,
    verdict: str | None = None,
    party_ref: str | None = None,
    run_id: int | None = None,
) -> tuple[ReportRow, ...]:
    """Every firm's latest report, or all of one run; worst verdicts are not sorted first."""
    rows = _reports(programme_ref)
    if party_ref is not None:
        rows = rows.filter(party_ref=party_ref)
    if run_id is not None:
        rows = rows.filter(run_id=run_id)
    rows = rows.order_by("party_ref", "-as_of_date", "-pk").distinct("party_ref")
    found = (ReportRow(*row) for row in rows)
    return tuple(row for row in found if verdict is None or row.verdict == verdict)


def report_latest(
    *, programme_ref: str, party_ref: str, on: date | None = None
) -> ReportRow | None:
    """A firm's latest report, or the latest as of a day."""
    rows = _reports(programme_ref).filter(party_ref=party_ref)
    if on is not None:
        rows = rows.filter(as_of_date__lte=on)
    found = rows.order_by("-as_of_date", "-pk").first()
    return None if found is None else ReportRow(*found)


def report_history(*, programme_ref: str, party_ref: str) -> tuple[ReportRow, ...]:
    """All reports of a firm, the latest first."""
    rows = _reports(programme_ref).filter(party_ref=party_ref)
    return tuple(ReportRow(*row) for row in rows.order_by("-as_of_date", "-pk"))


def report_get(*, report_id: int, programme_ref: str) -> ReportRow:
    """Raises `risk.report_unknown`, also for a report of another programme."""
    found = _reports(programme_ref).filter(pk=report_id).first()
    if found is None:
        raise DomainError("risk.report_unknown", report=report_id)
    return ReportRow(*found)


def report_payload_get(*, report_id: int) -> dict[str, Any]:
    """A report's content (see `risk.report`). Raises `risk.report_unknown`."""
    payload: dict[str, Any] = json.loads(report_data_get(report_id=report_id))
    return payload


def report_data_get(*, report_id: int) -> bytes:
    """A report's bytes as they were made. Raises `risk.report_unknown`."""
    found = Report.objects.filter(pk=report_id).values_list("payload", flat=True).first()
    if found is None:
        raise DomainError("risk.report_unknown", report=report_id)
    return bytes(found)


def run_replay(*, run_id: int) -> tuple[str, ...]:
    """Make a run's reports again from its stored snapshot and policy; the parties whose bytes
    differ now. Empty means equal to the last byte. Raises `risk.run_unknown`."""
    run = RiskRun.objects.select_related("snapshot", "policy").filter(pk=run_id).first()
    if run is None:
        raise DomainError("risk.run_unknown", run=run_id)
    snapshot = snapshot_load(bytes(run.snapshot.data))
    analysis = chain_analyse(snapshot, policy=policy_load(run.policy.data))
    rows = Report.objects.filter(run_id=run_id).order_by("pk")
    return tuple(
        row.party_ref
        for row in rows.iterator(chunk_size=200)
        if report_bytes(analysis, party_ref=row.party_ref) != bytes(row.payload)
    )


def report_replay(*, report_id: int) -> bool:
    """Whether one report comes out with the same bytes again. Raises `risk.report_unknown`."""
    row = Report.objects.select_related("snapshot", "policy").filter(pk=report_id).first()
    if row is None:
        raise DomainError("risk.report_unknown", report=report_id)
    asked: Mapping[str, Any] | None = json.loads(bytes(row.payload))["request"]
    analysis = chain_analyse(
        snapshot_load(bytes(row.snapshot.data)), policy=policy_load(row.policy.data)
    )
    request = None if asked is None else RequestFact(**asked)
    return report_bytes(analysis, party_ref=row.party_ref, request=request) == bytes(row.payload)


def _runs() -> QuerySet[RiskRun]:
    rows = RiskRun.objects.select_related("snapshot", "policy")
    return rows.defer("snapshot__data", "policy__data")


def _reports(programme_ref: str) -> QuerySet[Report, Any]:
    """Reports as the fields of ``ReportRow``, in its order. Values, not rows with their snapshot
    and policy: a desk lists a thousand firms."""
    rows: QuerySet[Report, Any] = Report.objects.filter(programme_ref=programme_ref).values_list(
        "pk", "run_id", "party_ref", "party_name", "party_role", "as_of_date", "verdict",
        "reconciled_ppm", "seen_sales_minor", "findings_high", "snapshot__digest",
        "policy__version", "code_version", "payload_hash", "made_at",
    )  # fmt: skip
    return rows


def _progress(run: RiskRun) -> RunProgress:
    return RunProgress(
        id=run.pk,
        state=run.state,
        done=run.parties_done,
        total=run.parties_total,
        as_of=run.snapshot.as_of_date,
        snapshot_hash=run.snapshot.digest,
        policy_version=run.policy.version,
        requested_at=run.requested_at,
        finished_at=run.finished_at,
        error_code=run.error_code,
    )
