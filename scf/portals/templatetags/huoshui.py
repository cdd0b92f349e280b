"""Filters and component tags. They are built in: a template need not load them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from scf.portals import dates, figures
from scf.portals.charts import Bullet, Chart, Part, Strip
from scf.portals.components import (
    Check,
    Consequences,
    CountTerm,
    Empty,
    Eye,
    Figure,
    Lineage,
    Need,
    Problem,
    Progress,
    Reason,
    ReceiptLine,
    Step,
    TAccount,
    WizardStep,
)
from scf.portals.icons import ICONS
from scf.portals.table_view import TableView
from scf.portals.words import account_word, status_get

register = template.Library()
Text = str | Promise

FILTERS: Mapping[str, Callable[..., object]] = {
    "money": figures.money,
    "money_signed": figures.money_signed,
    "money_compact": figures.money_compact,
    "rate": figures.rate,
    "percent": figures.percent,
    "units": figures.units,
    "count": figures.count,
    "quantity": figures.quantity,
    "masked": figures.masked,
    "short_hash": figures.short_hash,
    "day": dates.day,
    "day_week": dates.day_week,
    "day_short": dates.day_short,
    "day_prose": dates.day_prose,
    "weekday": dates.weekday,
    "clock": dates.clock,
    "moment": dates.moment,
    "moment_full": dates.moment_full,
    "account_word": account_word,
}
for _name, _filter in FILTERS.items():
    register.filter(_name, _filter)


@register.filter
def days_away(value: date, on: date) -> str:
    """还有 90 天, beside a date."""
    return dates.days_away(value, on=on)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; an unknown name is a mistake of ours and raises ValueError."""
    if name not in ICONS:
        raise ValueError(f"no icon {name!r}: add it to scf/portals/icons.py and run icons_build")
    return format_html(
        '<svg class="ic" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("huoshui/icons.svg"),
        name,
    )


@register.simple_tag
def status(axis: str, state: str, note: Text = "") -> SafeString:
    """A status pill: shape, word, tint."""
    word = status_get(axis, str(state))
    words = f"{word.text} {note}".strip()
    return format_html('<span class="st st-{}">{}</span>', word.tone, words)


@register.simple_tag
def word(axis: str, state: str) -> Text:
    """A state's word alone, where the shape and the tint stand around it."""
    return status_get(axis, str(state)).text


@register.simple_tag
def pill(words: Text, tone: str = "n") -> SafeString:
    """A pill for what is not a state of an axis (唯一, 相等); tone n w b g a r."""
    return format_html('<span class="st st-{}">{}</span>', tone, words)


@register.simple_tag
def digest(value: str, head: int = 4, tail: int = 4) -> SafeString:
    """A hash, shortened in the middle, whole in its title, copied on click."""
    return format_html(
        '<button type="button" class="copy mono" data-copy="{}" title="{}">{}</button>',
        value,
        value,
        figures.short_hash(value, head, tail),
    )


@register.simple_block_tag(takes_context=True)
def card(
    context: RequestContext,
    content: str,
    title: Text = "",
    note: Text = "",
    cls: str = "",
    href: str = "",
    link: Text = "",
    flush: bool = False,
    right: Text = "",
) -> SafeString:
    """A card with its head. ``flush`` for tables and lists that bring their own padding."""
    return render_to_string(
        "components/card.html",
        {
            "title": title,
            "note": note,
            "cls": cls,
            "href": href,
            "link": link,
            "right": right,
            "flush": flush,
            "content": mark_safe(content),  # noqa: S308 (the block has been rendered and escaped)
        },
    )


@register.inclusion_tag("components/kpis.html")
def kpis(figures_: Sequence[Figure]) -> dict[str, Any]:
    """Figures in one strip with hairlines."""
    return {"figures": figures_}


@register.inclusion_tag("components/needs.html")
def needs(items: Sequence[Need], nothing: Text = "") -> dict[str, Any]:
    """待我处理; ``nothing`` is said when there is none."""
    return {"items": items, "nothing": nothing}


@register.inclusion_tag("components/timeline.html")
def timeline(steps: Sequence[Step], columns: int = 1) -> dict[str, Any]:
    """Done solid, now ring, future hollow, late amber."""
    return {"steps": steps, "columns": columns}


@register.inclusion_tag("components/receipt.html")
def receipt(lines: Sequence[ReceiptLine]) -> dict[str, Any]:
    """A price receipt."""
    return {"lines": lines}


@register.inclusion_tag("components/consequences.html")
def consequences(what: Consequences) -> dict[str, Any]:
    """The journal that will be posted, balances now and after, what can be undone."""
    return {"what": what}


