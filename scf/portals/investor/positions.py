"""What an investor holds, what it has earned, and what comes back when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.queries import balances_list
from scf.network.values import Scope, party_ref, programme_ref
from scf.products.queries import SeriesFacts, holders_map, holdings_table, series_by_ids
from scf.products.waterfall import Holder, HolderPart, interest_due_minor, split_holders

LATE = frozenset({"grace", "overdue", "defaulted"})


@dataclass(frozen=True, slots=True)
class Cash:
    """An investor's money on the platform, in fen."""

    free_minor: int
    held_minor: int


@dataclass(frozen=True, slots=True)
class Place:
    """One holding. ``accrued`` and ``received`` are two figures and are never added."""

    holding_id: int
    series: SeriesFacts
    payment_state: str
    obligor_name: str
    units: int
    cost_minor: int
    accrued_minor: int
    received_minor: int
    interest_received_minor: int
    expected_minor: int
    next_date: date

    @property
    def is_open(self) -> bool:
        return self.series.state in ("issued", "impaired")

    @property
    def is_late(self) -> bool:
        return self.is_open and self.payment_state in LATE


def cash_of(*, scope: Scope, party_id: int) -> Cash:
    """Free money, and money behind bids: both stand in ``available``, the bids as pending."""
    rows = balances_list(
        book=programme_ref(scope.programme_id), code="available", owner=party_ref(party_id)
    )
    return Cash(
        free_minor=sum(balance.free for _ref, balance in rows),
        held_minor=sum(balance.net - balance.free for _ref, balance in rows),
    )


def places_of(*, scope: Scope, on: date) -> list[Place]:
    """Every holding in the scope, the next payment first; a handful of queries."""
    rows = list(holdings_table(scope=scope))
    ids = [row["series_id"] for row in rows]
    series_map, holders = series_by_ids(series_ids=ids), holders_map(series_ids=ids)
    places = []
    for row in rows:
        series = series_map[row["series_id"]]
        everyone = holders[series.id]
        accrued = share_of(series=series, holders=everyone, holding_id=row["id"], on=on)
        due = share_of(series=series, holders=everyone, holding_id=row["id"], on=series.due_date)
        places.append(
            Place(
                holding_id=row["id"],
                series=series,
                payment_state=row["payment_state"],
                obligor_name=row["obligor_name"],
                units=row["units"],
                cost_minor=row["units"] * row["unit_price_minor"],
                accrued_minor=accrued.interest_minor,
                received_minor=row["cash_paid_minor"],
                interest_received_minor=row["interest_paid_minor"],
                expected_minor=due.cash_minor,
                next_date=series.payment_date,
            )
        )
    return places


def share_of(
    *, series: SeriesFacts, holders: Sequence[Holder], holding_id: int, on: date
) -> HolderPart:
    """What a holding would be paid if everything owed came with value date ``on``."""
    if series.position is None or series.position.principal_minor == 0:
        return HolderPart(holding_id, 0, 0)
    interest = max(0, interest_due_minor(position=series.position, on=on, terms=series.terms))
    parts = split_holders(
        holders=holders,
        investors_minor=series.position.principal_minor + interest,
        interest_minor_=interest,
    )
    return next(part for part in parts if part.id == holding_id)


def weeks_ahead(
    places: Sequence[Place], *, on: date, weeks: int
) -> tuple[list[date], list[int], list[int]]:
    """Week starts, and per week the principal and the interest that are to come."""
    starts = [on + timedelta(weeks=index) for index in range(weeks)]
    principal, interest = [0] * weeks, [0] * weeks
    for place in places:
        if not place.is_open:
            continue
        index = max(0, (place.next_date - on).days // 7)
        if index < weeks:
            left = place.cost_minor - (place.received_minor - place.interest_received_minor)
            principal[index] += left
            interest[index] += max(0, place.expected_minor - left)
    return starts, principal, interest
