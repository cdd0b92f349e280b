"""What is to be paid: by day, entity and payee; thirteen weeks as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from scf.network.queries import bank_account_get, parties_get
from scf.portals.charts import Bars, Chart, Colour, bars_chart
from scf.portals.shell.session import PortalRequest
from scf.trade.queries_evidence import dues_by_date, receivables_unpaid

WEEKS = 13
WEEK = 7
COLOURS: tuple[Colour, ...] = ("water", "mid", "blue", "light", "grey", "amber")


@dataclass(frozen=True, slots=True)
class Outflow:
    """What one entity pays on one date to one kind of payee. Amounts in minor units."""

    due_date: date
    obligor_id: int
    obligor: str
    count: int
    amount_minor: int
    payee: str  # axis "payee"
    account: str
    state: str  # axis "plan"


def plan_state(due_date: date, *, on: date) -> str:
    """Overdue, due today, due within the week, or later."""
    if due_date < on:
        return "overdue"
    if due_date == on:
        return "due"
    return "soon" if (due_date - on).days < WEEK else "scheduled"


def escrow_masked(request: PortalRequest) -> str:
    """The one account whose payment discharges an assigned claim, masked."""
    return bank_account_get(account_id=request.programme.escrow_account_id).masked_number


def outflows_list(
    request: PortalRequest, assigned: Mapping[int, Mapping[str, Any]]
) -> list[Outflow]:
    """Everything unpaid up to thirteen weeks ahead, assigned claims apart from the rest."""
    on = request.business_date
    until = on + timedelta(weeks=WEEKS)
    sums = dues_by_date(scope=request.scope, until=until)
    changed: dict[tuple[date, int], tuple[int, int]] = {}
    for row in receivables_unpaid(scope=request.scope).filter(
        id__in=list(assigned), due_date__lte=until
    ):
        number, amount = changed.get((row["due_date"], row["obligor_id"]), (0, 0))
        changed[row["due_date"], row["obligor_id"]] = (number + 1, amount + row["open_minor"])
    names = {
        party.id: party.short_name
        for party in parties_get(party_ids={one.obligor_id for one in sums}).values()
    }
    escrow = escrow_masked(request)
    found = []
    for one in sums:
        number, amount = changed.get((one.due_date, one.obligor_id), (0, 0))
        state = plan_state(one.due_date, on=on)
        name = names.get(one.obligor_id, "")
        if number:
            found.append(
                Outflow(
                    one.due_date, one.obligor_id, name, number, amount, "changed", escrow, state
                )
            )
        if one.count > number:
            rest = one.amount_minor - amount
            found.append(
                Outflow(
                    one.due_date, one.obligor_id, name, one.count - number, rest, "same", "", state
                )
            )
    return found


def outflow_chart(flows: Sequence[Outflow], *, on: date) -> Chart:
    """Bars by week, one colour an entity."""
    starts = [on + timedelta(weeks=number) for number in range(WEEKS)]
    by_entity: dict[str, list[int]] = {}
    for flow in flows:
        week = (flow.due_date - on).days // WEEK
        if 0 <= week < WEEKS:
            by_entity.setdefault(flow.obligor, [0] * WEEKS)[week] += flow.amount_minor
    return bars_chart(
        id="c-outflow",
        label=_("未来 13 周付款"),
        periods=[f"{start.month}/{start.day}" for start in starts],
        series=[
            Bars(name, values, COLOURS[index % len(COLOURS)], stack="entity")
            for index, (name, values) in enumerate(sorted(by_entity.items()))
        ],
        first=_("周"),
    )


def week_name(day: date, *, on: date) -> str:
    """The week that a date falls into, as the first day of it; overdue ones apart."""
    weeks = (day - on).days // WEEK
    if weeks < 0:
        return _("已逾期")
    start = on + timedelta(weeks=weeks)
    return f"{start.isoformat()} +"
