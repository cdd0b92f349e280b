"""Weight of evidence by hand, and bins that never turn back, whatever the rows."""

import itertools
from math import log

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from risk.facts import IntArray
from risk.scoring.binning import BinRules, bins_fit, bins_place, bins_weights
from risk.scoring.values import NOTHING

SMALL = BinRules(fine=10, least_ppm=0, least_rows=1)


def test_weights_by_hand() -> None:
    """30 good and 10 bad up to 1, 60 good and 0 bad above: ln of the odds against ln of 90:10."""
    values = np.array([1] * 40 + [2] * 60)
    bad = np.array([1] * 10 + [0] * 90)
    bins = bins_fit(values, bad, rules=SMALL)
    overall = log(90.5 / 10.5)
    assert [one.upto for one in bins.ranges] == [1, None]
    assert [(one.good, one.bad) for one in bins.ranges] == [(30, 10), (60, 0)]
    assert bins.ranges[0].woe_micro == round((log(30.5 / 10.5) - overall) * 1e6)
    assert bins.ranges[1].woe_micro == round((log(60.5 / 0.5) - overall) * 1e6)
    assert bins.direction == -1
    shares = [(30 / 90 - 10 / 10, bins.ranges[0]), (60 / 90, bins.ranges[1])]
    assert bins.iv_micro == round(sum(share * one.woe_micro for share, one in shares))


def test_a_value_that_is_missing_or_special_stands_apart() -> None:
    values = np.array([1] * 30 + [2] * 30 + [99] * 25 + [NOTHING] * 25)
    bad = np.array(([1] * 3 + [0] * 27) + ([1] * 12 + [0] * 18) + [1] * 25 + [0] * 25)
    bins = bins_fit(values, bad, special=(99,))
    assert [one.special for one in bins.specials] == [99]
    assert (bins.specials[0].bad, bins.missing.good) == (25, 25)
    assert bins_place(bins, np.array([1, 2, 3, 99, NOTHING])).tolist() == [0, 1, 1, 2, 3]


def test_a_few_rows_without_a_value_say_nothing() -> None:
    bins = bins_fit(np.array([1] * 50 + [NOTHING] * 3), np.array([0] * 50 + [1] * 3))
    assert bins.missing.woe_micro == 0


def test_a_feature_without_any_value_has_one_bin() -> None:
    bins = bins_fit(np.full(40, NOTHING), np.array([0, 1] * 20))
    assert bins.ranges == ()
    assert bins_place(bins, np.array([5, NOTHING])).tolist() == [0, 0]


def test_a_given_direction_is_kept_against_the_rows() -> None:
    """Risk rises with the value in the rows; told that it falls, the bins say nothing."""
    values = np.arange(200)
    bad = (values >= 150).astype(np.int64)
    assert len(bins_fit(values, bad, direction=-1).ranges) == 1
    assert len(bins_fit(values, bad, direction=1).ranges) > 1


def drawn(seed: int, size: int, spread: int) -> tuple[IntArray, IntArray]:
    draw = np.random.default_rng(seed)
    values = draw.integers(-spread, spread + 1, size)
    return values, (draw.random(size) < draw.random()).astype(np.int64)


@given(st.integers(0, 2**32), st.integers(1, 300), st.integers(0, 60), st.sampled_from([-1, 0, 1]))
def test_weights_go_one_way_only(seed: int, size: int, spread: int, direction: int) -> None:
    values, bad = drawn(seed, size, spread)
    bins = bins_fit(values, bad, direction=direction, rules=SMALL)
    weights = [one.woe_micro for one in bins.ranges]
    steps = [b - a for a, b in itertools.pairwise(weights)]
    assert all(step * bins.direction <= 0 for step in steps)
    assert direction in (0, bins.direction)
    assert sum(one.total for one in bins.all()) == size
    known = bins_weights(bins, np.arange(-60, 61))
    assert np.all(np.diff(known) * bins.direction <= 0)
    counts = np.bincount(bins_place(bins, values), minlength=len(bins.all()))
    assert counts.tolist() == [one.total for one in bins.all()]


@given(st.integers(0, 2**32), st.integers(60, 200), st.integers(0, 20))
def test_no_bin_is_smaller_than_allowed(seed: int, size: int, spread: int) -> None:
    values, bad = drawn(seed, size, spread)
    bins = bins_fit(values, bad, rules=BinRules(fine=20, least_ppm=100_000, least_rows=10))
    assert len(bins.ranges) == 1 or min(one.total for one in bins.ranges) >= 10


def test_the_lack_of_a_figure_can_be_made_to_say_nothing() -> None:
    values = np.array([1] * 40 + [2] * 60 + [NOTHING] * 100)
    bad = np.array([1] * 10 + [0] * 190)
    known = bins_fit(values[:100], bad[:100], rules=SMALL)
    rules = BinRules(fine=10, least_ppm=0, least_rows=1, missing_neutral=True)
    bins = bins_fit(values, bad, rules=rules)
    assert [one.woe_micro for one in bins.ranges] == [one.woe_micro for one in known.ranges]
    assert (bins.missing.woe_micro, bins.missing.good) == (0, 100)
