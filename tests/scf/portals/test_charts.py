"""Charts carry integers, and every chart carries its table."""

from datetime import date

from django.utils import translation

from scf.portals import charts


def test_bars_keep_fen_and_write_a_table() -> None:
    chart = charts.bars_chart(
        id="cash",
        label="到账",
        periods=["3/18", "3/25"],
        series=[
            charts.Bars("原账期", [0, 230_000], "grey"),
            charts.Bars("出让", [-500, 1], "water"),
        ],
        running=("累计", [-500, -499]),
    )
    assert chart.data["running"] == {"name": "累计", "data": [-500, -499]}
    assert chart.head == ("期间", "原账期", "出让", "累计")
    assert chart.rows[0] == ("3/18", "0.00", "−5.00", "−5.00")
    assert chart.legend == (("原账期", "grey"), ("出让", "water"))


def test_lines_mark_the_gap() -> None:
    chart = charts.lines_chart(
        id="f", label="四流", periods=["1", "2"], lines=[charts.Line("订单", [1, 2], "ink")], gaps=[(0, 1, "落后")]
    )  # fmt: skip
    assert chart.data["gaps"] == [{"from": 0, "to": 1, "label": "落后"}]


def test_steps_and_histograms_have_tables() -> None:
    steps = charts.steps_chart(
        id="s", label="余额", areas=[charts.Area("未提", [(date(2026, 3, 3), 200)], "water")], today=date(2026, 3, 4)
    )  # fmt: skip
    assert steps.rows == (("2026-03-03", "未提", "2.00"),)
    with translation.override("zh-hans"):
        bins = charts.histogram_chart(id="h", label="损失", bins=["0%"], values=[1200], marks=[(0, "预期")])  # fmt: skip
    assert bins.rows == (("0%", "1,200"),)


def test_a_strip_spans_all_that_it_shows() -> None:
    strip = charts.strip_make(values=(10, 30, 45, 61, 90), value=110, label="P99", out=True)
    assert (strip.p10, strip.p90, strip.value) == (0, 800, 1000)
    flat = charts.strip_make(values=(5, 5, 5, 5, 5), value=5, label="P50")
    assert (flat.p10, flat.value, flat.p90) == (500, 500, 500)
    far = charts.strip_make(values=(10, 30, 45, 61, 90), value=9_000, label="P100", out=True)
    assert (far.p10, far.p90, far.value) == (0, 714, 1000)


def test_a_bullet_turns_amber_at_ninety_percent_and_red_beyond() -> None:
    assert charts.Bullet("a", 899, 1000, "").colour == "water"
    assert charts.Bullet("a", 900, 1000, "").colour == "amber"
    assert charts.Bullet("a", 1001, 1000, "").colour == "red"
    assert charts.Bullet("a", 1, 0, "").permille == 1000
