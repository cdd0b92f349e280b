"""Chinese business days: holidays, make-up weekends, and the roll of a payment date."""

from datetime import UTC, date, datetime

import pytest

from scf.network.calendar import (
    Roll,
    business_date_of,
    business_day_next,
    business_day_previous,
    business_day_roll,
    business_days_add,
    calendar_months_add,
    is_business_day,
)


def test_national_day_is_no_business_day_and_its_make_up_saturday_is() -> None:
    assert not is_business_day(date(2025, 10, 1))
    assert is_business_day(date(2025, 9, 28))  # a Sunday worked instead
    assert is_business_day(date(2026, 3, 18))
    assert not is_business_day(date(2026, 3, 21))


def test_a_year_without_a_notice_falls_back_on_the_weekday() -> None:
    assert is_business_day(date(2090, 1, 2))
    assert not is_business_day(date(2090, 1, 1))


def test_next_and_previous_jump_over_the_holiday() -> None:
    assert business_day_next(date(2025, 9, 30)) == date(2025, 10, 9)
    assert business_day_previous(date(2025, 10, 9)) == date(2025, 9, 30)


@pytest.mark.parametrize(
    ("day", "roll", "expected"),
    [
        (date(2026, 1, 31), Roll.NONE, date(2026, 1, 31)),
        (date(2026, 1, 31), Roll.FOLLOWING, date(2026, 2, 2)),
        (date(2026, 1, 31), Roll.MODIFIED_FOLLOWING, date(2026, 1, 30)),
        (date(2026, 3, 18), Roll.FOLLOWING, date(2026, 3, 18)),
    ],
)
def test_roll(day: date, roll: Roll, expected: date) -> None:
    assert business_day_roll(day=day, roll=roll) == expected


def test_adding_business_days_and_months() -> None:
    assert business_days_add(day=date(2026, 3, 20), count=1) == date(2026, 3, 23)
    assert calendar_months_add(day=date(2026, 8, 31), months=6) == date(2027, 2, 28)
    assert calendar_months_add(day=date(2026, 3, 15), months=-6) == date(2025, 9, 15)
    assert calendar_months_add(day=date(2026, 12, 31), months=12) == date(2027, 12, 31)


def test_the_business_date_is_shanghais() -> None:
    assert business_date_of(datetime(2026, 3, 18, 17, 0, tzinfo=UTC)) == date(2026, 3, 19)
