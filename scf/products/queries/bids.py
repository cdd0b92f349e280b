"""Reads of bids and of who holds what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Sum

from ledger.errors import DomainError
from scf.network.calendar import calendar_months_add
from scf.network.values import Scope
from scf.products.models import (
    Holding,
    Series,
    Subscription,
)
from scf.products.queries.series import SeriesFacts
from scf.products.waterfall import Holder


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


def subscription_get(*, scope: Scope, subscription_id: int) -> SubscriptionFacts:
    """A bid in the scope; raises ``products.bid_unknown``."""
    rows = Subscription.objects.filter(pk=subscription_id, series__programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(investor_id__in=scope.party_ids)
    found = rows.first()
    if found is None:
        raise DomainError("products.bid_unknown", bid=subscription_id)
    return subscription_facts(found)


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
