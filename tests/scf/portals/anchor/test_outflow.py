"""Thirteen weeks of outflow, by entity."""

from datetime import date
from typing import Any

import pytest

from scf.portals.anchor.outflow import Outflow, outflow_chart, plan_state, week_name

ON = date(2026, 3, 18)


def flow(due: date, amount: int, obligor: str = "沧澜制冷") -> Outflow:
    return Outflow(due, 1, obligor, 1, amount, "same", "", plan_state(due, on=ON))


@pytest.mark.parametrize(
    ("due", "state"),
    [
        (date(2026, 3, 17), "overdue"),
        (ON, "due"),
        (date(2026, 3, 24), "soon"),
        (date(2026, 3, 25), "scheduled"),
    ],
)
def test_how_near_a_payment_is(due: date, state: str) -> None:
    assert plan_state(due, on=ON) == state


def test_each_entity_is_a_colour_and_each_week_a_bar() -> None:
    flows = [flow(ON, 100), flow(date(2026, 3, 25), 50, "沧澜洗涤"), flow(date(2027, 1, 1), 9)]
    chart = outflow_chart(flows, on=ON)
    drawn: Any = chart.data["series"]
    first, second = drawn
    assert {first["name"], second["name"]} == {"沧澜制冷", "沧澜洗涤"}
    sums = [sum(one["data"]) for one in (first, second)]
    assert sorted(sums) == [50, 100]  # what lies beyond thirteen weeks is not drawn
    assert len(chart.rows) == 13


def test_weeks_are_named_by_their_first_day() -> None:
    assert week_name(date(2026, 3, 20), on=ON) == "2026-03-18 +"
    assert week_name(date(2026, 3, 1), on=ON) == "已逾期"
