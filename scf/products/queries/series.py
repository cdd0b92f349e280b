"""Reads of term sheets, series, their history and distributions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from ledger.errors import DomainError
from scf.financing.terms import Terms, terms_from_data
from scf.network.values import Role, Scope
from scf.products.lifecycle import OFFERING_LIVE
from scf.products.models import (
    Distribution,
    Series,
    SeriesStep,
    TermSheet,
    TermTemplate,
)
from scf.products.waterfall import Position


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """One series. Amounts in minor units; ``position`` is what investors are owed."""

    id: int
    programme_id: int
    number: str
    claim_id: int
    supplier_id: int
    obligor_id: int
    terms: Terms
    state: str
    is_frozen: bool
    face_minor: int
    units: int
    unit_price_minor: int
    principal_minor: int
    proceeds_minor: int
    fee_minor: int
    rate_ppm: int
    listed_date: date | None
    deadline_date: date | None
    issue_date: date | None
    due_date: date
    payment_date: date
    position: Position | None
    distributions: int
    term_sheet_hash: str
    reason: str


def series_facts(series: Series) -> SeriesFacts:
    """The row as a value."""
    position = None
    if series.period_start_date is not None:
        position = Position(
            principal_minor=series.period_principal_minor,
            period_start_date=series.period_start_date,
            interest_paid_minor=series.period_interest_paid_minor,
            foregone_minor=series.foregone_minor,
            due_date=series.due_date,
        )
    return SeriesFacts(
        id=series.pk,
        programme_id=series.programme_id,
        number=series.number,
        claim_id=series.claim_id,
        supplier_id=series.supplier_id,
        obligor_id=series.obligor_id,
        terms=terms_from_data(series.terms),
        state=series.state,
        is_frozen=series.is_frozen,
        face_minor=series.face_minor,
        units=series.units,
        unit_price_minor=series.unit_price_minor,
        principal_minor=series.principal_minor,
        proceeds_minor=series.proceeds_minor,
        fee_minor=series.fee_minor,
        rate_ppm=series.rate_ppm,
        listed_date=series.listed_date,
        deadline_date=series.deadline_date,
        issue_date=series.issue_date,
        due_date=series.due_date,
        payment_date=series.payment_date,
        position=position,
        distributions=series.distribution_count,
        term_sheet_hash=series.term_sheet.content_hash if series.term_sheet else "",
        reason=series.reason,
    )


def template_current(*, programme_id: int, kind: str) -> Terms:
    """The newest version of a product's terms; raises ``products.template_missing``."""
    rows = TermTemplate.objects.filter(programme_id=programme_id, kind=kind)
    data = rows.order_by("-version").values_list("terms", flat=True).first()
    if data is None:
        raise DomainError("products.template_missing", kind=kind)
    return terms_from_data(data)


def series_visible(scope: Scope) -> Q:
    """Investors see what is or was on offer; suppliers and obligors see their own."""
    found = Q(programme_id=scope.programme_id)
    if scope.party_ids is None:
        return found
    if scope.role is Role.INVESTOR:
        offered = ~Q(state__in=["draft", "cancelled"])
        own = Q(subscriptions__investor_id__in=scope.party_ids)
        return found & (offered | own)
    if scope.role is Role.SUPPLIER:
        return found & Q(supplier_id__in=scope.party_ids)
    if scope.role is Role.ANCHOR:
        return found & Q(obligor_id__in=scope.party_ids)
    return Q(pk__in=())


def series_get(*, series_id: int, scope: Scope | None = None) -> SeriesFacts:
    """Raises ``products.series_unknown``, also outside the scope."""
    rows = Series.objects.select_related("term_sheet").filter(pk=series_id)
    if scope is not None:
        rows = rows.filter(series_visible(scope)).distinct()
    found = rows.first()
    if found is None:
        raise DomainError("products.series_unknown", series=series_id)
    return series_facts(found)


def series_of_claim(*, claim_id: int) -> SeriesFacts | None:
    """The claim's live series, when it has one."""
    rows = Series.objects.select_related("term_sheet").filter(claim_id=claim_id)
    found = rows.exclude(state="cancelled").first()
    return None if found is None else series_facts(found)


def series_list(*, programme_id: int, states: Iterable[str]) -> list[SeriesFacts]:
    """Series in some states, oldest first (day-end, desks)."""
    rows = Series.objects.select_related("term_sheet").filter(
        programme_id=programme_id, state__in=list(states)
    )
    return [series_facts(series) for series in rows.order_by("pk")]


def series_table(*, scope: Scope) -> QuerySet[Any, Any]:
    """Series with names and the units bid for, for a page's table."""
    held = Sum(
        "subscriptions__units", filter=Q(subscriptions__state__in=["held", "allotted"]), default=0
    )
    ids = Series.objects.filter(series_visible(scope)).values("pk")
    return (
        Series.objects.filter(pk__in=ids)
        .annotate(
            supplier_name=F("supplier__short_name"),
            obligor_name=F("obligor__short_name"),
            claim_number=F("claim__number"),
            payment_state=F("claim__payment_state"),
            bid_units=held,
            bidders=Count("subscriptions__investor", distinct=True),
        )
        .values(
            "id", "number", "claim_id", "claim_number", "supplier_name", "obligor_name", "state",
            "payment_state", "is_frozen", "face_minor", "units", "unit_price_minor",
            "principal_minor", "proceeds_minor", "rate_ppm", "listed_date", "deadline_date",
            "issue_date", "due_date", "payment_date", "bid_units", "bidders",
            "period_principal_minor",
        )
        .order_by("-id")
    )  # fmt: skip


def series_frozen_ids(*, programme_id: int) -> frozenset[int]:
    """Series whose payouts and distributions are held back."""
    rows = Series.objects.filter(programme_id=programme_id, is_frozen=True)
    return frozenset(rows.values_list("pk", flat=True))


def distributions_of(*, series_id: int) -> list[dict[str, Any]]:
    """What came and where it went, oldest first."""
    rows = Distribution.objects.filter(series_id=series_id).order_by("sequence")
    return [{**row} for row in rows.values(
            "id", "sequence", "kind", "business_date", "value_date", "cash_minor",
            "interest_minor", "principal_minor", "benefit_minor", "residual_minor",
            "principal_left_minor", "owed_minor", "journal_id", "at",
        )]  # fmt: skip


def series_steps(*, series_id: int) -> list[dict[str, Any]]:
    """A series' history, oldest first."""
    rows = SeriesStep.objects.filter(series_id=series_id).order_by("at", "pk")
    return [{**row} for row in rows.values("code", "at", "business_date", "by", "facts")]


def term_sheet_of(*, series_id: int) -> dict[str, Any] | None:
    """The frozen term sheet: number, content, hash, instant."""
    rows = TermSheet.objects.filter(series__pk=series_id)
    found = rows.values("number", "content", "content_hash", "frozen_at").first()
    return None if found is None else {**found}


def series_live(*, programme_id: int) -> list[SeriesFacts]:
    """Series with units outstanding."""
    return series_list(programme_id=programme_id, states=OFFERING_LIVE)


def series_by_ids(*, series_ids: Iterable[int]) -> dict[int, SeriesFacts]:
    """Series by id, in one query."""
    rows = Series.objects.select_related("term_sheet").filter(pk__in=set(series_ids))
    return {series.pk: series_facts(series) for series in rows}
