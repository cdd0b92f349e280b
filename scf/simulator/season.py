"""When orders are placed: working days, seasons, growth, the quiet of Spring Festival. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scf.network.calendar import is_business_day
from scf.simulator.values import ChainSpec

# How busy each month is, January first, for parts bought by and goods sold by an entity.
_MONTHS = {
    "1000": (0.85, 0.70, 0.95, 1.10, 1.25, 1.30, 1.15, 1.00, 0.95, 0.90, 1.00, 0.85),
    "2000": (0.95, 0.70, 0.95, 1.00, 1.00, 1.00, 0.95, 1.00, 1.15, 1.20, 1.15, 0.95),
    "3000": (0.75, 0.80, 1.25, 1.45, 1.50, 1.35, 1.05, 0.80, 0.70, 0.70, 0.80, 0.85),
}
# Weeks around the holiday when plants stand still (Spring Festival 2025, 2026, 2027).
_FESTIVALS = (date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6))


@cache
def order_day_odds(*, spec: ChainSpec, company_code: str, growth: float) -> NDArray[np.float64]:
    """Cumulative odds over the days from ``spec.first_date`` on; the last is 1."""
    days = [spec.first_date + timedelta(days=index) for index in range(spec.history_days)]
    odds = np.array([_day_weight(day=day, company_code=company_code) for day in days])
    odds *= np.linspace(1.0, 1.0 + growth * spec.history_days / 365, num=spec.history_days)
    total: NDArray[np.float64] = np.cumsum(odds)
    shares: NDArray[np.float64] = total / total[-1]
    return shares


def growth_step(growth: float) -> float:
    """Growth in steps of five points, so that the odds of a few classes serve everyone."""
    return round(growth * 20) / 20


def _day_weight(*, day: date, company_code: str) -> float:
    if not is_business_day(day):
        return 0.0
    weight = _MONTHS[company_code][day.month - 1]
    if any(-10 <= (day - festival).days <= 10 for festival in _FESTIVALS):
        weight *= 0.45
    return weight
