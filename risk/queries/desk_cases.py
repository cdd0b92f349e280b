"""Cases that are not closed: a source of the queue, in one query."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from risk.models import Case, CaseDecision, CaseParty
from risk.queries.cases import case_number
from risk.queries.desk_items import QueueItem

LIVE = ("open", "investigating")


def cases_waiting(*, programme_ref: str, on: date) -> list[QueueItem]:
    """One item a live case, under the name of its first firm."""
    first = CaseParty.objects.filter(case=OuterRef("pk")).order_by("pk")
    waiting = CaseDecision.objects.filter(case=OuterRef("pk"), state="pending")
    rows = (
        Case.objects.filter(programme_ref=programme_ref, state__in=LIVE)
        .annotate(
            firm=Subquery(first.values("party_ref")[:1]),
            name=Subquery(first.values("name")[:1]),
            firms=Count("parties"),
            maker=Coalesce(Subquery(waiting.values("maker_ref")[:1]), Value("")),
        )
        .order_by("pk")
    )
    return [
        QueueItem(
            kind="case",
            severity=row.severity,
            party_ref=row.firm,
            party_name=row.name,
            ref_id=row.pk,
            verdict="",
            amount_minor=row.amount_minor,
            facts={
                "kind": row.kind,
                "number": case_number(row.pk),
                "codes": sorted(row.facts),
                "firms": row.firms,
                "waits": bool(row.maker),
            },
            since=row.opened_at,
            until=None,
            maker_ref=row.maker,
        )
        for row in rows
    ]
