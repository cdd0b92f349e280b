from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import DomainError
from ledger.rates import DayCount, days_between, interest_minor, year_basis


def test_the_worked_example_to_the_fen() -> None:
    def interest(days: int) -> int:
        return interest_minor(principal_minor=93_720_000, rate_ppm=55_000, days=days, basis=365)

    assert interest(90) == 1_270_997
    assert interest(60) == 847_332
    assert interest(30) == 423_666  # 423,665.75: half up


def test_halves_go_up() -> None:
    assert interest_minor(principal_minor=36_500, rate_ppm=5_000, days=1, basis=365) == 1


@given(st.integers(0, 10**13), st.integers(0, 400_000), st.lists(st.integers(1, 40), max_size=60))
def test_what_the_days_add_is_what_the_whole_is(
    principal: int, rate: int, steps: list[int]
) -> None:
    days, posted = 0, 0
    for step in steps:
        days += step
        due = interest_minor(principal_minor=principal, rate_ppm=rate, days=days, basis=365)
        assert due >= posted
        posted += due - posted
    assert posted == interest_minor(
        principal_minor=principal, rate_ppm=rate, days=sum(steps), basis=365
    )


@pytest.mark.parametrize(
    ("start", "end", "day_count", "days"),
    [
        (date(2028, 2, 28), date(2028, 3, 1), DayCount.ACT_365F, 2),  # a leap year
        (date(2027, 2, 28), date(2027, 3, 1), DayCount.ACT_360, 1),
        (date(2026, 1, 31), date(2026, 2, 28), DayCount.THIRTY_360, 28),
        (date(2026, 1, 30), date(2026, 3, 31), DayCount.THIRTY_360, 60),
        (date(2026, 1, 15), date(2026, 3, 31), DayCount.THIRTY_360, 76),
        (date(2025, 12, 31), date(2026, 12, 31), DayCount.THIRTY_360, 360),
    ],
)
def test_day_counts(start: date, end: date, day_count: DayCount, days: int) -> None:
    assert days_between(start, end, day_count) == days


def test_the_year_of_each_day_count() -> None:
    assert [year_basis(each) for each in DayCount] == [365, 360, 360]


@pytest.mark.parametrize(("principal", "days"), [(-1, 1), (1, -1)])
def test_time_and_principal_never_run_backwards(principal: int, days: int) -> None:
    with pytest.raises(DomainError, match=r"ledger\.amount_invalid"):
        interest_minor(principal_minor=principal, rate_ppm=1, days=days, basis=365)
