"""Interest in integers: rates in parts per million, days by a day count, rounding half up, cumulative."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ledger.errors import DomainError

PPM = 1_000_000


class DayCount(StrEnum):
    ACT_365F = "ACT/365F"
    ACT_360 = "ACT/360"
    THIRTY_360 = "30/360"


def year_basis(day_count: DayCount) -> int:
    """Days in the year that the rate speaks of."""
    return 365 if day_count is DayCount.ACT_365F else 360


def days_between(start: date, end: date, day_count: DayCount) -> int:
    """Days from `start` (inclusive) to `end` (exclusive); 30/360 is the bond basis (ISDA 2006, 4.16(f))."""
    if day_count is not DayCount.THIRTY_360:
        return (end - start).days
    first = min(start.day, 30)
    last = 30 if end.day == 31 and first == 30 else end.day
    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - first


def interest_minor(*, principal_minor: int, rate_ppm: int, days: int, basis: int) -> int:
    """Interest due in minor units after `days` of one interest period, from its start, rounded half up.

    Cumulative: what a day adds is this less the same for the day before, so that nothing drifts.
    Raises DomainError("ledger.amount_invalid") when days or principal are negative.
    """
    if days < 0 or principal_minor < 0:
        raise DomainError("ledger.amount_invalid", amount=min(days, principal_minor))
    divisor = PPM * basis
    return (principal_minor * rate_ppm * days + divisor // 2) // divisor
