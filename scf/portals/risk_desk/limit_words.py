"""What moves a floating limit, in words; and a limit's bar with the floating part apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from risk.queries.limits import ChangeRow, LimitRow
from scf.portals.figures import count, money, money_compact, percent

Text = str | Promise

GROUNDS: Mapping[str, Text] = {
    "distress": _l("判断为困境"),
    "overdue": _l("有逾期"),
    "paid_late": _l("按时付款的占比太低"),
    "score_bad": _l("评分过低"),
    "score_fall": _l("评分下跌"),
    "warnings": _l("有严重预警"),
    "drift": _l("评分卡失准，收回上浮"),
    "verdict_sound": _l("判断为稳定或扩张"),
    "paid_in_time": _l("按时付款"),
    "score_good": _l("评分良好"),
    "reconciled": _l("三流相符"),
    "use_healthy": _l("使用适度"),
}
FIGURES: Mapping[str, Text] = {
    "verdict": _l("判断"),
    "reconciled_ppm": _l("三流核对率"),
    "score": pgettext_lazy("信用", "评分"),
    "score_before": _l("上次评分"),
    "drift": _l("评分卡状态"),
    "paid_in_time": _l("按时付款笔数"),
    "paid_total": _l("付款笔数"),
    "overdue_minor": _l("逾期金额"),
    "warnings_high": _l("严重预警"),
    "used_minor": _l("当时已用"),
}
DRIFTS: Mapping[str, Text] = {
    "": _l("没有评分"),
    "few": _l("企业太少，不作判断"),
    "ok": _l("稳定"),
    "warn": _l("有偏移，留意"),
    "stop": _l("偏移过大，评分停用"),
}
VERDICT_WORDS: Mapping[str, Text] = {
    "EXPANSION": pgettext_lazy("判断", "扩张"),
    "STEADY": pgettext_lazy("判断", "稳定"),
    "OVERTRADING": pgettext_lazy("判断", "过度扩张"),
    "DISTRESS": pgettext_lazy("判断", "困境"),
    "ABSTAIN": pgettext_lazy("判断", "弃权"),
}


@dataclass(frozen=True, slots=True)
class FloatBar:
    """A limit's bar in thousandths of its whole width: base, floating part, used, 90% mark.

    A floating part above zero extends the base; below zero it takes the end of the base away.
    """

    label: str
    href: str
    text: str
    floating: str
    limit_permille: int
    float_from: int
    float_width: int
    is_raised: bool
    used_permille: int
    mark_permille: int
    colour: str


def float_bars(
    rows: Sequence[LimitRow], names: Mapping[str, str], links: Mapping[int, str]
) -> list[FloatBar]:
    """One bar a limit, each on its own scale."""
    return [_bar(row, names[row.subject_ref], links.get(row.id, "")) for row in rows]


def _bar(row: LimitRow, name: str, href: str) -> FloatBar:
    total = row.base_minor + row.floating_minor
    whole = max(row.base_minor, total, 1)
    near, full = row.used_minor * 10 >= total * 9, row.used_minor >= total
    sign = "+" if row.floating_minor > 0 else ""
    return FloatBar(
        label=name,
        href=href,
        text=f"{money_compact(row.used_minor)} / {money_compact(total)}",
        floating=_("浮动 %(sum)s") % {"sum": f"{sign}{money_compact(row.floating_minor)}"}
        if row.floating_minor
        else "",
        limit_permille=total * 1000 // whole,
        float_from=min(total, row.base_minor) * 1000 // whole,
        float_width=abs(row.floating_minor) * 1000 // whole,
        is_raised=row.floating_minor > 0,
        used_permille=min(1000, row.used_minor * 1000 // whole),
        mark_permille=total * 900 // whole,
        colour="red"
        if full and row.used_minor
        else "amber"
        if near and row.used_minor
        else "water",
    )


def change_reason(row: ChangeRow) -> str:
    """Why a limit changed: a person's words, or the machine's grounds."""
    if not row.is_machine:
        return row.reason
    return "、".join(str(GROUNDS.get(ground, ground)) for ground in row.grounds)


def change_figures(row: ChangeRow) -> list[tuple[str, str]]:
    """The figures the machine went by, in words."""
    return [
        (str(word), _figure(name, row.figures[name]))
        for name, word in FIGURES.items()
        if name in row.figures
    ]


def _figure(name: str, value: object) -> str:
    if name == "drift":
        return str(DRIFTS.get(str(value), value))
    if name == "verdict":
        return str(VERDICT_WORDS.get(str(value), value))
    if not isinstance(value, int):
        return "—"
    if name.endswith("_minor"):
        return money(value)
    return f"{percent(value, 1)}%" if name.endswith("_ppm") else count(value)
