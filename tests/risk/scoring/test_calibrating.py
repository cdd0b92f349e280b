"""From scores to chances: never rising with the score, close to what happened."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.scoring.calibrating import METHODS, calibrate, method_for, pool_adjacent


def test_neighbours_that_fall_are_pooled() -> None:
    assert pool_adjacent([1.0, 3.0, 2.0, 4.0], [1, 1, 1, 1]).tolist() == [1, 2.5, 2.5, 4]
    assert pool_adjacent([3.0, 1.0], [1, 3]).tolist() == [1.5, 1.5]


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_pooled_figures_never_fall_and_keep_the_mean(values: list[float]) -> None:
    found = pool_adjacent(values, [1.0] * len(values))
    assert np.all(np.diff(found) >= -1e-9)
    assert found.mean() == pytest.approx(np.mean(values), abs=1e-9)


def scores_and_bad(rows: int) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(3)
    score = np.clip(draw.normal(600, 80, rows), 350, 950).astype(np.int64)
    chance = 1 / (1 + np.exp((score - 520) / 60))
    return score, (draw.random(rows) < chance).astype(np.int64)


@pytest.mark.parametrize("method", METHODS)
def test_chances_are_close_and_fall_with_the_score(method: str) -> None:
    score, bad = scores_and_bad(8_000)
    table = calibrate(score, bad, method=method)
    assert len(table) == 601
    assert all(a >= b for a, b in itertools.pairwise(table))
    for mark in (500, 550, 600, 650):
        near = np.abs(score - mark) <= 10
        assert abs(table[mark - 350] / 1e6 - bad[near].mean()) < 0.05


def test_a_score_that_ranks_the_wrong_way_round_gets_one_chance_for_all() -> None:
    score = np.array([400] * 100 + [900] * 100)
    bad = np.array([0] * 100 + [1] * 100)
    assert len(set(calibrate(score, bad, method="platt"))) == 1


def test_few_rows_go_by_two_figures_and_many_by_steps() -> None:
    assert (method_for(999), method_for(1_000)) == ("platt", "isotonic")
