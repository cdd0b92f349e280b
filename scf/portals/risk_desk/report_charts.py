"""The pictures of a report: place among peers, four flows, breaks, limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from scf.portals.charts import Bullet, Chart, Line, Strip, lines_chart, strip_make
from scf.portals.components import Text
from scf.portals.figures import money, money_compact, quantity
from scf.portals.risk_desk.report_words import MEASURE_NOTES, break_words
from scf.portals.risk_desk.words import BREAKS, MEASURES, SIDES, measure_text

Payload = Mapping[str, Any]
LAG_MONTHS = 3
MARKS = ("p10", "p25", "p50", "p75", "p90")


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with and without the anchor, and its place among peers."""

    label: Text
    note: Text
    with_anchor: str
    without_anchor: str
    strip: Strip | None
    percentile: int | None
    error: str = ""


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
    words: str
    item: str
    row_id: int | None


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
    error = measure_text(one["code"], one["unit"], one.get("error") or 0)
    return MeasureLine(
        label,
        MEASURE_NOTES.get(one["code"], ""),
        measure_text(one["code"], one["unit"], one["with"]),
        measure_text(one["code"], one["unit"], one["without"]),
        strip,
        one["percentile"],
        f"± {error}" if error.strip("0.%") else "",
    )


def flows_chart(payload: Payload) -> Chart | None:
    """Orders, despatches or receipts, invoices and payments by month; None without any."""
    months = _whole_months(payload)
    if not months:
        return None
    goods = "despatch_minor" if any(one["despatch_minor"] for one in months) else "receipt_minor"

    def values(key: str) -> list[int]:
        return [one[key] for one in months]

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
        gaps=[
            (start, end, _("回款落后于发票"))
            for start, end in cash_lags(values("invoice_minor"), values("payment_minor"))
        ],
    )


def cash_lags(invoiced: Sequence[int], paid: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches of months in which cash lags invoices, as first and last index.

    A month lags when the payments of it and the two before are less than 80% of the invoices of
    those three: single months are lumpy, and a payment follows its invoice. A stretch is at
    least two months long and is drawn from the month before it.
    """
    late = [
        index >= LAG_MONTHS - 1
        and 5 * sum(paid[index - LAG_MONTHS + 1 : index + 1])
        < 4 * sum(invoiced[index - LAG_MONTHS + 1 : index + 1])
        for index in range(len(invoiced))
    ]
    found: list[tuple[int, int]] = []
    start: int | None = None
    for index, is_late in enumerate([*late, False]):
        if is_late and start is None:
            start = index
        elif not is_late and start is not None:
            if index - start > 1:
                found.append((start - 1, index - 1))
            start = None
    return found


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
            words=break_words(one),
            item=one["item"],
            row_id=one["row_id"],
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
