"""Dates, weekdays and times as people read them, in the active language. Pure but for that."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
_HANS = "一二三四五六日"
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def language_kind() -> str:
    """``hans``, ``hant`` or ``en``: which of the three catalogues is active."""
    active = (get_language() or "").lower()
    if active.startswith(("zh-hant", "zh-tw", "zh-hk")):
        return "hant"
    return "en" if active.startswith("en") else "hans"


def local_date(value: date | datetime) -> date:
    """The day in Shanghai of an instant; a date stays itself."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date() if value.tzinfo else value.date()
    return value


def weekday(value: date | datetime) -> str:
    """周三, 週三, Wed."""
    index = local_date(value).weekday()
    kind = language_kind()
    if kind == "en":
        return _EN_DAYS[index]
    return ("週" if kind == "hant" else "周") + _HANS[index]


def day(value: date | datetime) -> str:
    """2026-03-18, in every language: the form of tables."""
    return local_date(value).isoformat()


def day_week(value: date | datetime) -> str:
    """2026-03-18 周三: the form of the top bar."""
    return f"{day(value)} {weekday(value)}"


def day_short(value: date | datetime) -> str:
    """03-18 周三: the form of lists of coming days."""
    return f"{day(value)[5:]} {weekday(value)}"


def day_prose(value: date | datetime) -> str:
    """3 月 18 日 星期三, 3 月 18 日 週三, Wed 18 Mar 2026: the form of sentences."""
    when = local_date(value)
    kind = language_kind()
    if kind == "en":
        month = _EN_MONTHS[when.month - 1]
        return f"{_EN_DAYS[when.weekday()]} {when.day} {month} {when.year}"
    name = ("週" if kind == "hant" else "星期") + _HANS[when.weekday()]
    return f"{when.month} 月 {when.day} 日 {name}"


def clock(value: datetime) -> str:
    """18:00, 24 hours, Asia/Shanghai."""
    return value.astimezone(SHANGHAI).strftime("%H:%M")


def moment(value: datetime) -> str:
    """03-18 18:00, Asia/Shanghai."""
    return value.astimezone(SHANGHAI).strftime("%m-%d %H:%M")


def moment_full(value: datetime) -> str:
    """2026-03-18 18:00:05, Asia/Shanghai."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def days_away(value: date, *, on: date) -> str:
    """How far a date is from the business date: 还有 90 天, 今天, 已过 6 天. Beside the date only."""
    days = (value - on).days
    if days == 0:
        return _("今天")
    if days > 0:
        return ngettext("还有 %(days)d 天", "还有 %(days)d 天", days) % {"days": days}
    return ngettext("已过 %(days)d 天", "已过 %(days)d 天", -days) % {"days": -days}
