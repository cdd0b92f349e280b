"""Dates and weekdays as people read them in three languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from scf.portals import dates

DAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("language", "bar", "prose"),
    [
        ("zh-hans", "2026-03-18 周三", "3 月 18 日 星期三"),
        ("zh-hant", "2026-03-18 週三", "3 月 18 日 週三"),
        ("en", "2026-03-18 Wed", "Wed 18 Mar 2026"),
    ],
)
def test_a_day_in_the_bar_and_in_prose(language: str, bar: str, prose: str) -> None:
    with translation.override(language):
        assert dates.day_week(DAY) == bar
        assert dates.day_prose(DAY) == prose
        assert dates.day(DAY) == "2026-03-18"


def test_instants_are_told_in_shanghai() -> None:
    late = datetime(2026, 3, 17, 16, 30, 5, tzinfo=UTC)
    assert dates.day(late) == "2026-03-18"
    assert dates.clock(late) == "00:30"
    assert dates.moment(late) == "03-18 00:30"
    assert dates.moment_full(late) == "2026-03-18 00:30:05"


def test_sunday_is_the_day_of_the_week_it_is() -> None:
    with translation.override("zh-hans"):
        assert dates.day_short(date(2026, 3, 22)) == "03-22 周日"


def test_how_far_a_date_is() -> None:
    with translation.override("zh-hans"):
        assert dates.days_away(date(2026, 6, 16), on=DAY) == "还有 90 天"
        assert dates.days_away(DAY, on=DAY) == "今天"
        assert dates.days_away(date(2026, 3, 12), on=DAY) == "已过 6 天"
