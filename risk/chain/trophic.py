"""Trophic level: how far down the chain a firm stands, raw material first.

MacKay, Johnson, Sansom (2020), "How directed is a directed network?": levels h solve
(diag(s_in + s_out) - W - W') h = s_in - s_out in every weakly connected component, where
s are strengths. Only differences count, so the lowest level of each component is 0.

Up to `DIRECT_MOST` edges the system is factorised; beyond, where factors may fill up, it is
solved by conjugate gradients within a budget of steps.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from risk.arrays import FloatArray
from risk.chain import kernels
from risk.chain.graph import Graph
from risk.facts import IntArray

RESIDUAL_MOST: Final = 1e-6
REFINEMENTS: Final = 3
DIRECT_MOST: Final = 20_000
SOLVED: Final = 1e-9  # error of an equation relative to the firm's strength
EDGES_MOST: Final = 2_000_000_000  # looked at in all steps together


@dataclass(frozen=True, slots=True, eq=False)
class Trophic:
    """`level` a firm, NaN where it trades with nobody. `residual` is the largest error of
    the system's equations relative to the firm's own strength; above `RESIDUAL_MOST` there
    are no levels at all, since wrong ones would look like right ones."""

    level: FloatArray
    residual: float


def trophic_levels(graph: Graph) -> Trophic:
    """Levels of all firms, measured once a graph."""
    if "trophic" not in graph.kept:
        graph.kept["trophic"] = _levels(graph)
    found: Trophic = graph.kept["trophic"]
    return found


def _levels(graph: Graph) -> Trophic:
    level = np.full(graph.size, np.nan)
    # Whole minor units are exact in doubles up to 2**53; scaling them would not be.
    strength = (graph.sales() + graph.purchases()).astype(np.float64)
    target = (graph.purchases() - graph.sales()).astype(np.float64)
    active = np.flatnonzero(strength > 0)
    if not len(active):
        return Trophic(level=level, residual=0.0)
    labels = connected_components(graph.matrix(), directed=True, connection="weak")[1].astype(
        np.int64
    )
    if len(graph.weight) <= DIRECT_MOST:
        found, residual = _factorised(graph, strength, target, active, labels)
    else:
        found, residual = _iterated(graph, strength, target)
    if not residual <= RESIDUAL_MOST:
        return Trophic(level=level, residual=residual)
    lowest = np.full(labels.max() + 1, np.inf)
    np.minimum.at(lowest, labels[active], found[active])
    level[active] = (found - lowest[labels])[active]
    return Trophic(level=level, residual=residual)


def _factorised(
    graph: Graph,
    strength: FloatArray,
    target: FloatArray,
    active: IntArray,
    labels: IntArray,
) -> tuple[FloatArray, float]:
    """One sparse solve with one firm a component held at 0."""
    weights = graph.matrix()[active][:, active]
    system = (sparse.diags_array(strength[active]) - weights - weights.T).tocsc()
    pinned = np.unique(labels[active], return_index=True)[1]
    free = np.setdiff1d(np.arange(len(active)), pinned)
    found = np.zeros(len(active))
    solver = splu(system[free][:, free].tocsc(), permc_spec="MMD_AT_PLUS_A")
    for _ in range(REFINEMENTS):
        found[free] += solver.solve((target[active] - system @ found)[free])
    residual = float((np.abs(system @ found - target[active]) / strength[active]).max())
    whole = np.zeros(graph.size)
    whole[active] = found
    return whole, residual


def _iterated(graph: Graph, strength: FloatArray, target: FloatArray) -> tuple[FloatArray, float]:
    out, into = graph.selling(), graph.buying()
    weight = graph.weight.astype(np.float64)
    found, residual, _ = kernels.balance(
        (out.start, out.partner, weight),
        (into.start, into.partner, weight[into.edge]),
        strength,
        target,
        SOLVED,
        EDGES_MOST // len(weight),
    )
    return found, float(residual)
