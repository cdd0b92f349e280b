"""Charts as values: what charts.js draws, and the table that stands behind each. Pure.

Sums stay integers in fen; the browser divides for its axes only. Every builder makes its own
table, so that no chart can be without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scf.portals.figures import count, money, percent

Text = str | Promise
Unit = Literal["money", "count", "percent"]
Height = Literal["xs", "s", "m", "l", ""]
Colour = Literal["ink", "water", "mid", "light", "amber", "red", "green", "blue", "grey", "pale"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its kind and data for the browser, a label for screen readers, the table behind."""

    id: str
    kind: str
    label: str
    data: Mapping[str, object]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    height: Height = "s"
    legend: tuple[tuple[str, Colour], ...] = ()
    numeric_from: int = 1


@dataclass(frozen=True, slots=True)
class Bars:
    """A series of bars, one value a period; money in fen. ``stack`` piles series of one name."""

    name: Text
    values: Sequence[int]
    colour: Colour = "water"
    stack: str = ""
    show_values: bool = False


def _figure(value: int, unit: Unit) -> str:
    if unit == "money":
        return money(value)
    return count(value) if unit == "count" else f"{percent(value, 1)}%"


def _table(
    x: Sequence[Text], columns: Sequence[tuple[Text, Sequence[int]]], unit: Unit, first: Text
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    head = (str(first), *(str(name) for name, _values in columns))
    rows = tuple(
        (str(period), *(_figure(values[index], unit) for _name, values in columns))
        for index, period in enumerate(x)
    )
    return head, rows


def bars_chart(
    *,
    id: str,
    label: Text,
    periods: Sequence[Text],
    series: Sequence[Bars],
    running: tuple[Text, Sequence[int]] | None = None,
    unit: Unit = "money",
    height: Height = "s",
    axis: bool = True,
    first: Text = "",
) -> Chart:
    """How much when: bars per week or due date, out below zero, ``running`` as a step line."""
    columns = [(one.name, one.values) for one in series]
    if running is not None:
        columns.append(running)
    head, rows = _table(periods, columns, unit, first or _("期间"))
    data = {
        "unit": unit,
        "axis": axis,
        "x": [str(period) for period in periods],
        "series": [
            {
                "name": str(one.name),
                "data": list(one.values),
                "colour": one.colour,
                "stack": one.stack,
                "show": one.show_values,
            }
            for one in series
        ],
        "running": running and {"name": str(running[0]), "data": list(running[1])},
    }
    legend = tuple((str(one.name), one.colour) for one in series) if len(series) > 1 else ()
    return Chart(id, "bars", str(label), data, head, rows, height=height, legend=legend)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of monthly figures; ``dashed`` for the one that should follow the others."""

    name: Text
    values: Sequence[int]
    colour: Colour
    dashed: bool = False


def lines_chart(
    *,
    id: str,
    label: Text,
    periods: Sequence[Text],
    lines: Sequence[Line],
    gaps: Sequence[tuple[int, int, Text]] = (),
    unit: Unit = "money",
    height: Height = "",
    first: Text = "",
) -> Chart:
    """Do four flows agree: lines with their names at the end; ``gaps`` shade stretches amber.

    A gap is the first and the last index, and the words written on it.
    """
    head, rows = _table(
        periods, [(one.name, one.values) for one in lines], unit, first or _("月份")
    )
    data = {
        "unit": unit,
        "x": [str(period) for period in periods],
        "series": [
            {
                "name": str(one.name),
                "data": list(one.values),
                "colour": one.colour,
                "dashed": one.dashed,
            }
            for one in lines
        ],
        "gaps": [{"from": one[0], "to": one[1], "label": str(one[2])} for one in gaps],
    }
    return Chart(id, "lines", str(label), data, head, rows, height=height)


@dataclass(frozen=True, slots=True)
class Area:
    """A balance that holds until the next date; ``planned`` draws it lighter."""

    name: Text
    points: Sequence[tuple[date, int]]
    colour: Colour
    planned: bool = False


def steps_chart(
    *,
    id: str,
    label: Text,
    areas: Sequence[Area],
    today: date | None = None,
    unit: Unit = "money",
    height: Height = "m",
) -> Chart:
    """A balance that falls at draws or payments: step areas over time, today marked."""
    rows = tuple(
        (day.isoformat(), str(one.name), _figure(value, unit))
        for one in areas
        for day, value in one.points
    )
    data = {
        "unit": unit,
        "series": [
            {
                "name": str(one.name),
                "data": [[day.isoformat(), value] for day, value in one.points],
                "colour": one.colour,
                "planned": one.planned,
            }
            for one in areas
        ],
        "today": today and {"at": today.isoformat(), "label": _("今日")},
    }
    head = (_("日期"), _("名称"), _("金额"))
    legend = tuple((str(one.name), one.colour) for one in areas)
    return Chart(
        id, "steps", str(label), data, head, rows, height=height, legend=legend, numeric_from=2
    )


def histogram_chart(
    *,
    id: str,
    label: Text,
    bins: Sequence[Text],
    values: Sequence[int],
    marks: Sequence[tuple[int, Text]] = (),
    unit: Unit = "count",
    height: Height = "",
    first: Text = "",
) -> Chart:
    """How bad can it be: ``marks`` are (bin index, words), such as the expected loss and the 99%."""
    head, rows = _table(
        bins, [(_("次数") if unit == "count" else _("占比"), values)], unit, first or _("区间")
    )
    data = {
        "unit": unit,
        "x": [str(one) for one in bins],
        "data": list(values),
        "marks": [{"at": index, "label": str(words)} for index, words in marks],
    }
    return Chart(id, "histogram", str(label), data, head, rows, height=height)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: name, sum in fen, colour."""

    name: Text
    minor: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a firm stands among peers, in per mille of the strip's width; drawn on the server."""

    p10: int
    p25: int
    p50: int
    p75: int
    p90: int
    value: int
    label: Text
    out: bool = False


def strip_make(
    *, values: tuple[int, int, int, int, int], value: int, label: Text, out: bool = False
) -> Strip:
    """A strip from P10, P25, P50, P75, P90 and the firm's own value, in any integer unit.

    A value far outside stands at the strip's end, so that the peers can still be seen.
    """
    beyond = (values[4] - values[0]) * 2 // 5
    if beyond:
        value = max(values[0] - beyond, min(values[4] + beyond, value))
    low, high = min(*values, value), max(*values, value)
    width = high - low
    # Where all are alike there is one place: the middle.
    places = [(one - low) * 1000 // width if width else 500 for one in (*values, value)]
    p10, p25, p50, p75, p90, own = places
    return Strip(p10, p25, p50, p75, p90, own, label, out=out)


@dataclass(frozen=True, slots=True)
class Bullet:
    """Used against a limit with a 90% mark; past the mark it is amber, past the limit red."""

    label: Text
    used_minor: int
    limit_minor: int
    text: Text

    @property
    def permille(self) -> int:
        """Used over limit, capped at the whole bar."""
        if self.limit_minor <= 0:
            return 1000
        return min(1000, self.used_minor * 1000 // self.limit_minor)

    @property
    def colour(self) -> Colour:
        """Water, amber from 90%, red beyond the limit."""
        if self.used_minor > self.limit_minor:
            return "red"
        return "amber" if self.used_minor * 10 >= self.limit_minor * 9 else "water"
