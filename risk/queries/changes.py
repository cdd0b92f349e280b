"""What a firm's verdict was before, for lists that answer who changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from risk.models import Report


@dataclass(frozen=True, slots=True)
class VerdictBefore:
    """The report before a firm's latest one."""

    report_id: int
    verdict: str
    as_of: date


def verdicts_before(*, programme_ref: str) -> dict[str, VerdictBefore]:
    """By party the report before the latest; a firm that was assessed once is left out."""
    place = Window(
        RowNumber(),
        partition_by=F("party_ref"),
        order_by=[F("as_of_date").desc(), F("pk").desc()],
    )
    rows = (
        Report.objects.filter(programme_ref=programme_ref)
        .annotate(place=place)
        .filter(place=2)
        .values_list("party_ref", "pk", "verdict", "as_of_date")
    )
    return {ref: VerdictBefore(number, verdict, on) for ref, number, verdict, on in rows}
