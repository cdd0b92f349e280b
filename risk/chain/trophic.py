"""Trophic level: how far down the chain a firm stands, raw material first.

MacKay, Johnson, Sansom (2020), "How directed is a directed network?": levels h solve
(diag(s_in + s_out) - W - W') h = s_in - s_out in every weakly connected component, where
s are strengths. Only differences count, so the lowest level of each component is 0.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from risk.arrays import FloatArray
from risk.chain.graph import Graph

RESIDUAL_MOST: Final = 1e-6
REFINEMENTS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Trophic:
    """`level` a firm, NaN where it trades with nobody. `residual` is the largest error of
    the system's equations relative to the firm's own strength; above `RESIDUAL_MOST` there
    are no levels at all, since wrong ones would look like right ones."""

    level: FloatArray
    residual: float


def trophic_levels(graph: Graph) -> Trophic:
    """Levels of all firms by one sparse solve with one firm a component held at 0."""
    level = np.full(graph.size, np.nan)
    strength = (graph.sales() + graph.purchases()).astype(np.float64)
    active = np.flatnonzero(strength > 0)
    if not len(active):
        return Trophic(level=level, residual=0.0)
    # Whole minor units are exact in doubles up to 2**53; scaling them would not be.
    weights = graph.matrix()[active][:, active]
    system = (sparse.diags_array(strength[active]) - weights - weights.T).tocsc()
    target = (graph.purchases() - graph.sales())[active].astype(np.float64)
    labels = connected_components(weights, directed=True, connection="weak")[1]
    pinned = np.unique(labels, return_index=True)[1]
    free = np.setdiff1d(np.arange(len(active)), pinned)
    found = np.zeros(len(active))
    solver = splu(system[free][:, free].tocsc(), permc_spec="MMD_AT_PLUS_A")
    for _ in range(REFINEMENTS):
        found[free] += solver.solve((target - system @ found)[free])
    residual = float((np.abs(system @ found - target) / strength[active]).max())
    if not residual <= RESIDUAL_MOST:
        return Trophic(level=level, residual=residual)
    lowest = np.full(labels.max() + 1, np.inf)
    np.minimum.at(lowest, labels, found)
    level[active] = found - lowest[labels]
    return Trophic(level=level, residual=residual)
