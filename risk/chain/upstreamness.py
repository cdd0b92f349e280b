"""Upstreamness: how many sales lie between a firm and the final user.

Antràs, Chor, Fally, Hillberry (2012), "Measuring the Upstreamness of Production and Trade
Flows": U_i = 1 + sum over buyers j of (w_ij / sales_i) U_j. A firm that sells to nobody in
the graph sells to final users: U = 1. Goods that go round for ever have no end to count
from: firms that cannot reach a final seller, and whoever sells to them, have no figure.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from risk.arrays import FloatArray
from risk.chain.graph import Graph
from risk.chain.structure import hops_to
from risk.facts import IntArray

TOLERANCE: Final = 1e-12
SWEEPS: Final = 3_000
EDGES_MOST: Final = 400_000_000  # looked at in all sweeps together


@dataclass(frozen=True, slots=True, eq=False)
class Upstreamness:
    """`level` a firm, 1 and more; NaN where there is none. `moved` is the last relative
    change; above the tolerance the sweeps ended early and there are no levels at all."""

    level: FloatArray
    moved: float


def upstreamness(graph: Graph) -> Upstreamness:
    """Upstreamness of all firms by Gauss-Seidel sweeps from the final sellers backwards."""
    sales = graph.sales()
    final = sales == 0
    endless = hops_to(graph, goal=final) < 0
    lost = hops_to(graph, goal=endless) >= 0
    idle = final & (graph.purchases() == 0)
    share = graph.weight / sales[graph.source]
    steps = np.arange(graph.size + 1)
    start = np.searchsorted(graph.source, steps).astype(np.int64)
    order = np.argsort(hops_to(graph, goal=final), kind="stable").astype(np.int64)
    order = order[~lost[order]]
    sweeps = min(SWEEPS, EDGES_MOST // max(len(share), 1))
    level, moved = _sweep(order, start, graph.target, share, graph.size, sweeps)
    missing = lost | idle | (moved > TOLERANCE)
    return Upstreamness(level=np.where(missing, np.nan, level), moved=moved)


@njit(cache=True, nogil=True)
def _sweep(
    order: IntArray, start: IntArray, buyer: IntArray, share: FloatArray, size: int, sweeps: int
) -> tuple[FloatArray, float]:
    level = np.ones(size)
    moved = 0.0
    for _ in range(sweeps):
        moved = 0.0
        for firm in order:
            fresh = 1.0
            for edge in range(start[firm], start[firm + 1]):
                fresh += share[edge] * level[buyer[edge]]
            moved = max(moved, abs(fresh - level[firm]) / fresh)
            level[firm] = fresh
        if moved <= TOLERANCE:
            break
    return level, moved
