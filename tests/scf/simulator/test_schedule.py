from __future__ import annotations

from datetime import date

import pytest

from scf.network.calendar import is_business_day
from scf.simulator.draws import Draws
from scf.simulator.schedule import (
    orders_plan,
    parts_split,
    payment_date_draw,
    quantity_draw,
)
from tests.scf.simulator.scenes import SMALL, small_chain


def test_orders_come_in_order_of_date_and_by_weight() -> None:
    chain = small_chain()
    plans = list(
        orders_plan(
            draws=Draws(seed=1, stream="plans"), spec=SMALL, firms=chain.suppliers, count=500
        )
    )
    assert len(plans) == 500
    assert [plan.order_date for plan in plans] == sorted(plan.order_date for plan in plans)
    heaviest = max(chain.suppliers, key=lambda firm: firm.weight)
    lightest = min((firm for firm in chain.suppliers if firm.weight), key=lambda firm: firm.weight)
    orders = [plan.firm.code for plan in plans]
    assert orders.count(heaviest.code) > orders.count(lightest.code)


@pytest.mark.parametrize(("total", "count"), [(10_000, 3), (1_000, 3), (7_000, 1), (2_500, 2)])
def test_parts_add_up(total: int, count: int) -> None:
    parts = parts_split(draws=Draws(seed=2, stream="parts"), total=total, count=count, step=1_000)
    assert sum(parts) == total
    assert 1 <= len(parts) <= count
    assert all(part > 0 for part in parts)


def test_quantities_are_tidy_whole_units() -> None:
    draws = Draws(seed=3, stream="quantities")
    for item in small_chain().suppliers[0].items:
        for _ in range(20):
            assert quantity_draw(draws=draws, item=item, sigma=0.8) % 1_000 == 0


def test_payers_pay_on_working_days_and_seldom_late() -> None:
    draws = Draws(seed=4, stream="payers")
    due = date(2026, 5, 1)  # a holiday
    days = [
        payment_date_draw(draws=draws, due_date=due, late_share=0.1, late_days=11)
        for _ in range(200)
    ]
    assert all(is_business_day(day) and day > due for day in days)
    assert days.count(min(days)) > 150
