"""Two reports of a firm in words: every figure then, now, and the difference. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from risk.comparing import Compared, Moved, PartnerMoved
from risk.queries.exposure import ExposureThen
from risk.queries.limits import LimitRow
from scf.portals.components import Text
from scf.portals.figures import count, money, money_signed, percent
from scf.portals.risk_desk.words import (
    MEASURES,
    MULTIPLES,
    SIDE_WORDS,
    TESTS,
    figure_text,
    measure_text,
    threshold_text,
)

NOTHING = "—"
FIGURES: Mapping[str, Text] = {
    "dso_days": _l("应收周转天数"),
    "dpo_days": _l("应付周转天数"),
    "fill_ppm": _l("满足率"),
    "shipments_growth_ppm": _l("发货增长"),
    "need_minor": _l("资金需求"),
    "request_minor": _l("申请额"),
    "score": _l("申请评分"),
    "pd_ppm": _l("违约概率"),
    "reconciled_ppm": _l("三流核对率"),
    "coverage_ppm": _l("可见销售占申报"),
    "history_days": _l("历史长度"),
    "seen_sales_minor": _l("可见销售（12 个月）"),
    "count": _l("真实性断点"),
    "total_minor": _l("断点不一致金额"),
    "share_ppm": _l("断点占发票额"),
}


# (a sign of distress, met now) -> tint and words.
TURNS: Mapping[tuple[bool, bool], tuple[str, Text]] = {
    (True, True): ("r", _l("出现")),
    (True, False): ("g", _l("解除")),
    (False, True): ("g", _l("已满足")),
    (False, False): ("a", _l("不再满足")),
}


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A figure then and now. ``turn`` says how a test turned: r a sign of distress appeared, a
    a condition is missed, g turned for the firm."""

    label: Text
    then: str
    now: str
    difference: str
    note: str = ""
    tone: str = ""
    turn: Text = ""
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner that came, went or moved."""

    name: str
    sub: Text
    state: str
    then: str
    now: str
    difference: str
    ref: str


def reason_lines(compared: Compared) -> list[MovedLine]:
    """Every test, those that turned first."""
    lines = [
        _reason(one) for one in compared.reasons if one.then is not None or one.now is not None
    ]
    return sorted(lines, key=lambda line: not line.tone)


def _reason(one: Moved) -> MovedLine:
    is_turned = one.is_turned and one.met_then is not None and one.met_now is not None
    tone, turn = TURNS[one.rule.startswith("D"), bool(one.met_now)] if is_turned else ("", "")
    return MovedLine(
        label=f"{one.rule} {TESTS.get(one.code, one.code)}",
        then=figure_text(one.code, one.unit, one.then),
        now=figure_text(one.code, one.unit, one.now),
        difference=difference_text(
            "multiple" if one.code in MULTIPLES else one.unit, one.difference
        ),
        note=threshold_text(one.code, one.unit, one.operator, one.threshold or 0),
        tone=tone,
        turn=turn,
        is_changed=bool(one.difference),
    )


def figure_lines(compared: Compared) -> list[MovedLine]:
    """Levels, how far to trust it, breaks."""
    return [
        MovedLine(
            label=FIGURES[one.code],
            then=plain_text(one.unit, one.then),
            now=plain_text(one.unit, one.now),
            difference=difference_text(one.unit, one.difference),
            is_changed=bool(one.difference),
        )
        for one in (*compared.levels, *compared.reliability, *compared.breaks)
        if one.then is not None or one.now is not None
    ]


def measure_moves(compared: Compared) -> list[tuple[MovedLine, MovedLine]]:
    """Each measure with the anchor, and without it."""
    return [
        (_measure(whole), _measure(rest))
        for whole, rest in zip(compared.measures, compared.measures_without, strict=True)
    ]


def _measure(one: Moved) -> MovedLine:
    places = (one.percentile_then, one.percentile_now)
    note = " → ".join(NOTHING if place is None else f"P{place}" for place in places)
    difference = NOTHING
    if one.difference:
        sign = "+" if one.difference > 0 else ""
        difference = sign + measure_text(one.code, one.unit, one.difference)
    return MovedLine(
        label=MEASURES.get(one.code, one.code),
        then=measure_text(one.code, one.unit, one.then),
        now=measure_text(one.code, one.unit, one.now),
        difference=difference,
        note="" if places == (None, None) else note,
        is_changed=bool(one.difference),
    )


def exposure_lines(
    rows: Sequence[LimitRow],
    then: Mapping[int, ExposureThen],
    now: Mapping[int, ExposureThen],
    names: Mapping[str, str],
) -> list[MovedLine]:
    """What was used of each limit that touches the firm, when the two reports were made."""
    lines = []
    for row in rows:
        before, after = then[row.id], now[row.id]
        moved = after.used_minor - before.used_minor
        size = _("额度 %(then)s → %(now)s") % {
            "then": NOTHING if before.limit_minor is None else money(before.limit_minor),
            "now": NOTHING if after.limit_minor is None else money(after.limit_minor),
        }
        lines.append(
            MovedLine(
                label=names[row.subject_ref],
                then=money(before.used_minor),
                now=money(after.used_minor),
                difference=money_signed(moved) if moved else NOTHING,
                note=size,
                is_changed=bool(moved),
            )
        )
    return lines


def partner_lines(moved: Sequence[PartnerMoved], *, most: int) -> list[PartnerLine]:
    """Who came, who went and who moved most; those that stayed the same are left out."""
    return [
        PartnerLine(
            name=one.name,
            sub=SIDE_WORDS[one.side],
            state=one.state,
            then=NOTHING if one.then_minor is None else money(one.then_minor),
            now=NOTHING if one.now_minor is None else money(one.now_minor),
            difference=money_signed(one.difference),
            ref=one.ref,
        )
        for one in moved
        if one.state != "same"
    ][:most]


def plain_text(unit: str, value: int | None) -> str:
    """A figure by its unit alone."""
    if value is None:
        return NOTHING
    if unit == "minor":
        return money(value)
    if unit == "days":
        return _("%(n)s 天") % {"n": count(value)}
    return f"{percent(value, 1)}%" if unit == "ppm" else count(value)


def difference_text(unit: str, value: int | None) -> str:
    """With its sign; points of a hundred for shares, so that 5% of 10% is not said."""
    if not value:
        return NOTHING
    if unit == "minor":
        return money_signed(value)
    sign = "+" if value > 0 else ""
    if unit == "multiple":
        return f"{sign}{percent((value + 50) // 100, 2)} ×"
    if unit == "ppm":
        return _("%(n)s 点") % {"n": f"{sign}{percent(value, 1)}"}
    number = f"{sign}{count(value)}"
    return _("%(n)s 天") % {"n": number} if unit == "days" else number
