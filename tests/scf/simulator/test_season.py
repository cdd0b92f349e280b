from __future__ import annotations

from datetime import timedelta

import numpy as np

from scf.network.calendar import is_business_day
from scf.simulator.season import growth_step, order_day_odds
from scf.simulator.values import ChainSpec

SPEC = ChainSpec()


def _daily(company_code: str, growth: float = 0.0) -> list[float]:
    odds = order_day_odds(spec=SPEC, company_code=company_code, growth=growth)
    return [float(step) for step in np.diff(odds, prepend=0.0)]


def _month(daily: list[float], month: tuple[int, int]) -> float:
    return sum(
        share
        for index, share in enumerate(daily)
        if ((day := SPEC.first_date + timedelta(days=index)).year, day.month) == month
    )


def test_orders_are_placed_on_working_days_only() -> None:
    for index, share in enumerate(_daily("1000")):
        day = SPEC.first_date + timedelta(days=index)
        assert (share > 0) is is_business_day(day), day


def test_air_conditioners_are_ordered_in_spring_and_washers_in_autumn() -> None:
    conditioners, washers = _daily("3000"), _daily("2000")
    assert _month(conditioners, (2025, 5)) > 2 * _month(conditioners, (2025, 10))
    assert _month(washers, (2025, 10)) > _month(washers, (2025, 5))


def test_plants_stand_still_around_spring_festival() -> None:
    daily = _daily("1000")
    assert _month(daily, (2026, 2)) < 0.5 * _month(daily, (2026, 1))


def test_a_growing_firm_orders_more_at_the_end() -> None:
    flat, growing = _daily("1000"), _daily("1000", growth=0.5)
    assert _month(growing, (2026, 1)) > _month(flat, (2026, 1))
    assert growth_step(0.4321) == 0.45
