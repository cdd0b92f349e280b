"""A case in words: its figures, its firms with their gates, and what happened, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from risk.queries.blocks import blocks_map
from risk.queries.cases import CaseRow, EventRow
from risk.queries.gates import gates_get
from scf.network.values import ref_id
from scf.portals.components import Step, StepState, Text
from scf.portals.figures import count, money, percent
from scf.portals.risk_desk.item_words import CASE_OUTCOMES
from scf.portals.risk_desk.words import finding_word
from scf.portals.shell.session import PortalRequest

EVENTS: Mapping[str, Text] = {
    "opened": _l("评估立案"),
    "grew": _l("再次发现，更重"),
    "taken": _l("领取"),
    "released": _l("放回"),
    "handed": _l("转交"),
    "note": _l("记录"),
    "evidence": _l("补充证据"),
    "proposed": _l("提出结案"),
    "declined": _l("结案被退回"),
    "closed": _l("结案"),
    "gate_refused": _l("停止出让"),
    "block_lifted": _l("解除停止出让"),
    "reopened": _l("重新打开"),
}
# Figures of findings that people know by a name; others are the engine's own business.
FACTS: Mapping[str, Text] = {
    "amount_minor": _l("金额"),
    "broken_minor": _l("不一致金额"),
    "invoiced_minor": _l("发票额"),
    "recent_minor": _l("近期开票"),
    "usual_minor": _l("平时开票"),
    "broken_ppm": _l("不一致占比"),
    "share_ppm": _l("占销售"),
    "value_added_ppm": _l("增值占比"),
    "multiple_ppm": _l("是平时的倍数"),
    "rows": _l("涉及行数"),
    "invoices": _l("发票张数"),
    "firms": _l("企业数"),
    "days": _l("天数"),
    "legs_with_goods": _l("有货物的环节"),
}


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm of the case: its report, its gate today, and whether a fraud keeps it out."""

    name: str
    href: str
    graph: str
    gate: str
    blocked: bool


def fact_rows(facts: Mapping[str, Mapping[str, Any]]) -> list[tuple[Text, list[tuple[Text, str]]]]:
    """Each finding with the figures that have a name."""
    return [
        (
            finding_word(code),
            [
                (FACTS[key], _figure(key, own[key]))
                for key in FACTS
                if isinstance(own.get(key), int)
            ],
        )
        for code, own in facts.items()
    ]


def _figure(key: str, value: int) -> str:
    if key.endswith("_minor"):
        return money(value)
    if key == "multiple_ppm":
        return f"{percent((value + 50) // 100, 2)} ×"
    return f"{percent(value, 1)}%" if key.endswith("_ppm") else count(value)


def firm_lines(request: PortalRequest, case: CaseRow) -> list[FirmLine]:
    """The firms of a case."""
    book = request.programme.book
    refs = [ref for ref, _name in case.parties]
    gates = gates_get(programme_ref=book, party_refs=refs, on=request.business_date)
    blocked = blocks_map(programme_ref=book, party_refs=refs)
    return [
        FirmLine(
            name=name,
            href=reverse("risk:firm", args=[ref_id(ref)]),
            graph=reverse("risk:graph", args=[ref_id(ref)]),
            gate=gates[ref].outcome,
            blocked=ref in blocked,
        )
        for ref, name in case.parties
    ]


def case_steps(events: Sequence[EventRow], people: Mapping[str, str]) -> list[Step]:
    """The history, oldest first."""
    return [
        Step(
            _title(event),
            _tone(event.kind),
            event.at,
            " · ".join(part for part in (_who(event, people), event.text, _detail(event)) if part),
        )
        for event in events
    ]


def _title(event: EventRow) -> str:
    word = str(EVENTS.get(event.kind, event.kind))
    outcome = CASE_OUTCOMES.get(str(event.facts.get("outcome", "")))
    if outcome and event.kind in ("proposed", "closed"):
        return _("%(what)s：%(outcome)s") % {"what": word, "outcome": outcome}
    return word


def _who(event: EventRow, people: Mapping[str, str]) -> str:
    return people.get(event.by_ref, "") if event.by_ref else _("系统")


def _detail(event: EventRow) -> str:
    if "amount_minor" in event.facts:
        return money(int(event.facts["amount_minor"]))
    return str(event.facts.get("note", ""))


def _tone(kind: str) -> StepState:
    return "bad" if kind in ("gate_refused", "reopened", "declined") else "done"
