"""Many futures of one pool: which obligors default before their claims fall due.

One-factor Gaussian copula (Vasicek 2002; Li 2000): X = sqrt(r) Z + sqrt(1 - r) e for each
obligor group, and a claim defaults when X < N^-1(p), p the chance up to its due date,
1 - (1 - PD)^(days / 365). Uniforms come from PCG64 with the published seed and are turned
into normals by the inverse distribution, so that a seed means the same draws everywhere.
Sums are whole minor units. Draws are made twice rather than kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.special import ndtri

from risk.arrays import BoolArray, FloatArray
from risk.facts import IntArray

CHUNK: Final = 500
TAIL_PPM: Final = 10_000  # the worst 1%

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Arrays by claim: `unit` is the position of its obligor group, `threshold` the normal
    score below which it defaults, `loss_minor` what investors lose then. `held[i, c]` marks
    that investor i holds units over claim c."""

    unit: IntArray
    units: int
    threshold: FloatArray
    loss_minor: IntArray
    held: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """By draw: total loss and how many investors get less than their principal. By claim:
    in how many draws it defaulted, in how many of the tail. `tail` counts the worst draws."""

    totals: IntArray
    below: IntArray
    defaults: IntArray
    tail_defaults: IntArray
    tail: int


def normal_threshold(pd_ppm: IntArray, days: IntArray) -> FloatArray:
    """Where a claim defaults: yearly chance of default over the days until it falls due."""
    yearly = np.clip(pd_ppm / 1_000_000, 0.0, 1.0)
    chance = 1.0 - (1.0 - yearly) ** (np.maximum(days, 1) / 365)
    found: FloatArray = ndtri(chance)
    return found


def pool_simulate(
    pool: Pool, *, correlation: float, draws: int, seed: int, progress: Progress
) -> Outcome:
    """Draw `draws` futures; `progress` hears how many are done (of twice as many)."""
    totals = np.zeros(draws, dtype=np.int64)
    below = np.zeros(draws, dtype=np.int64)
    defaults = np.zeros(len(pool.unit), dtype=np.int64)
    held = csr_array(pool.held.astype(np.int64))
    done = 0
    for defaulted in _futures(pool, correlation, draws, seed):
        rows = slice(done, done + len(defaulted))
        losses = np.where(defaulted, pool.loss_minor, 0)
        totals[rows] = losses.sum(axis=1)
        below[rows] = ((held @ (losses > 0).T.astype(np.int64)) > 0).sum(axis=0)
        defaults += defaulted.sum(axis=0)
        done += len(defaulted)
        progress(done)
    worst = np.lexsort((np.arange(draws), -totals))[: max(1, draws * TAIL_PPM // 1_000_000)]
    in_tail = np.zeros(draws, dtype=bool)
    in_tail[worst] = True
    tail_defaults = np.zeros_like(defaults)
    at = 0
    for defaulted in _futures(pool, correlation, draws, seed):
        rows = slice(at, at + len(defaulted))
        tail_defaults += defaulted[in_tail[rows]].sum(axis=0)
        at += len(defaulted)
        progress(draws + at)
    return Outcome(totals, below, defaults, tail_defaults, len(worst))


def quantile_minor(totals: IntArray, *, ppm: int) -> int:
    """The smallest loss that at least `ppm` of the draws do not exceed."""
    place = -(-len(totals) * ppm // 1_000_000) - 1
    return int(np.sort(totals)[max(place, 0)])


def _futures(pool: Pool, correlation: float, draws: int, seed: int) -> Iterator[BoolArray]:
    random = np.random.Generator(np.random.PCG64(seed))
    common, own = np.sqrt(correlation), np.sqrt(1.0 - correlation)
    for start in range(0, draws, CHUNK):
        uniform = random.random((min(CHUNK, draws - start), 1 + pool.units))
        score = ndtri(np.clip(uniform, 2.0**-54, 1 - 2.0**-53))
        fortune = common * score[:, :1] + own * score[:, 1:]
        yield fortune[:, pool.unit] < pool.threshold
