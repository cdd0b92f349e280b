"""Only a sum that is the only one settles anything."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scf.settlement.subset_sum import SUBSET_ITEMS_MAX, subset_sums


def test_the_one_combination_is_found() -> None:
    assert subset_sums(values=[42_600_000, 57_400_000, 1], target=100_000_000, limit=4) == [(0, 1)]


def test_two_combinations_are_both_shown() -> None:
    values = [42_600_000, 57_400_000, 31_550_000, 68_450_000]
    assert sorted(subset_sums(values=values, target=100_000_000, limit=4)) == [(0, 1), (2, 3)]


def test_nothing_adds_up() -> None:
    assert subset_sums(values=[2, 4, 6], target=5, limit=4) == []
    assert subset_sums(values=[], target=5, limit=4) == []


def test_twenty_five_items_are_searched_to_the_end() -> None:
    values = [2**place for place in range(SUBSET_ITEMS_MAX)]
    target = sum(values) - 1
    assert subset_sums(values=values, target=target, limit=4) == [tuple(range(1, 25))]


def test_more_items_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="26"):
        subset_sums(values=[1] * 26, target=3, limit=2)


@given(st.lists(st.integers(1, 40), max_size=9), st.integers(1, 120))
def test_it_agrees_with_trying_everything(values: list[int], target: int) -> None:
    every = {
        places
        for size in range(1, len(values) + 1)
        for places in combinations(range(len(values)), size)
        if sum(values[place] for place in places) == target
    }
    found = subset_sums(values=values, target=target, limit=len(every) + 1)
    assert set(found) == every
    assert len(found) == len(every)
