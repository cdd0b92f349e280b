"""The verdict on a report's page: its tests in groups, the smallest flip, how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from scf.portals.axes import AXES
from scf.portals.components import Text
from scf.portals.figures import percent
from scf.portals.risk_desk.words import TESTS, figure_text, threshold_text

Payload = Mapping[str, Any]
VERDICT_TONES: Mapping[str, str] = {
    "EXPANSION": "g",
    "STEADY": "g",
    "OVERTRADING": "a",
    "DISTRESS": "r",
    "ABSTAIN": "a",
}


@dataclass(frozen=True, slots=True)
class JudgedTest:
    """A test with its figures, whether it is met, and the rows behind it."""

    code: str
    rule: str
    label: Text
    value: str
    threshold: str
    state: str  # y fine, n a condition missed, x a sign of distress, "" unknown
    evidence: tuple[Mapping[str, Any], ...]


def judged_tests(payload: Payload) -> list[JudgedTest]:
    """All tests; that nothing was asked for takes the tests of a request away."""
    asked = payload["request"] is not None
    return [
        JudgedTest(
            code=one["code"],
            rule=one["rule"],
            label=TESTS.get(one["code"], one["code"]),
            value=figure_text(one["code"], one["unit"], one["value"]),
            threshold=threshold_text(one["code"], one["unit"], one["operator"], one["threshold"]),
            state=_state(one["rule"], one["met"]),
            evidence=tuple(one["evidence"]),
        )
        for one in payload["verdict"]["reasons"]
        if asked or not one["code"].startswith("request_")
    ]


def _state(rule: str, met: bool | None) -> str:
    if met is None:
        return ""
    if rule.startswith("D"):
        return "x" if met else "y"
    return "y" if met else "n"


def headline_reasons(lines: Sequence[JudgedTest]) -> list[JudgedTest]:
    """Grounds and conditions of expansion that are known, and every sign of distress."""
    return [one for one in lines if one.state and (one.rule[0] in "AE" or one.state == "x")]


def unknown_words(lines: Sequence[JudgedTest]) -> str:
    """What could not be measured, in one line."""
    return _("、").join(str(one.label) for one in lines if not one.state)


def flip_words(payload: Payload) -> list[str]:
    """Each verdict that is near, as a sentence with the change that leads there, the smallest
    first."""
    said = []
    for flip in payload["verdict"]["flips"]:
        moves = _("，并且").join(
            _("%(what)s从 %(from)s变到 %(to)s")
            % {
                "what": TESTS.get(one["code"], one["code"]),
                "from": figure_text(one["code"], one["unit"], one["from"]),
                "to": figure_text(one["code"], one["unit"], one["to"]),
            }
            for one in flip["changes"]
        )
        word = AXES["verdict"].get(flip["to"])
        said.append(
            _("只要%(moves)s，结论就变为%(verdict)s。")
            % {"moves": moves, "verdict": word.text if word else flip["to"]}
        )
    return said


def reliability_rows(payload: Payload) -> list[tuple[Text, str]]:
    """Reconciled share, coverage, history, what it was compared with."""
    found = payload["reliability"]
    return [
        (_("三流核对率"), _share(found["reconciled_ppm"])),
        (_("可见销售占申报"), _share(found["coverage_ppm"])),
        (_("历史长度"), figure_text("history", "days", found["history_days"])),
        (
            _("对比基准"),
            _("上年同期 90 天") if found["baseline"] == "year_before" else _("前一个 90 天"),
        ),
        (_("依据"), _("销售一侧") if found["side"] == "sales" else _("采购一侧")),
        (_("弃权条件"), _("已触发") if payload["verdict"]["gate"] == "referred" else _("未触发")),
    ]


def _share(ppm: int | None) -> str:
    return "—" if ppm is None else f"{percent(ppm, 1)}%"
