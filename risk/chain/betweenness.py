"""Betweenness: on how many shortest ways along the goods a firm stands in between.

Brandes (2001) from a sample of starting firms (Brandes, Pich 2007) drawn with a published
seed; with at most `PIVOTS` firms all are starts and the figure is exact. Directed, every
step counts one, as a share of all ordered pairs of other firms.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from risk.arrays import FloatArray
from risk.chain.graph import Graph
from risk.facts import IntArray

PIVOTS: Final = 2_048
PIVOTS_LEAST: Final = 16
EDGES_MOST: Final = 60_000_000  # looked at in all starts together
SEED: Final = 20_070_101


@dataclass(frozen=True, slots=True, eq=False)
class Betweenness:
    """`value` a firm, 0 to 1, with its standard error (0 where exact) from `pivots` starts."""

    value: FloatArray
    error: FloatArray
    pivots: int
    seed: int


def betweenness(graph: Graph, *, pivots: int = PIVOTS, seed: int = SEED) -> Betweenness:
    """Betweenness of all firms; fewer starts than `pivots` where edges are many."""
    size = graph.size
    affordable = max(PIVOTS_LEAST, EDGES_MOST // max(len(graph.weight), 1))
    count = min(size, pivots, affordable)
    if size < 3:
        nothing = np.zeros(size)
        return Betweenness(nothing, nothing, count, seed)
    drawn = np.random.Generator(np.random.PCG64(seed)).permutation(size)[:count]
    start = np.searchsorted(graph.source, np.arange(size + 1)).astype(np.int64)
    total, squares = _from_pivots(np.sort(drawn).astype(np.int64), start, graph.target)
    scale = size / (count * (size - 1) * (size - 2))
    spread = np.maximum(squares - total**2 / count, 0.0) / max(count - 1, 1)
    error = scale * np.sqrt(count * spread * (1 - count / size))
    return Betweenness(total * scale, error, count, seed)


@njit(cache=True, nogil=True)
def _from_pivots(
    pivots: IntArray, start: IntArray, buyer: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Sums over the starts of each firm's dependency, and of its square."""
    size = len(start) - 1
    total = np.zeros(size)
    squares = np.zeros(size)
    depth = np.full(size, -1, dtype=np.int64)
    ways = np.zeros(size)
    weight = np.zeros(size)
    order = np.empty(size, dtype=np.int64)
    for pivot in pivots:
        reached = _reach(pivot, start, buyer, depth, ways, order)
        for place in range(reached - 1, 0, -1):
            firm = order[place]
            weight[firm] = _dependency(firm, start, buyer, depth, ways, weight)
            total[firm] += weight[firm]
            squares[firm] += weight[firm] ** 2
        for place in range(reached):
            firm = order[place]
            depth[firm], ways[firm], weight[firm] = -1, 0.0, 0.0
    return total, squares


@njit(cache=True, nogil=True)
def _reach(
    pivot: int,
    start: IntArray,
    buyer: IntArray,
    depth: IntArray,
    ways: FloatArray,
    order: IntArray,
) -> int:
    """Fill in depth and number of shortest ways from the pivot; gives how many it reaches."""
    depth[pivot], ways[pivot], order[0] = 0, 1.0, pivot
    reached, at = 1, 0
    while at < reached:
        firm = order[at]
        at += 1
        for edge in range(start[firm], start[firm + 1]):
            hit = buyer[edge]
            if depth[hit] < 0:
                depth[hit] = depth[firm] + 1
                order[reached] = hit
                reached += 1
            if depth[hit] == depth[firm] + 1:
                ways[hit] += ways[firm]
    return reached


@njit(cache=True, nogil=True)
def _dependency(
    firm: int,
    start: IntArray,
    buyer: IntArray,
    depth: IntArray,
    ways: FloatArray,
    weight: FloatArray,
) -> float:
    """Part of the pivot's shortest ways that pass through the firm, summed over their ends."""
    found = 0.0
    for edge in range(start[firm], start[firm + 1]):
        hit = buyer[edge]
        if depth[hit] == depth[firm] + 1:
            found += ways[firm] / ways[hit] * (1.0 + weight[hit])
    return found
