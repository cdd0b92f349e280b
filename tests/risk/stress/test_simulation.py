from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.stress.simulation import (
    Outcome,
    Pool,
    normal_threshold,
    pool_simulate,
    quantile_minor,
)


def claims(pd_ppm: list[int], *, unit: list[int] | None = None, days: int = 365) -> Pool:
    count = len(pd_ppm)
    return Pool(
        unit=np.arange(count) if unit is None else np.array(unit),
        units=count if unit is None else max(unit) + 1,
        threshold=normal_threshold(np.array(pd_ppm), np.full(count, days)),
        loss_minor=np.full(count, 100),
        held=np.eye(count, dtype=bool),
    )


def simulated(
    pool: Pool, *, correlation: float = 0.0, draws: int = 20_000, seed: int = 1
) -> Outcome:
    return pool_simulate(
        pool, correlation=correlation, draws=draws, seed=seed, progress=lambda done: None
    )


def test_claims_default_as_often_as_they_should() -> None:
    outcome = simulated(claims([100_000, 50_000, 0, 1_000_000]))
    assert outcome.defaults[0] / 20_000 == pytest.approx(0.1, abs=0.01)
    assert outcome.defaults[1] / 20_000 == pytest.approx(0.05, abs=0.008)
    assert outcome.defaults[2:].tolist() == [0, 20_000]


def test_a_shorter_time_to_the_due_date_is_a_smaller_chance() -> None:
    quarter = simulated(claims([190_000], days=91)).defaults[0] / 20_000
    assert quarter == pytest.approx(1 - 0.81 ** (91 / 365), abs=0.006)


def test_claims_on_one_group_default_together() -> None:
    together = simulated(claims([100_000, 100_000], unit=[0, 0]))
    assert set(together.totals.tolist()) == {0, 200}


def test_a_common_factor_fattens_the_tail_and_leaves_the_mean() -> None:
    alone, joined = (simulated(claims([50_000] * 60), correlation=r) for r in (0.0, 0.4))
    assert joined.totals.mean() == pytest.approx(alone.totals.mean(), rel=0.1)
    assert quantile_minor(joined.totals, ppm=990_000) > 2 * quantile_minor(
        alone.totals, ppm=990_000
    )


def test_the_same_seed_is_the_same_future_and_another_is_not() -> None:
    pool = claims([200_000] * 5)
    one, same, other = (simulated(pool, seed=seed) for seed in (9, 9, 10))
    assert one.totals.tolist() == same.totals.tolist()
    assert one.tail_defaults.tolist() == same.tail_defaults.tolist()
    assert one.totals.tolist() != other.totals.tolist()


def test_a_published_seed_means_these_draws_for_anybody_who_checks() -> None:
    """The same futures from the published seed with the standard library's normal."""
    totals = simulated(claims([300_000] * 4), correlation=0.2, draws=400, seed=42).totals
    uniform = np.random.Generator(np.random.PCG64(42)).random((400, 5)).tolist()
    normal = NormalDist()
    expected = []
    for row in uniform:
        common, *own = (normal.inv_cdf(value) for value in row)
        fortunes = [sqrt(0.2) * common + sqrt(0.8) * one for one in own]
        expected.append(100 * sum(one < normal.inv_cdf(0.3) for one in fortunes))
    assert totals.tolist() == expected


@given(small=st.integers(0, 900_000), more=st.integers(0, 99_999))
@settings(max_examples=25, deadline=None)
def test_a_larger_chance_of_default_never_loses_less(small: int, more: int) -> None:
    """Draw by draw, since the futures are the same."""
    low, high = (simulated(claims([pd] * 3), draws=500) for pd in (small, small + more))
    assert (high.totals >= low.totals).all()


def test_investors_below_principal_are_counted_by_draw() -> None:
    outcome = simulated(claims([1_000_000, 0]), draws=500)
    assert set(outcome.below.tolist()) == {1}


def test_progress_is_heard_to_its_end() -> None:
    heard: list[int] = []
    pool_simulate(claims([1]), correlation=0, draws=1_200, seed=1, progress=heard.append)
    assert heard == [500, 1_000, 1_200, 1_700, 2_200, 2_400]


def test_a_quantile_is_a_loss_that_occurred() -> None:
    totals = np.arange(1, 1_001)
    assert quantile_minor(totals, ppm=990_000) == 990
    assert quantile_minor(np.array([5]), ppm=990_000) == 5
