"""A scorecard drawn: separation, calibration, drift by month, and the points of every bin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from ledger.rates import PPM
from risk.policy import ScorePolicy
from risk.queries.scores import DriftRow
from scf.portals.charts import Bars, Chart, Line, bars_chart, lines_chart
from scf.portals.figures import count, percent
from scf.portals.risk_desk.report_words import SCORE_FEATURES
from scf.portals.tables import Column, Table

STEPS = 20
# Units of features whose figures are shares.
SHARES = frozenset({"ppm"})


METHODS: Mapping[str, str | Promise] = {
    "platt": _l("Platt（两个参数）"),
    "isotonic": _l("保序（逐级）"),
}


@dataclass(frozen=True, slots=True)
class BinRow:
    """One bin of one feature as the page shows it."""

    feature: str
    range: str
    rows: int
    bad_ppm: int | None
    woe_micro: int
    points: int


def roc_chart(metrics: Mapping[str, Any]) -> Chart:
    """How many of the bad are found by refusing how many of the good; the gap is KS."""
    pairs = metrics["roc_ppm"]
    marks = [round(PPM * step / STEPS) for step in range(STEPS + 1)]
    found = np.interp(marks, [one[0] for one in pairs], [one[1] for one in pairs])
    caught = [round(value) for value in found]
    widest = max(range(STEPS + 1), key=lambda at: caught[at] - marks[at])
    first, last = (widest, widest + 1) if widest < STEPS else (STEPS - 1, STEPS)
    return lines_chart(
        id="roc",
        label=_("误拒多少好企业，找出多少坏企业；虚线是凭运气"),
        periods=[f"{percent(mark, 0)}%" for mark in marks],
        lines=[
            Line(_("坏企业"), caught, "ink"),
            Line(_("凭运气"), marks, "grey", dashed=True),
        ],
        gaps=[(first, last, f"KS {percent(metrics['ks_ppm'] or 0, 1)}%")],
        unit="percent",
        first=_("误拒的好企业"),
    )


def calibration_chart(metrics: Mapping[str, Any]) -> Chart:
    """Forecast against what happened, by tenths of the firms."""
    pairs = metrics["deciles_ppm"]
    return bars_chart(
        id="calibration",
        label=_("按预测从低到高的十分位"),
        periods=[str(number) for number in range(1, len(pairs) + 1)],
        series=[
            Bars(_("预测"), [one[0] for one in pairs], "grey"),
            Bars(_("实际"), [one[1] for one in pairs], "water"),
        ],
        unit="percent",
        first=_("十分位"),
    )


def drift_chart(rows: Sequence[DriftRow], policy: ScorePolicy) -> Chart:
    """PSI of the score by month, with the two lines at which something is done."""
    shown = sorted(rows, key=lambda row: row.month)[-12:]
    return lines_chart(
        id="drift",
        label=_("每月评分分布与训练时的差别"),
        periods=[row.month for row in shown],
        lines=[
            Line("PSI", [row.score_ppm for row in shown], "ink"),
            Line(_("留意"), [policy.psi_warn_ppm] * len(shown), "amber", dashed=True),
            Line(_("停用"), [policy.psi_stop_ppm] * len(shown), "red", dashed=True),
        ],
        unit="percent",
        height="s",
    )


def features_table(data: Mapping[str, Any]) -> Table[BinRow]:
    """Every bin of every feature with its points: the whole card on one page."""
    rows = [row for feature in data["features"] for row in _bins(feature)]
    return Table(
        id="bins",
        prefix="b.",
        rows=rows,
        export="scorecard-bins",
        columns=[
            Column("feature", _("变量"), lambda r: r.feature, strong=True, phone=1),
            Column("range", _("区间"), lambda r: r.range, phone=4),
            Column("rows", _("样本"), lambda r: r.rows, kind="count"),
            Column("bad", _("坏占比"), lambda r: r.bad_ppm, kind="rate", phone=3),
            Column("woe", "WoE", lambda r: percent((r.woe_micro + 50) // 100, 2)),
            Column("points", _("分"), lambda r: f"{r.points:+d}", strong=True, phone=2),
        ],
    )


def _bins(feature: Mapping[str, Any]) -> list[BinRow]:
    name = str(SCORE_FEATURES.get(feature["code"], feature["code"]))
    ranges, specials = feature["ranges"], feature["specials"]
    words = _range_words(ranges, feature["unit"])
    words += [
        feature["labels"][one["special"]]
        if feature["labels"]
        else _value(one["special"], feature["unit"])
        for one in specials
    ]
    words.append(_("未知"))
    bins = [*ranges, *specials, feature["missing"]]
    return [
        BinRow(
            feature=name,
            range=word,
            rows=one["good"] + one["bad"],
            bad_ppm=one["bad"] * PPM // (one["good"] + one["bad"])
            if one["good"] + one["bad"]
            else None,
            woe_micro=one["woe_micro"],
            points=points,
        )
        for one, word, points in zip(bins, words, feature["points"], strict=True)
    ]


def _range_words(ranges: Sequence[Mapping[str, Any]], unit: str) -> list[str]:
    words, low = [], None
    for one in ranges:
        high = one["upto"]
        if high is None:
            words.append(_("全部") if low is None else f"> {_value(low, unit)}")
        else:
            words.append(f"≤ {_value(high, unit)}")
        low = high
    return words


def _value(value: int, unit: str) -> str:
    if unit in SHARES:
        return f"{percent(value, 1)}%"
    if unit == "micro":
        return percent(value // 100, 2)
    if unit == "days":
        return _("%(n)s 天") % {"n": count(value)}
    return count(value)