@register.inclusion_tag("components/four_eyes.html", name="four_eyes")
def four_eyes_strip(eyes: Sequence[Eye]) -> dict[str, Any]:
    """经办 / 复核 / 规则."""
    return {"eyes": eyes}


@register.inclusion_tag("components/lineage.html")
def lineage(value: Text, source: Lineage | None, side: str = "") -> dict[str, Any]:
    """A figure with a dotted underline that opens where it comes from."""
    return {"value": value, "source": source, "side": side}


@register.inclusion_tag("components/problem.html", name="problem")
def problem_box(what: Problem) -> dict[str, Any]:
    """A refusal: what happened, code, what is unchanged, what to do."""
    return {"problem": what}


@register.inclusion_tag("components/changed.html")
def changed(differences: Sequence[Any]) -> dict[str, Any]:
    """What is no longer as previewed, each with what was seen and what is now."""
    return {"differences": differences}


@register.inclusion_tag("components/nothing.html")
def nothing(what: Empty) -> dict[str, Any]:
    """Why it is empty, when that changes, one link."""
    return {"empty": what}


@register.inclusion_tag("components/progress.html", name="progress")
def progress_bar(what: Progress) -> dict[str, Any]:
    """A running task, polled every two seconds."""
    return {"progress": what}


@register.inclusion_tag("components/wizard.html")
def wizard(steps: Sequence[WizardStep]) -> dict[str, Any]:
    """The steps of a wizard."""
    return {"steps": steps}


@register.inclusion_tag("components/equation.html")
def equation(whole: CountTerm, terms: Sequence[CountTerm]) -> dict[str, Any]:
    """读到 = 可入库 + 未变 + 隔离 + 忽略."""
    return {"whole": whole, "terms": terms}


@register.inclusion_tag("components/checks.html")
def checks(items: Sequence[Check]) -> dict[str, Any]:
    """A checklist: passed, waiting, blocking."""
    return {"items": items}


@register.inclusion_tag("components/reasons.html")
def reasons(items: Sequence[Reason]) -> dict[str, Any]:
    """Reasons with thresholds."""
    return {"items": items}


@register.inclusion_tag("components/t_account.html")
def t_account(account: TAccount) -> dict[str, Any]:
    """A T-account; the tinted lines are this journal's."""
    return {"account": account}


@register.inclusion_tag("components/table.html", name="table")
def table_block(view: TableView) -> dict[str, Any]:
    """A table with its filters, totals and pages."""
    return {"table": view}


@register.inclusion_tag("components/chart.html", name="chart")
def chart_block(what: Chart) -> dict[str, Any]:
    """A chart and the table behind it."""
    return {"chart": what, "payload": _script_json(what)}


def _script_json(what: Chart) -> SafeString:
    body = json.dumps({"kind": what.kind, "label": what.label, **what.data}, ensure_ascii=False)
    # Inside <script type="application/json"> only these three can end or confuse the element.
    for letter, escaped in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        body = body.replace(letter, escaped)
    return mark_safe(body)  # noqa: S308 (escaped on the lines above)


@register.inclusion_tag("components/strip.html")
def strip(what: Strip) -> dict[str, Any]:
    """P10-P90 with P25-P75, the median and a dot, drawn on the server."""
    places = {
        name: 8 + getattr(what, name) * 134 // 1000
        for name in ("p10", "p25", "p50", "p75", "p90", "value")
    }
    return {"strip": what, **places}


@register.inclusion_tag("components/bullets.html")
def bullets(items: Sequence[Bullet]) -> dict[str, Any]:
    """Used against limits, with a mark at 90%."""
    return {"items": items}


@register.inclusion_tag("components/stack.html")
def stack(parts: Sequence[Part], label: Text) -> dict[str, Any]:
    """One stacked bar with sums written under it."""
    whole = sum(part.minor for part in parts) or 1
    start = 0
    drawn = []
    for part in parts:
        width = part.minor * 10_000 // whole
        drawn.append({"part": part, "x": start, "width": width})
        start += width
    return {"parts": drawn, "label": label, "whole": whole}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, unit: Text = "", big: bool = False) -> dict[str, Any]:
    """A field with label, help and error under it."""
    described = [f"{bound.auto_id}_err"] if bound.errors else []
    if bound.help_text:
        described.append(f"{bound.auto_id}_help")
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    kind = type(bound.field.widget).__name__
    if kind == "CheckboxInput":
        attrs["class"] = "ck"
    return {
        "field": bound,
        "input": bound.as_widget(attrs=attrs),
        "unit": unit,
        "big": big,
        "kind": kind,
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """All errors of a form in one box, each linked to its field."""
    return {"form": form}
