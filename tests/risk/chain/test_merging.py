from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from risk.chain.merging import Merged, events_merge

Row = tuple[int, int, int, int]


def merged(*rows: Row, gap: int = 3, most: int = 9) -> Merged:
    day, source, target, amount = (
        np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)
    )
    return events_merge(
        day=day, source=source, target=target, amount_minor=amount, gap_days=gap, most_days=most
    )


def test_parts_within_days_are_one_event_and_another_pair_is_another() -> None:
    found = merged((1, 0, 1, 30), (3, 0, 1, 40), (3, 0, 2, 5), (6, 0, 1, 30), (20, 0, 1, 9))
    assert found.day.tolist() == [1, 3, 20]
    assert found.last_day.tolist() == [6, 3, 20]
    assert found.amount_minor.tolist() == [100, 5, 9]
    assert found.rows_of(0).tolist() == [0, 1, 3]


def test_daily_trade_is_not_one_event_of_a_year() -> None:
    found = merged(*[(day, 0, 1, 1) for day in range(30)])
    assert found.amount_minor.tolist() == [10, 10, 10]


rows = st.tuples(st.integers(0, 25), st.integers(0, 2), st.integers(0, 2), st.integers(1, 9))


@given(st.lists(rows, min_size=1, max_size=25))
def test_as_told_by_hand(drawn: list[Row]) -> None:
    expected = []
    for pair, own in groupby(sorted(drawn, key=lambda r: (r[1], r[2], r[0])), lambda r: r[1:3]):
        days: list[int] = []
        total = 0
        for day, _, _, amount in own:
            if days and (day - days[-1] > 3 or day - days[0] > 9):
                expected.append((days[0], days[-1], *pair, total))
                days, total = [], 0
            days.append(day)
            total += amount
        expected.append((days[0], days[-1], *pair, total))
    found = merged(*drawn)
    columns = (found.day, found.last_day, found.source, found.target, found.amount_minor)
    got = list(zip(*(column.tolist() for column in columns), strict=True))
    assert sorted(got) == sorted(expected)
    assert sorted(found.rows.tolist()) == list(range(len(drawn)))
