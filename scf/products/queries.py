"""Reads of term templates, series, bids, holdings and distributions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from ledger.errors import DomainError
from scf.financing.terms import Terms, terms_from_data
from scf.network.calendar import calendar_months_add
from scf.network.values import Role, Scope
from scf.products.lifecycle import OFFERING_LIVE
from scf.products.models import (
    Distribution,
    DistributionLine,
    Holding,
    Series,
    SeriesStep,
    Subscription,
    TermSheet,
    TermTemplate,
)
from scf.products.waterfall import Holder, Position


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


@dataclass(frozen=True, slots=True)
class SubscriptionFacts:
    """One bid."""

    id: int
    series_id: int
    investor_id: int
    key: str
    units: int
    amount_minor: int
    allotted_units: int
    state: str
    pending_id: int


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


def subscription_facts(row: Subscription) -> SubscriptionFacts:
    """The row as a value."""
    return SubscriptionFacts(
        id=row.pk,
        series_id=row.series_id,
        investor_id=row.investor_id,
        key=row.key,
        units=row.units,
        amount_minor=row.amount_minor,
        allotted_units=row.allotted_units,
        state=row.state,
        pending_id=row.pending_id,
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


def bid_units(*, series_id: int) -> int:
    """Units behind held bids."""
    total: int = Subscription.objects.filter(series_id=series_id, state="held").aggregate(
        total=Sum("units", default=0)
    )["total"]
    return total


def subscriptions_of(*, series_id: int, state: str | None = None) -> list[SubscriptionFacts]:
    """A series' bids in the order of their ids."""
    rows = Subscription.objects.filter(series_id=series_id)
    if state is not None:
        rows = rows.filter(state=state)
    return [subscription_facts(row) for row in rows.order_by("pk")]


def subscription_by_key(*, investor_id: int, key: str) -> SubscriptionFacts | None:
    """The bid placed under an idempotency key."""
    found = Subscription.objects.filter(investor_id=investor_id, key=key).first()
    return None if found is None else subscription_facts(found)


def subscriptions_table(*, scope: Scope) -> QuerySet[Any, Any]:
    """Bids in the scope with their series, newest first."""
    rows = Subscription.objects.filter(series__programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(investor_id__in=scope.party_ids)
    return (
        rows.annotate(
            number=F("series__number"),
            series_state=F("series__state"),
            investor_name=F("investor__short_name"),
        )
        .values(
            "id", "series_id", "number", "series_state", "investor_name", "units",
            "amount_minor", "allotted_units", "state", "placed_at", "placed_by",
        )
        .order_by("-id")
    )  # fmt: skip


def like_series_holders(*, series: SeriesFacts, on: date, months: int) -> frozenset[int]:
    """Investors with pending bids or units in this series and in like ones.

    Like: same obligor, supplier and rate, listed within ``months`` before ``on``.
    """
    since = calendar_months_add(day=on, months=-months)
    alike = Series.objects.filter(
        programme_id=series.programme_id,
        obligor_id=series.obligor_id,
        supplier_id=series.supplier_id,
        rate_ppm=series.rate_ppm,
        listed_date__gte=since,
    ).exclude(state="cancelled")
    rows = Subscription.objects.filter(series__in=alike, state__in=["held", "allotted"])
    bidders = rows.exclude(state="allotted", allotted_units=0)
    return frozenset(bidders.values_list("investor_id", flat=True))


def holders_of(*, series_id: int) -> list[tuple[int, Holder]]:
    """(investor id, holder) in the order of holding ids."""
    rows = Holding.objects.filter(series_id=series_id).order_by("pk")
    return [
        (
            row.investor_id,
            Holder(
                id=row.pk,
                units=row.units,
                cash_paid_minor=row.cash_paid_minor,
                interest_paid_minor=row.interest_paid_minor,
            ),
        )
        for row in rows
    ]


def holdings_table(*, scope: Scope) -> QuerySet[Any, Any]:
    """Holdings in the scope with their series."""
    rows = Holding.objects.filter(series__programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(investor_id__in=scope.party_ids)
    return (
        rows.annotate(
            number=F("series__number"),
            state=F("series__state"),
            payment_state=F("series__claim__payment_state"),
            rate_ppm=F("series__rate_ppm"),
            obligor_name=F("series__obligor__short_name"),
            unit_price_minor=F("series__unit_price_minor"),
            issue_date=F("series__issue_date"),
            due_date=F("series__due_date"),
            payment_date=F("series__payment_date"),
            series_units=F("series__units"),
            principal_left_minor=F("series__period_principal_minor"),
            investor_name=F("investor__short_name"),
        )
        .values(
            "id", "series_id", "number", "state", "payment_state", "rate_ppm", "obligor_name",
            "unit_price_minor", "issue_date", "due_date", "payment_date", "units",
            "series_units", "cash_paid_minor", "interest_paid_minor", "principal_left_minor",
            "investor_id", "investor_name",
        )
        .order_by("payment_date", "id")
    )  # fmt: skip


def distributions_of(*, series_id: int) -> list[dict[str, Any]]:
    """What came and where it went, oldest first."""
    rows = Distribution.objects.filter(series_id=series_id).order_by("sequence")
    return [{**row} for row in rows.values(
            "id", "sequence", "kind", "business_date", "value_date", "cash_minor",
            "interest_minor", "principal_minor", "benefit_minor", "residual_minor",
            "principal_left_minor", "owed_minor", "journal_id", "at",
        )]  # fmt: skip


def distribution_lines(*, scope: Scope) -> QuerySet[Any, Any]:
    """What holders in the scope were paid, newest first."""
    rows = DistributionLine.objects.filter(holding__series__programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(holding__investor_id__in=scope.party_ids)
    return (
        rows.annotate(
            number=F("holding__series__number"),
            series_id=F("holding__series_id"),
            business_date=F("distribution__business_date"),
            journal_id=F("distribution__journal_id"),
            investor_id=F("holding__investor_id"),
            kind=F("distribution__kind"),
        )
        .values(
            "id", "series_id", "number", "business_date", "kind", "cash_minor",
            "interest_minor", "journal_id", "investor_id",
        )
        .order_by("-id")
    )  # fmt: skip


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


def holders_map(*, series_ids: Iterable[int]) -> dict[int, list[Holder]]:
    """Series id -> its holders in the order of holding ids, in one query."""
    found: dict[int, list[Holder]] = {}
    for row in Holding.objects.filter(series_id__in=set(series_ids)).order_by("pk"):
        found.setdefault(row.series_id, []).append(
            Holder(
                id=row.pk,
                units=row.units,
                cash_paid_minor=row.cash_paid_minor,
                interest_paid_minor=row.interest_paid_minor,
            )
        )
    return found
