"""首页: what do I hold, what comes back when, is any late?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scf.network.values import Role
from scf.portals.charts import Bars, Chart, bars_chart
from scf.portals.components import Figure, Need, Step, figure_money
from scf.portals.dates import day, days_away
from scf.portals.figures import money
from scf.portals.investor.positions import Cash, Place, cash_of, places_of, weeks_ahead
from scf.portals.investor.tables import holdings_table_of, series_href
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.products.queries import series_table

WEEKS = 26
MOST_STEPS = 6
MOST_NEEDS = 4


@portal_view(role=Role.INVESTOR)
def home(request: PortalRequest) -> HttpResponse:
    """Value, cash, bids; what is late first; cash flow of 26 weeks; what can be bought."""
    on = request.business_date
    places = places_of(scope=request.scope, on=on)
    cash = cash_of(scope=request.scope, party_id=request.actor.party_id or 0)
    offers = [row for row in series_table(scope=request.scope) if row["state"] == "listed"]
    held = [place for place in places if place.is_open]
    return page(
        request,
        "investor/home.html",
        {
            "late": [place for place in held if place.is_late],
            "held": len(held),
            "owed_minor": sum(place.expected_minor for place in held),
            "figures": _figures(held, cash),
            "needs": _needs(offers, cash),
            "flow": flow_chart(held, on=on),
            "steps": _coming(held, offers, on=on),
            "holdings": holdings_table_of(places, request),
            "offers": len(offers),
        },
    )


def _figures(held: Sequence[Place], cash: Cash) -> list[Figure]:
    obligors = len({place.obligor_name for place in held})
    note = ngettext("%(n)s 期 · %(o)s 个付款人", "%(n)s 期 · %(o)s 个付款人", len(held)) % {
        "n": len(held),
        "o": obligors,
    }
    return [
        figure_money(_("持仓成本"), sum(place.cost_minor for place in held), note=note),
        figure_money(
            _("应计收益"),
            sum(place.accrued_minor for place in held),
            note=_("未收到；只算到今天"),
        ),
        figure_money(_("可用资金"), cash.free_minor, note=_("可认购或提现")),
        figure_money(_("冻结中"), cash.held_minor, note=_("待交割的认购和提现")),
    ]


def _needs(offers: Sequence[Mapping[str, Any]], cash: Cash) -> list[Need]:
    if cash.free_minor <= 0:
        return []
    return [
        Need(
            _("%(number)s 还剩 %(units)s 份")
            % {"number": row["number"], "units": row["units"] - row["bid_units"]},
            _("截止 %(day)s") % {"day": day(row["deadline_date"])},
            series_href(row["id"]),
            _("看产品"),
            "clock-hour-4",
        )
        for row in offers[:MOST_NEEDS]
    ]


def flow_chart(held: Sequence[Place], *, on: Any) -> Chart:
    """Principal and interest by week, stacked, with the running total."""
    starts, principal, interest = weeks_ahead(held, on=on, weeks=WEEKS)
    running, total = [], 0
    for back, earned in zip(principal, interest, strict=True):
        total += back + earned
        running.append(total)
    return bars_chart(
        id="flow",
        label=_("未来 26 周到账"),
        periods=[f"{start.month}/{start.day}" for start in starts],
        series=[
            Bars(_("本金"), principal, "water", stack="in"),
            Bars(_("收益"), interest, "amber", stack="in"),
        ],
        running=(_("累计"), running),
        first=_("周"),
    )


def _coming(held: Sequence[Place], offers: Sequence[Mapping[str, Any]], *, on: Any) -> list[Step]:
    steps = [
        (
            place.next_date,
            Step(
                _("%(obligor)s付款") % {"obligor": place.obligor_name},
                "late" if place.next_date < on else "future",
                place.next_date,
                f"{place.series.number} · {money(place.expected_minor)} · "
                f"{days_away(place.next_date, on=on)}",
                series_href(place.series.id),
            ),
        )
        for place in held
    ]
    steps += [
        (
            row["deadline_date"],
            Step(
                _("认购截止"), "future", row["deadline_date"], row["number"], series_href(row["id"])
            ),
        )
        for row in offers
    ]
    today = Step(_("今日"), "now", day(on), _("营业日"))
    ahead = sorted(steps, key=lambda pair: pair[0] + timedelta(0))[:MOST_STEPS]
    return [today, *(step for _when, step in ahead)]


def products_url() -> str:
    """Where the offers are."""
    return reverse("investor:products")
