"""Economic systemic risk: the share of all sales that is lost when one firm stops.

Diem, Borsos, Reisch, Kertész, Thurner (2022), "Quantifying firm-level economic systemic
risk from nation-wide supply networks". The variant is named by `VARIANT`: losses pass down
the goods by generalised Leontief production, with what the rest of the failed firm's sector
can supply as market share, and up by lost demand; a firm ends at the larger of the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from risk.arrays import FloatArray, ratio, sums
from risk.chain.cascade_kernels import Space, all_pruned, down_losses, up_losses
from risk.chain.production import Production

VARIANT: Final = (
    "GL-ESRI (Diem et al. 2022): inputs pooled by supplier sector, essential sectors Leontief, "
    "other inputs linear in all inputs, negligible ones none; lost supply scaled by the firm's "
    "share of what its sector still supplies; demand shocks linear in sales; "
    "each firm at the larger of both losses; weighted by sales"
)
TOLERANCE: Final = 1e-13
STEPS: Final = 10_000
TAIL_STEPS: Final = 12
EPSILON: Final = 1e-4
EPSILON_LARGE: Final = 1e-2
LARGE_EDGES: Final = 200_000
# Edges looked at in one pruned cascade, and in all of them; what is left is estimated.
EDGES_MOST: Final = 5_000_000
EDGES_ALL: Final = 20_000_000_000
EXACT_EDGES: Final = 4_000_000_000  # in all unpruned cascades together
STEPS_LEAST: Final = 100


@dataclass(frozen=True, slots=True, eq=False)
class Esri:
    """Shares of all sales lost, 0 to 1, one entry a firm asked for.

    `settled` is False where the cascade was still moving by more than the tolerance.
    """

    down: FloatArray
    up: FloatArray
    combined: FloatArray
    settled: bool


@dataclass(frozen=True, slots=True, eq=False)
class PrunedEsri:
    """ESRI of all firms with small losses estimated instead of passed on.

    The true figure is never below `least` (losses only grow); `waiting` is the linear
    estimate of what was not passed on, and `combined` is least + waiting. `bound` is the
    largest `waiting` of any firm: the estimate counts the same loss twice where firms stand
    still already, so that it errs upwards, by at most itself.
    """

    down: FloatArray
    up: FloatArray
    combined: FloatArray
    least: FloatArray
    waiting: FloatArray
    bound: float
    epsilon: float


def esri_exact(
    chain: Production,
    *,
    firms: Sequence[int] | None = None,
    tolerance: float = TOLERANCE,
) -> Esri:
    """ESRI of each of `firms` (all by default), every loss followed to rest.

    Goods that go round with a small leak come to rest slowly: the steps are bounded, and
    `settled` is False where they did not suffice (the figures are then too low).
    """
    asked = range(chain.size) if firms is None else firms
    affordable = EXACT_EDGES // max(len(asked) * len(chain.buyer), 1)
    steps = min(STEPS, max(STEPS_LEAST, affordable))
    found = np.zeros((3, len(asked)))
    settled = True
    for place, firm in enumerate(asked):
        start = np.zeros(chain.size)
        start[firm] = 1.0
        down, down_steps = down_losses(chain, start, tolerance, steps)
        up, up_steps = up_losses(chain, start, tolerance, steps)
        found[:, place] = (
            chain.value @ down,
            chain.value @ up,
            chain.value @ np.maximum(down, up),
        )
        settled = settled and max(down_steps, up_steps) <= steps
    down_found, up_found, combined = np.minimum(found, 1.0)
    return Esri(down_found, up_found, combined, settled)


def losses_of(chain: Production, *, start: FloatArray) -> FloatArray:
    """What every firm loses when each begins with the loss `start` (0 to 1), both ways."""
    down, _ = down_losses(chain, start, TOLERANCE, STEPS)
    up, _ = up_losses(chain, start, TOLERANCE, STEPS)
    return np.maximum(down, up)


def esri_pruned(
    chain: Production, *, epsilon: float | None = None, edges_most: int = EDGES_MOST
) -> PrunedEsri:
    """ESRI of all firms, fast: a loss whose consequences are worth at most `epsilon` of its
    cascade so far is not passed on but added as its linear estimate (1e-4; 1e-2 above
    200,000 edges)."""
    if epsilon is None:
        epsilon = EPSILON if len(chain.buyer) <= LARGE_EDGES else EPSILON_LARGE
    edges_most = min(edges_most, max(len(chain.buyer), EDGES_ALL // max(chain.size, 1)))
    supplied = sums(chain.sector, chain.supply, chain.sectors)
    down_tail, up_tail = _tails(chain, supplied)
    found = all_pruned(
        chain,
        _space(chain, supplied),
        _space(chain, supplied),
        supplied,
        down_tail,
        up_tail,
        epsilon,
        edges_most,
    )
    down, up, least, waiting_down, waiting_up = found
    waiting = waiting_down + waiting_up
    return PrunedEsri(
        down=np.minimum(down + waiting_down, 1.0),
        up=np.minimum(up + waiting_up, 1.0),
        combined=np.minimum(least + waiting, 1.0),
        least=least,
        waiting=waiting,
        bound=float(waiting.max(initial=0.0)),
        epsilon=epsilon,
    )


def _tails(chain: Production, supplied: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Value lost by others for a unit of loss passed on by each firm, `TAIL_STEPS` links
    deep, as if nothing else had happened."""
    edges = np.diff(chain.out_start)
    seller = np.repeat(np.arange(chain.size), edges)
    buyer = np.repeat(np.arange(chain.size), np.diff(chain.in_start))
    part = np.minimum(ratio(chain.supply, supplied[chain.sector], otherwise=0.0), 1.0)
    down = np.zeros(chain.size)
    up = np.zeros(chain.size)
    for _ in range(TAIL_STEPS):
        hit = chain.value + part * down
        down = np.minimum(sums(seller, chain.down_share * hit[chain.buyer], chain.size), 1.0)
        lost = chain.value + up
        up = np.minimum(sums(buyer, chain.up_share * lost[chain.supplier], chain.size), 1.0)
    return down, up


def _space(chain: Production, supplied: FloatArray) -> Space:
    return Space(
        loss=np.zeros(chain.size),
        pushed=np.zeros(chain.size),
        linear=np.zeros(chain.size),
        pooled=np.zeros(chain.slots),
        left=supplied.copy(),
        touched=np.zeros(chain.size, dtype=np.int64),
        active=np.zeros(chain.size, dtype=np.int64),
        counts=np.zeros(2, dtype=np.int64),
    )
