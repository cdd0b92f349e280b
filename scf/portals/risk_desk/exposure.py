"""敞口与额度 of a firm: the group first, then the firm and its pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from risk.limits import group_ref
from risk.queries.limits import LimitRow, limits_list
from scf.network.queries import parties_get
from scf.portals.charts import Bullet
from scf.portals.components import Text
from scf.portals.figures import money, money_signed, percent
from scf.portals.risk_desk.report_charts import limit_bullets
from scf.portals.risk_desk.report_words import score_lines
from scf.portals.risk_desk.words import subject_words
from scf.portals.shell.session import PortalRequest


@dataclass(frozen=True, slots=True)
class Exposure:
    """Bullets, what to know of the group first, the floating parts and the score."""

    bullets: Sequence[Bullet]
    note: Text
    lines: Sequence[tuple[Text, Text]]


def firm_limits(request: PortalRequest, party_ref: str) -> list[LimitRow]:
    """The firm's own limits and its pairs', and the group that its sales fall on."""
    book = request.programme.book
    own = limits_list(programme_ref=book, party_ref=party_ref)
    anchor_id = request.programme.anchor_id
    group = group_ref(parties_get(party_ids=[anchor_id])[anchor_id].group_name)
    groups = [
        one for one in limits_list(programme_ref=book, scope="group") if one.subject_ref == group
    ]
    return [*sorted(own, key=lambda row: row.scope == "pair"), *groups]


def exposure_of(request: PortalRequest, party_ref: str, payload: Mapping[str, Any]) -> Exposure:
    """What stands on each limit today, and what the request would add to the group."""
    rows = firm_limits(request, party_ref)
    names = subject_words(one.subject_ref for one in rows)
    asked = payload["request"]["amount_minor"] if payload["request"] else 0
    return Exposure(
        bullets=limit_bullets(rows, names),
        note=group_note(rows, names, asked=asked),
        lines=[*floating_lines(rows, names), *score_lines(payload.get("score"))],
    )


def group_note(rows: Sequence[LimitRow], names: Mapping[str, str], *, asked: int) -> str:
    """先看集团: one obligor stands behind every supplier and distributor of the chain."""
    group = next((row for row in rows if row.scope == "group"), None)
    if group is None:
        return _("付款集团还没有额度：没有它，任何一笔都不能出让。")
    size = group.base_minor + group.floating_minor
    facts = {
        "group": names[group.subject_ref],
        "now": _share(group.used_minor, size),
        "then": _share(group.used_minor + asked, size),
    }
    if asked:
        return (
            _(
                "先看集团：供应商与经销商都押在同一付款义务人上。此笔通过后%(group)s占用 %(now)s → %(then)s。"
            )
            % facts
        )
    return _("先看集团：供应商与经销商都押在同一付款义务人上，%(group)s已占用 %(now)s。") % facts


def floating_lines(rows: Sequence[LimitRow], names: Mapping[str, str]) -> list[tuple[Text, Text]]:
    """The floating part apart, where a limit has one."""
    return [
        (
            _("浮动额度 · %(name)s") % {"name": names[row.subject_ref]},
            _("%(whole)s（基准 %(base)s，浮动 %(floating)s）")
            % {
                "whole": money(row.base_minor + row.floating_minor),
                "base": money(row.base_minor),
                "floating": money_signed(row.floating_minor),
            },
        )
        for row in rows
        if row.floating_minor
    ]


def _share(used: int, size: int) -> str:
    return f"{percent(used * 1_000_000 // size, 1)}%" if size > 0 else "—"
