"""Tags escape what people typed, and say their state in words."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from scf.portals import charts
from scf.portals import components as parts


def drawn(source: str, **context: Any) -> str:
    with translation.override("zh-hans"):
        return Template(source).render(Context(context))


def test_figures_in_templates() -> None:
    text = drawn("{{ a|money }} {{ r|rate }} {{ u|units }} {{ d|day_week }} {{ d|days_away:on }}", a=-2600, r=55_000, u=9372, d=date(2026, 6, 16), on=date(2026, 3, 18))  # fmt: skip
    assert text == "−26.00 5.50% 9,372 份 2026-06-16 周二 还有 90 天"


def test_status_has_shape_word_and_note() -> None:
    assert drawn('{% status "match" "awaiting_receipt" "差 120 件" %}') == '<span class="st st-a">待收货 差 120 件</span>'  # fmt: skip


def test_an_icon_that_is_not_in_the_sprite_is_our_mistake() -> None:
    assert "huoshui/icons.svg#bell" in drawn('{% icon "bell" %}')
    with pytest.raises(ValueError, match="icons_build"):
        drawn('{% icon "unicorn" %}')


def test_what_people_typed_is_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    chart = charts.bars_chart(id="c", label=bad, periods=[bad], series=[charts.Bars(bad, [1])])
    text = drawn(
        "{% chart c %}{% kpis f %}{% timeline s %}{% needs n %}{% problem p %}{% lineage v l %}{% card t %}x{% endcard %}",
        c=chart,
        f=[parts.Figure(bad, bad)],
        s=[parts.Step(bad, "done", bad, bad)],
        n=[parts.Need(bad, bad, "/x")],
        p=parts.Problem(bad, bad, bad),
        v=bad,
        l=parts.Lineage(formula=bad, rows=((bad, bad),), heads=(bad,), digest=bad),
        t=bad,
    )
    assert "<script>alert" not in text
    assert "\\u003Cscript" in text


def test_a_card_escapes_its_title_but_keeps_its_block() -> None:
    assert "<b>ok</b>" in drawn('{% card "a&b" %}<b>ok</b>{% endcard %}')
    assert "a&amp;b" in drawn("{% card t %}{% endcard %}", t="a&b")


def test_lineage_without_a_source_is_the_figure_alone() -> None:
    assert drawn("{% lineage v l %}", v="1.00", l=None).strip() == "1.00"


def test_the_cell_that_a_figure_comes_from_is_marked() -> None:
    source = parts.Lineage(heads=("G", "H"), rows=(("1203", "a", "b"), ("1204", "c", "d")), hit=(1, 1))  # fmt: skip
    assert '<td class="x">d</td>' in drawn("{% lineage v l %}", v="d", l=source)


def test_a_field_ties_its_error_to_its_input() -> None:
    class Form(forms.Form):
        units = forms.IntegerField(label="份数")

    form = Form({"units": "x"})
    text = drawn("{% field form.units %}{% form_errors form %}", form=form)
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_units_err"' in text
    assert 'href="#id_units"' in text


def test_a_running_task_is_polled_and_a_known_total_has_a_bar() -> None:
    polled = drawn("{% progress p %}", p=parts.Progress("核对", 5, 10, url="/p/"))
    assert 'hx-trigger="every 2s"' in polled
    assert '<progress class="mt8" value="5" max="10"' in polled
    assert "<progress" not in drawn("{% progress p %}", p=parts.Progress("核对", 5, None))


def test_stack_parts_fill_the_bar() -> None:
    text = drawn('{% stack parts "构成" %}', parts=[charts.Part("本金", 75, "water"), charts.Part("利息", 25, "mid")])  # fmt: skip
    assert 'x="7500" width="2500"' in text
