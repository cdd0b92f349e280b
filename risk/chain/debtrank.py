"""DebtRank: how much of all value is hit when one firm does not pay.

Battiston, Puliga, Kaushik, Tasca, Caldarelli (2012), "DebtRank: Too Central to Fail?". A
supplier is its buyers' creditor: a buyer in distress takes from the supplier the share of
its capital that is owed by the buyer. Without balance sheets the capital is the supplier's
sales of the window, so that no single buyer can take more than its share of them. A firm
passes distress on once; what is at most epsilon is counted and not passed on, so that the
figure is never above the true one. The firm's own value is not counted (h(1) is taken off).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from risk.arrays import BoolArray, FloatArray, ratio, sums
from risk.chain.graph import Graph
from risk.facts import IntArray

VARIANT: Final = (
    "DebtRank (Battiston et al. 2012): buyer's distress hits its suppliers by the share of "
    "their sales; value = share of all sales; each firm passes distress on once; "
    "the shocked firm's own value left out"
)
EPSILON: Final = 1e-6
EPSILON_LARGE: Final = 1e-3
LARGE_EDGES: Final = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class DebtRank:
    """`value` a firm, 0 to 1; `epsilon` is the distress that was not passed on."""

    value: FloatArray
    epsilon: float


def debt_rank(
    graph: Graph, *, capital: FloatArray | None = None, epsilon: float | None = None
) -> DebtRank:
    """DebtRank of every firm; `capital` in the weights' unit, the firm's sales by default."""
    if epsilon is None:
        epsilon = EPSILON if len(graph.weight) <= LARGE_EDGES else EPSILON_LARGE
    sales = graph.sales().astype(np.float64)
    held = sales if capital is None else capital
    order = np.lexsort((graph.source, graph.target))
    supplier = graph.source[order]
    impact = np.minimum(ratio(graph.weight[order], held[supplier], otherwise=1.0), 1.0)
    start = np.searchsorted(graph.target[order], np.arange(graph.size + 1)).astype(np.int64)
    worth = ratio(sales, np.full(graph.size, sales.sum()), otherwise=0.0)
    found = _ranks(start, supplier, impact, worth, epsilon)
    return DebtRank(value=np.clip(found, 0.0, 1.0), epsilon=epsilon)


def distress_of(graph: Graph, *, failed: BoolArray) -> FloatArray:
    """Distress of every firm, 0 to 1, when those of `failed` do not pay, all at once."""
    sales = graph.sales().astype(np.float64)
    impact = ratio(graph.weight, sales[graph.source])
    distress = failed.astype(np.float64)
    active, passed = failed.copy(), failed.copy()
    while active.any():
        level = np.where(active, distress, 0.0)
        hit = sums(graph.source, impact * level[graph.target], graph.size)
        fresh = np.minimum(distress + hit, 1.0)
        active = (fresh > 0) & ~passed
        passed |= active
        distress = fresh
    return distress


@njit(cache=True, nogil=True)
def _ranks(
    start: IntArray, supplier: IntArray, impact: FloatArray, worth: FloatArray, epsilon: float
) -> FloatArray:
    size = len(worth)
    found = np.zeros(size)
    distress = np.zeros(size)
    passed = np.zeros(size, dtype=np.bool_)
    queued = np.zeros(size, dtype=np.bool_)
    touched = np.empty(size, dtype=np.int64)
    now = np.empty(size, dtype=np.int64)
    later = np.empty(size, dtype=np.int64)
    level = np.empty(size)
    for first in range(size):
        distress[first] = 1.0
        touched[0] = now[0] = first
        n_touched = n_now = 1
        while n_now:
            n_later = 0
            for at in range(n_now):
                level[at] = distress[now[at]]
                passed[now[at]] = True
                queued[now[at]] = False
            for at in range(n_now):
                for edge in range(start[now[at]], start[now[at] + 1]):
                    hit = supplier[edge]
                    if distress[hit] == 0.0:
                        touched[n_touched] = hit
                        n_touched += 1
                    distress[hit] = min(1.0, distress[hit] + impact[edge] * level[at])
                    if distress[hit] > epsilon and not passed[hit] and not queued[hit]:
                        queued[hit] = True
                        later[n_later] = hit
                        n_later += 1
            now, later, n_now = later, now, n_later
        for at in range(n_touched):
            firm = touched[at]
            if firm != first:
                found[first] += worth[firm] * distress[firm]
            distress[firm] = 0.0
            passed[firm] = False
    return found
