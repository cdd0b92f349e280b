"""Business days and payment-date roll in Asia/Shanghai. Pure.

Chinese public holidays *and* make-up working weekends come from ``chinesecalendar``
(State Council notices); for years not yet announced the weekday decides.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
_SATURDAY = 5


class Roll(StrEnum):
    """How a payment date moves when it is no business day (the interest never moves)."""

    NONE = "none"
    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified_following"


@cache
def is_business_day(day: date) -> bool:
    """True on working days, make-up working weekends included."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # the year's notice is not published yet
        return day.weekday() < _SATURDAY


def business_day_next(day: date) -> date:
    """The first business day after ``day``."""
    return business_day_roll(day=day + timedelta(days=1), roll=Roll.FOLLOWING)


def business_day_previous(day: date) -> date:
    """The last business day before ``day``."""
    day -= timedelta(days=1)
    while not is_business_day(day):
        day -= timedelta(days=1)
    return day


def business_day_roll(*, day: date, roll: Roll) -> date:
    """The payment date for ``day`` under ``roll`` (ISDA 2006 definitions, section 4.12)."""
    if roll is Roll.NONE or is_business_day(day):
        return day
    rolled = day
    while not is_business_day(rolled):
        rolled += timedelta(days=1)
    if roll is Roll.MODIFIED_FOLLOWING and rolled.month != day.month:
        return business_day_previous(day)
    return rolled


def business_days_add(*, day: date, count: int) -> date:
    """``day`` moved on by ``count`` business days."""
    for _ in range(count):
        day = business_day_next(day)
    return day


def calendar_months_add(*, day: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def business_date_of(instant: datetime) -> date:
    """The date in Shanghai at an aware instant."""
    return instant.astimezone(BUSINESS_ZONE).date()
