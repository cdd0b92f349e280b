"""The pictures of a report: neighbourhood, place among peers, four flows, breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scf.network.values import ref_id
from scf.portals.charts import (
    Bullet,
    Chart,
    Line,
    Neighbour,
    NodeRole,
    Strip,
    ego_chart,
    lines_chart,
    strip_make,
)
from scf.portals.components import Text
from scf.portals.figures import money, money_compact, quantity
from scf.portals.risk_desk.words import BREAKS, MEASURES, SIDES, measure_text

Payload = Mapping[str, Any]
ANCHOR_ROLES = ("anchor", "obligor")
MARKS = ("p10", "p25", "p50", "p75", "p90")


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with and without the anchor, and its place among peers."""

    label: Text
    with_anchor: str
    without_anchor: str
    strip: Strip | None
    percentile: int | None


@dataclass(frozen=True, slots=True)
class BreakLine:
    """An invoice line that does not agree; ``bad`` names the cell that stands alone."""

    reason: Text
    document: str
    date: str
    counterparty: str
    ordered: str
    received: str
    invoiced: str
    paid: str
    amount: str
    broken: str
    bad: str


def graph_chart(payload: Payload, *, layer: str, anchor: bool) -> Chart:
    """Suppliers left, buyers right, the largest first, the rest as one node a side."""
    nodes = payload["graph"][layer]["nodes"]
    kept = [one for one in nodes if anchor or one["role"] not in ANCHOR_ROLES]
    taken = {payload["party"]["name"]}
    sides: dict[str, list[Neighbour]] = {"supplier": [], "buyer": []}
    for one in kept:
        name = _node_name(one, taken)
        taken.add(name)
        sides[one["side"]].append(
            Neighbour(
                name,
                one["total_minor"],
                _role(one),
                bad=one["disputed"],
                href=reverse("risk:firm", args=[ref_id(one["ref"])]) if one["ref"] else "",
            )
        )
    return ego_chart(
        id="ego",
        label=_("供方、本企业与买方之间 12 个月的往来"),
        name=payload["party"]["name"],
        suppliers=sides["supplier"],
        buyers=sides["buyer"],
        height="m" if max(map(len, sides.values())) < 6 else "l",
    )


def _node_name(node: Mapping[str, Any], taken: set[str]) -> str:
    """The firm's name; "+N" for the others; a firm on both sides is marked once."""
    if node["ref"] is None:
        others = {"n": node["count"]}
        if node["side"] == "supplier":
            return ngettext("+%(n)s 家供方", "+%(n)s 家供方", node["count"]) % others
        return ngettext("+%(n)s 家买方", "+%(n)s 家买方", node["count"]) % others
    name: str = node["name"]
    return _("%(name)s（买方）") % {"name": name} if name in taken else name


def _role(node: Mapping[str, Any]) -> NodeRole:
    if node["ref"] is None:
        return "more"
    if node["role"] in ANCHOR_ROLES:
        return "anchor"
    return "supplier" if node["side"] == "supplier" else "buyer"


def measure_lines(payload: Payload) -> list[MeasureLine]:
    """The firm's own place, measured with and without the anchor."""
    return [_measure(one) for one in payload["position"]["measures"]]


def _measure(one: Mapping[str, Any]) -> MeasureLine:
    strip = None
    label = MEASURES.get(one["code"], one["code"])
    if one["peers"] is not None and one["with"] is not None:
        peers = one["peers"]
        p10, p25, p50, p75, p90 = (peers[mark] for mark in MARKS)
        place = "—" if one["percentile"] is None else f"P{one['percentile']}"
        strip = strip_make(
            values=(p10, p25, p50, p75, p90),
            value=one["with"],
            label=f"{label} {place}",
            out=not p10 <= one["with"] <= p90,
        )
    return MeasureLine(
        label,
        measure_text(one["code"], one["unit"], one["with"]),
        measure_text(one["code"], one["unit"], one["without"]),
        strip,
        one["percentile"],
    )


def flows_chart(payload: Payload) -> Chart | None:
    """Orders, despatches or receipts, invoices and payments by month; None without any."""
    months = _whole_months(payload)
    if not months:
        return None
    goods = "despatch_minor" if any(one["despatch_minor"] for one in months) else "receipt_minor"

    def values(key: str) -> list[int]:
        return [one[key] for one in months]

    slow = any(one["code"] == "dso_jump" and one["met"] for one in payload["verdict"]["reasons"])
    last = len(months) - 1
    return lines_chart(
        id="flows",
        label=_("订单、发货、发票和回款走势"),
        periods=[one["month"][2:] for one in months],
        lines=[
            Line(_("订单"), values("order_minor"), "ink"),
            Line(_("发货") if goods == "despatch_minor" else _("收货"), values(goods), "water"),
            Line(_("发票"), values("invoice_minor"), "amber"),
            Line(_("回款"), values("payment_minor"), "blue", dashed=True),
        ],
        gap=(max(0, last - 2), last, _("回款落后于发票")) if slow and last > 2 else None,
    )


def _whole_months(payload: Payload) -> list[Mapping[str, Any]]:
    """Without the month that is not over: its lines would fall where nothing fell."""
    months: list[Mapping[str, Any]] = list(payload["months"])
    if len(months) > 1 and months[-1]["month"] == payload["as_of"][:7]:
        months.pop()
    return months


def break_lines(payload: Payload) -> list[BreakLine]:
    """The largest breaks of the year."""
    return [
        BreakLine(
            reason=BREAKS.get(one["reason"], one["reason"]),
            document=one["document"],
            date=one["date"],
            counterparty=one["counterparty"],
            ordered=_micro(one["ordered_micro"]),
            received=_micro(one["received_micro"]),
            invoiced=_micro(one["invoiced_micro"]),
            paid=money(one["paid_minor"]) if one["paid_minor"] else "—",
            amount=money(one["amount_minor"]),
            broken=money(one["broken_minor"]),
            bad=SIDES.get(one["reason"], "invoice"),
        )
        for one in payload["breaks"]["rows"]
    ]


def _micro(value: int) -> str:
    return quantity(value) if value else "—"


def limit_bullets(rows: Sequence[Any], names: Mapping[str, str]) -> list[Bullet]:
    """Used against each limit that touches the firm; floating part included."""
    return [
        Bullet(
            names[row.subject_ref],
            row.used_minor,
            row.base_minor + row.floating_minor,
            f"{money_compact(row.used_minor)} / "
            f"{money_compact(row.base_minor + row.floating_minor)}",
        )
        for row in rows
    ]
