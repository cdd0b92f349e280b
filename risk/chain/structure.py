"""Where a firm stands: hops, rank, core and bow-tie part. One array entry a firm."""

from typing import Final

import numpy as np
from scipy.sparse.csgraph import connected_components

from risk.arrays import BoolArray, FloatArray
from risk.chain.graph import Graph
from risk.facts import IntArray

DAMPING: Final = 0.85
RANK_TOLERANCE: Final = 1e-12
RANK_STEPS: Final = 300
UNREACHED: Final = -1
BOW_TIE: Final = ("other", "core", "in", "out")


def hops_from(graph: Graph, *, start: BoolArray) -> IntArray:
    """Fewest edges from any firm of `start`, along the goods; -1 where none leads there."""
    return _hops(graph.size, graph.source, graph.target, start)


def hops_to(graph: Graph, *, goal: BoolArray) -> IntArray:
    """Fewest edges to any firm of `goal`, along the goods; -1 where none leads there."""
    return _hops(graph.size, graph.target, graph.source, goal)


def page_rank(graph: Graph) -> FloatArray:
    """Weighted PageRank, damping 0.85, by power iteration; sums to 1.

    Firms that sell nothing pass their rank evenly to all (as networkx does).
    """
    if graph.size == 0:
        return np.zeros(0)
    sales = graph.sales()
    share = graph.weight / sales[graph.source]
    rank: FloatArray = np.full(graph.size, 1 / graph.size)
    for _ in range(RANK_STEPS):
        passed = np.bincount(graph.target, weights=rank[graph.source] * share, minlength=graph.size)
        lost = rank[sales == 0].sum() / graph.size
        fresh = DAMPING * (passed + lost) + (1 - DAMPING) / graph.size
        moved = float(np.abs(fresh - rank).sum())
        rank = fresh
        if moved < RANK_TOLERANCE:
            break
    return rank


def core_number(graph: Graph) -> IntArray:
    """k-core of each firm, directions left out: the largest k such that it belongs to a
    group in which everyone trades with k others of the group (Batagelj, Zaversnik 2003)."""
    start, partner = _undirected(graph)
    degree = np.diff(start).tolist()
    order = sorted(range(graph.size), key=degree.__getitem__)
    place = [0] * graph.size
    for index, node in enumerate(order):
        place[node] = index
    first = np.searchsorted(np.sort(degree), np.arange(max(degree, default=0) + 2)).tolist()
    edges, offsets = partner.tolist(), start.tolist()
    for node in order:
        for other in edges[offsets[node] : offsets[node + 1]]:
            if degree[other] > degree[node]:
                _lower(other, degree, order, place, first)
    return np.array(degree, dtype=np.int64)


def bow_tie(graph: Graph, *, anchor: BoolArray) -> IntArray:
    """Each firm's part as a position in `BOW_TIE`.

    The core is the strongly connected component that holds the anchor; without an anchor
    in the graph the largest one of two firms or more. "in" can reach the core, "out" is
    reached from it.
    """
    part = np.zeros(graph.size, dtype=np.int64)
    core = _core(graph, anchor)
    if core.any():
        part[hops_to(graph, goal=core) > 0] = BOW_TIE.index("in")
        part[hops_from(graph, start=core) > 0] = BOW_TIE.index("out")
        part[core] = BOW_TIE.index("core")
    return part


def strong_components(graph: Graph) -> IntArray:
    """Label of each firm's strongly connected component."""
    if graph.size == 0:
        return np.zeros(0, dtype=np.int64)
    labels = connected_components(graph.matrix(), directed=True, connection="strong")[1]
    return np.asarray(labels, dtype=np.int64)


def _core(graph: Graph, anchor: BoolArray) -> BoolArray:
    labels = strong_components(graph)
    sizes = np.bincount(labels)
    touched = np.zeros(graph.size, dtype=bool)
    touched[graph.source] = touched[graph.target] = True
    at_anchor = np.flatnonzero(anchor & touched)
    if len(at_anchor):
        return np.isin(labels, labels[at_anchor])
    if not len(sizes) or sizes.max() < 2:
        return np.zeros(graph.size, dtype=bool)
    largest = np.flatnonzero(sizes[labels] == sizes.max())[0]
    return np.asarray(labels == labels[largest], dtype=bool)


def _hops(size: int, tail: IntArray, head: IntArray, start: BoolArray) -> IntArray:
    hops = np.where(start, 0, UNREACHED).astype(np.int64)
    frontier = start.copy()
    step = 0
    while frontier.any():
        step += 1
        reached = np.zeros(size, dtype=bool)
        reached[head[frontier[tail]]] = True
        frontier = reached & (hops == UNREACHED)
        hops[frontier] = step
    return hops


def _undirected(graph: Graph) -> tuple[IntArray, IntArray]:
    """Offsets and partners of the simple graph without directions."""
    both = np.concatenate(
        (
            graph.source * graph.size + graph.target,
            graph.target * graph.size + graph.source,
        )
    )
    codes = np.unique(both)
    degree = np.bincount(codes // max(graph.size, 1), minlength=graph.size)
    offsets = np.concatenate(([0], np.cumsum(degree))).astype(np.int64)
    return offsets, codes % max(graph.size, 1)


def _lower(
    node: int, degree: list[int], order: list[int], place: list[int], first: list[int]
) -> None:
    """Take one from a node's degree and keep `order` sorted by degree: swap it with the
    first node of its degree, then let that degree begin one later."""
    bucket = degree[node]
    head = first[bucket]
    other = order[head]
    order[head], order[place[node]] = node, other
    place[other], place[node] = place[node], head
    first[bucket] += 1
    degree[node] -= 1
