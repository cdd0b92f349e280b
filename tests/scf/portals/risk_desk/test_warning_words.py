"""Every signal, act and row kind that the engine can say has words."""

from dataclasses import replace
from datetime import date

import pytest

from risk.facts import FlowKind
from risk.models.warnings import WARNING_ACTS, WARNING_STATES
from risk.queries.warnings import WarningStep
from risk.warning.values import Signal
from scf.portals.axes import AXES
from scf.portals.risk_desk.warning_words import (
    ACTS,
    DETAILS,
    MEANINGS,
    ROW_KINDS,
    SIGNALS,
    detail,
    figure,
    step_detail,
    threshold,
    until_words,
)
from tests.scf.portals.risk_desk.watched import warned
from tests.support.desks import Desks


def test_every_code_has_a_word() -> None:
    signals = {str(one) for one in Signal}
    assert signals == set(SIGNALS) == set(MEANINGS) == set(DETAILS)
    assert set(ACTS) == set(WARNING_ACTS)
    assert set(AXES["warning"]) == set(WARNING_STATES)
    assert {kind.name.lower() for kind in FlowKind} == set(ROW_KINDS)


@pytest.mark.parametrize(
    ("signal", "unit", "value", "said"),
    [
        ("orders_cut", "ppm", -631_000, "−63.1%"),
        ("payment_slip", "deviations", 2_540_000, "2.5 σ"),
        ("concentration_jump", "ppm", 750_000, "+0.75"),
        ("new_cycle", "count", 3, "3 家"),
        ("limit_use", "ppm", 950_000, "95.0%"),
    ],
)
def test_figures_as_people_read_them(signal: str, unit: str, value: int, said: str) -> None:
    assert figure(signal, unit, value) == said


@pytest.mark.parametrize(
    ("signal", "facts", "said"),
    [
        ("payment_slip", {"now_days": 40, "usual_days": 30}, "现 40 天，惯常 30 天"),
        (
            "concentration_jump",
            {"side": "buyers", "before": 0, "base_ppm": 250_000, "now_ppm": 1_000_000},
            "买方 HHI 由 0.25 到 1.00",
        ),
        (
            "main_buyer_lost",
            {"partner": "甲", "base_minor": 100, "now_minor": 0},
            "甲 由 1.00 到 0.00",
        ),
        ("new_cycle", {"ring": "party:1>party:2"}, "甲 → party:2"),
        ("receipts_lag", {"due_minor": 200, "paid_minor": 100}, "到期 2.00，已回 1.00"),
        ("neighbour_default", {"side": "itself", "defaulted": "2026-03-01"}, "2026-03-01 起违约"),
        (
            "neighbour_default",
            {"side": "buyer", "partner": "甲", "defaulted": "2026-03-01"},
            "买方 甲 2026-03-01 起违约",
        ),
        (
            "limit_use",
            {"scope": "party", "used_minor": 90, "total_minor": 100},
            "企业：已用 0.90，共 1.00",
        ),
    ],
)
def test_what_a_figure_is_made_of(
    desks: Desks, signal: str, facts: dict[str, object], said: str
) -> None:
    row = replace(warned(desks), signal=signal, facts=facts)
    assert detail(row, {"party:1": "甲"}) == said


def test_history_and_sleep_in_words(desks: Desks) -> None:
    row = warned(desks)
    assert threshold(row) == "≤ −30.0%"
    assert until_words(row) == ""
    asleep = replace(row, snoozed_until_date=date(2026, 4, 1))
    assert until_words(asleep) == "暂缓到 2026-04-01"
    step = WarningStep(
        "escalated", "user:1", "超出权限", {"to": "user:2"}, row.raised_date, row.raised_at
    )
    people = {"user:1": "甲", "user:2": "乙"}
    assert step_detail(row, step, people) == "给 乙 · 甲 · 超出权限"
