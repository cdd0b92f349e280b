"""What waits for a decision of people at the gate and on limits: a source of the queue."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from risk.models import GateDecision, GateOverride, LimitChange
from risk.queries.desk_items import QueueItem


def decisions_waiting(*, programme_ref: str, on: date) -> list[QueueItem]:
    """Firms that a person has to judge, overrides and limits that wait for the second one.

    Of referred and failed firms only those that asked for money, or do trade, are named: a
    firm without a flow in sight is no case.
    """
    return [*_gates(programme_ref, on), *_overrides(programme_ref), *_limit_changes(programme_ref)]


def _gates(programme_ref: str, on: date) -> list[QueueItem]:
    latest = (
        GateDecision.objects.filter(programme_ref=programme_ref, from_date__lte=on)
        .order_by("party_ref", "-pk")
        .distinct("party_ref")
    )
    waiting = GateOverride.objects.filter(programme_ref=programme_ref, state="pending")
    # The latest one of each firm first, then what of these waits: the rail counts it on every page.
    open_ones = (
        GateDecision.objects.filter(pk__in=latest.values("pk"))
        .filter(outcome__in=("failed", "referred"), until_date__gte=on, by_ref="")
        .filter(Q(request_minor__isnull=False) | Q(report__seen_sales_minor__gt=0))
        .exclude(party_ref__in=waiting.values("party_ref"))
        .select_related("report")
        .defer("report__payload")
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
        for row in open_ones
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
