"""What the risk desk has to do first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from risk.models import GateDecision, GateOverride, LimitChange, Report

SEVERITY_ORDER = {"high": 0, "warn": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing that waits for a person.

    `kind`: "referred" (no verdict, a person decides), "failed" (may be overridden or left),
    "override" and "limit" (a proposal waits for a second person), "finding" (high findings of
    a firm that may sell). `ref_id` is the decision's, override's, change's or report's id.
    """

    kind: str
    severity: str
    party_ref: str
    party_name: str
    ref_id: int
    verdict: str
    amount_minor: int | None
    facts: Mapping[str, Any]
    since: datetime
    until: date | None
    maker_ref: str


def desk_queue(*, programme_ref: str, on: date) -> tuple[QueueItem, ...]:
    """Everything that waits on a day, the most severe and then the oldest first.

    Of referred and failed firms only those that asked for money, or do trade, are named: a
    firm without a flow in sight is no case.
    """
    items = [
        *_gates(programme_ref, on),
        *_overrides(programme_ref),
        *_limit_changes(programme_ref),
        *_findings(programme_ref),
    ]
    return tuple(sorted(items, key=lambda i: (SEVERITY_ORDER[i.severity], i.since, i.party_ref)))


def _gates(programme_ref: str, on: date) -> list[QueueItem]:
    latest = (
        GateDecision.objects.filter(programme_ref=programme_ref, from_date__lte=on)
        .select_related("report")
        .defer("report__payload")
        .order_by("party_ref", "-pk")
        .distinct("party_ref")
    )
    waiting = set(
        GateOverride.objects.filter(programme_ref=programme_ref, state="pending").values_list(
            "party_ref", flat=True
        )
    )
    return [
        QueueItem(
            kind=row.outcome,
            severity="high" if row.outcome == "failed" else "warn",
            party_ref=row.party_ref,
            party_name=row.report.party_name,
            ref_id=row.pk,
            verdict=row.verdict,
            amount_minor=row.request_minor,
            facts={"reasons": row.reasons},
            since=row.decided_at,
            until=row.until_date,
            maker_ref="",
        )
        for row in latest
        if row.outcome in ("failed", "referred")
        and row.until_date >= on
        and not row.by_ref
        and row.party_ref not in waiting
        and (row.request_minor is not None or row.report.seen_sales_minor > 0)
    ]


def _overrides(programme_ref: str) -> list[QueueItem]:
    rows = GateOverride.objects.filter(programme_ref=programme_ref, state="pending")
    return [
        QueueItem(
            kind="override",
            severity="high",
            party_ref=row.party_ref,
            party_name=row.decision.report.party_name,
            ref_id=row.pk,
            verdict=row.verdict,
            amount_minor=row.decision.request_minor,
            facts={"grant": row.grant, "reason": row.reason},
            since=row.made_at,
            until=row.until_date,
            maker_ref=row.maker_ref,
        )
        for row in rows.select_related("decision__report").defer("decision__report__payload")
    ]


def _limit_changes(programme_ref: str) -> list[QueueItem]:
    rows = LimitChange.objects.filter(programme_ref=programme_ref, state="pending")
    return [
        QueueItem(
            kind="limit",
            severity="warn",
            party_ref=row.subject_ref,
            party_name="",
            ref_id=row.pk,
            verdict="",
            amount_minor=row.base_minor + row.floating_minor,
            facts={"scope": row.scope, "reason": row.reason},
            since=row.made_at,
            until=None,
            maker_ref=row.maker_ref,
        )
        for row in rows
    ]


def _findings(programme_ref: str) -> list[QueueItem]:
    rows = (
        Report.objects.filter(programme_ref=programme_ref)
        .defer("payload")
        .order_by("party_ref", "-as_of_date", "-pk")
        .distinct("party_ref")
    )
    return [
        QueueItem(
            kind="finding",
            severity="warn",
            party_ref=row.party_ref,
            party_name=row.party_name,
            ref_id=row.pk,
            verdict=row.verdict,
            amount_minor=None,
            facts={"findings": row.findings_high},
            since=row.made_at,
            until=None,
            maker_ref="",
        )
        for row in rows
        if row.findings_high and row.verdict not in ("DISTRESS", "ABSTAIN")
    ]
