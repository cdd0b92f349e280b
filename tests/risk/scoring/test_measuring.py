"""Ranking, separation, calibration and drift, each on a case that a hand can follow."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.scoring.measuring import (
    auc,
    auc_interval,
    brier,
    calibration_error,
    deciles,
    gini,
    ks,
    psi,
    roc,
)

BAD = np.array([0, 0, 1, 1])


def test_auc_counts_pairs() -> None:
    assert auc(BAD, np.array([1.0, 2.0, 3.0, 4.0])) == 1.0
    assert auc(BAD, np.array([1.0, 3.0, 2.0, 4.0])) == 0.75
    assert auc(BAD, np.array([1.0, 1.0, 1.0, 1.0])) == 0.5
    assert gini(BAD, np.array([1.0, 3.0, 2.0, 4.0])) == 0.5
    assert np.isnan(auc(np.zeros(3, dtype=np.int64), np.arange(3.0)))


def test_ks_is_the_widest_gap_of_the_curve() -> None:
    wrong, right = roc(BAD, np.array([1.0, 3.0, 2.0, 4.0]))
    assert wrong.tolist() == [0, 0, 0.5, 0.5, 1]
    assert right.tolist() == [0, 0.5, 0.5, 1, 1]
    assert ks(BAD, np.array([1.0, 3.0, 2.0, 4.0])) == 0.5


def test_chances_against_what_happened() -> None:
    chance = np.array([0.1, 0.1, 0.9, 0.5])
    assert brier(BAD, chance) == pytest.approx((0.01 + 0.01 + 0.01 + 0.25) / 4)
    assert deciles(BAD, chance, groups=2) == [pytest.approx((0.1, 0.0)), pytest.approx((0.7, 1.0))]
    assert calibration_error(BAD, chance, groups=2) == pytest.approx((0.2 + 0.6) / 4)


def test_drift_by_hand() -> None:
    """50:50 that becomes 80:20."""
    expected = 0.3 * log(0.8 / 0.5) + (-0.3) * log(0.2 / 0.5)
    assert psi([50, 50], [80, 20]) == pytest.approx(expected)
    assert psi([10, 0], [0, 0]) == 0.0


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(1, 9))
def test_the_same_distribution_has_no_drift(counts: list[int], times: int) -> None:
    assert psi(counts, counts) == 0.0
    full = [count + 1 for count in counts]
    assert psi(full, [count * times for count in full]) == pytest.approx(0, abs=1e-9)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=8))
def test_drift_is_never_negative_and_the_same_both_ways(counts: list[int]) -> None:
    other = list(reversed(counts))
    assert psi(counts, other) >= 0
    assert psi(counts, other) == pytest.approx(psi(other, counts))


def test_an_interval_holds_the_figure_and_comes_again_by_its_seed() -> None:
    draw = np.random.default_rng(1)
    bad = (draw.random(300) < 0.3).astype(np.int64)
    risk = draw.normal(size=300) + bad
    low, high = auc_interval(bad, risk, seed=7)
    assert low < auc(bad, risk) < high
    assert (low, high) == auc_interval(bad, risk, seed=7)
    assert np.isnan(auc_interval(np.zeros(5, dtype=np.int64), np.arange(5.0), seed=1)[0])
