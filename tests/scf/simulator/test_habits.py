from __future__ import annotations

import pytest

from scf.simulator.habits import PURCHASE_HABITS, SALES_HABITS, Habits


@pytest.mark.parametrize("habits", [PURCHASE_HABITS, SALES_HABITS])
def test_shares_are_shares(habits: Habits) -> None:
    assert sum(habits.visit_shares) == pytest.approx(1.0)
    assert habits.price_tolerable_share + habits.price_wrong_share < 0.1
    assert habits.lead_days[0] < habits.lead_days[1]


def test_distributors_pay_later_than_the_anchor() -> None:
    assert SALES_HABITS.late_payment_share > PURCHASE_HABITS.late_payment_share
