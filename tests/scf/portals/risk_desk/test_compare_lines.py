"""Then, now and the difference, in words."""

from django.utils.translation import override

from risk.comparing import Compared, Moved, PartnerMoved
from risk.queries.exposure import ExposureThen
from risk.queries.limits import LimitRow
from scf.portals.risk_desk.compare_lines import (
    FIGURES,
    difference_text,
    exposure_lines,
    figure_lines,
    measure_moves,
    partner_lines,
    plain_text,
    reason_lines,
)

REASONS = (
    Moved("reconciled", "ppm", 900_000, 910_000, "A2", ">=", 800_000, True, True),
    Moved("orders_fall", "ppm", -50_000, -300_000, "D1", "<=", -150_000, False, True),
    Moved("orders_growth", "ppm", 20_000, 120_000, "E1", ">=", 100_000, False, True),
    Moved("overdue", "ppm", 20_000, 240_000, "E5", "<=", 50_000, True, False),
    Moved("returns", "ppm", 960_000, 2_960_000, "D4", ">=", 2_000_000, False, False),
    Moved("refinanced", "ppm", None, None, "D7", ">=", 900_000),
)


def compared() -> Compared:
    return Compared(
        reasons=REASONS,
        levels=(Moved("dso_days", "days", 91, 95), Moved("need_minor", "minor", None, None)),
        reliability=(Moved("seen_sales_minor", "minor", 100, 250),),
        measures=(Moved("buyer_hhi", "ppm", 510_000, 560_000, percentile_then=88, percentile_now=90),),
        measures_without=(Moved("buyer_hhi", "ppm", None, 220_000),),
        breaks=(Moved("count", "count", 4, 4),),
        findings_new=(),
        findings_gone=(),
    )  # fmt: skip


def test_reasons_that_turned_stand_first_and_say_which_way() -> None:
    with override("zh-hans"):
        lines = reason_lines(compared())
    assert [(line.label, line.tone) for line in lines] == [
        ("D1 订单下滑", "r"),
        ("E1 订单增长", "g"),
        ("E5 逾期占比", "a"),
        ("A2 三流核对率", ""),
        ("D4 退货倍数", ""),
    ]
    assert (lines[0].then, lines[0].now, lines[0].difference) == ("−5.0%", "−30.0%", "−25.0 点")
    assert [str(line.turn) for line in lines[:3]] == ["出现", "已满足", "不再满足"]
    assert lines[4].difference == "+2.00 ×"


def test_levels_measures_and_what_is_unknown() -> None:
    with override("zh-hans"):
        figures = [(line.label, line.difference) for line in figure_lines(compared())]
        ((whole, rest),) = measure_moves(compared())
    assert figures == [
        (FIGURES["dso_days"], "+4 天"),
        (FIGURES["seen_sales_minor"], "+1.50"),
        (FIGURES["count"], "—"),
    ]
    assert (whole.then, whole.now, whole.difference, whole.note) == (
        "0.51",
        "0.56",
        "+0.05",
        "P88 → P90",
    )
    assert (rest.then, rest.now, rest.difference, rest.note) == ("—", "0.22", "—", "")


def test_use_of_limits_then_and_now() -> None:
    row = LimitRow(7, "party", "party:2", "CNY", 1_000, 0, 0, 300, 300, 700)
    then, now = ExposureThen(7, 0, None), ExposureThen(7, 30_000, 100_000)
    with override("zh-hans"):
        (line,) = exposure_lines([row], {7: then}, {7: now}, {"party:2": "北屿线束"})
    assert (line.label, line.then, line.now, line.difference, line.note) == (
        "北屿线束",
        "0.00",
        "300.00",
        "+300.00",
        "额度 — → 1,000.00",
    )


def test_partners_that_stayed_the_same_are_left_out() -> None:
    moved = [
        PartnerMoved("a", "甲", "buyer", "", None, 900),
        PartnerMoved("b", "乙", "supplier", "", 500, None),
        PartnerMoved("c", "丙", "buyer", "", 5, 5),
    ]
    lines = partner_lines(moved, most=9)
    assert [(line.name, line.state, line.then, line.now, line.difference) for line in lines] == [
        ("甲", "new", "—", "9.00", "+9.00"),
        ("乙", "lost", "5.00", "—", "−5.00"),
    ]
    assert len(partner_lines(moved, most=1)) == 1


def test_units() -> None:
    with override("zh-hans"):
        assert plain_text("ppm", 914_000) == "91.4%"
        assert plain_text("count", None) == "—"
        assert difference_text("count", -3) == "-3".replace("-", "−")
        assert difference_text("ppm", 0) == "—"
