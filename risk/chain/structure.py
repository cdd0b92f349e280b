"""Where a firm stands: hops, rank, core and bow-tie part. One array entry a firm."""

from typing import Final

import numpy as np

from risk.arrays import BoolArray, FloatArray
from risk.chain import kernels
from risk.chain.graph import Graph, Slices
from risk.facts import IntArray

DAMPING: Final = 0.85
RANK_TOLERANCE: Final = 1e-12
RANK_STEPS: Final = 300
BOW_TIE: Final = ("other", "core", "in", "out")


def hops_from(graph: Graph, *, start: BoolArray) -> IntArray:
    """Fewest edges from any firm of `start`, along the goods; -1 where none leads there."""
    return _steps(graph.selling(), start)


def hops_to(graph: Graph, *, goal: BoolArray) -> IntArray:
    """Fewest edges to any firm of `goal`, along the goods; -1 where none leads there."""
    return _steps(graph.buying(), goal)


def page_rank(graph: Graph) -> FloatArray:
    """Weighted PageRank, damping 0.85, by power iteration; sums to 1.

    Firms that sell nothing pass their rank evenly to all (as networkx does).
    """
    if graph.size == 0:
        return np.zeros(0)
    sales, buying = graph.sales(), graph.buying()
    share = (graph.weight / sales[graph.source])[buying.edge]
    even = np.full(graph.size, 1 / graph.size)
    rank: FloatArray = kernels.rank_flow(
        buying.start,
        buying.partner.astype(np.int32),
        share,
        even,
        sales == 0,
        DAMPING,
        RANK_TOLERANCE,
        RANK_STEPS,
    )
    return rank


def core_number(graph: Graph) -> IntArray:
    """k-core of each firm, directions left out: the largest k such that it belongs to a
    group in which everyone trades with k others of the group (Batagelj, Zaversnik 2003)."""
    out, into = graph.selling(), graph.buying()
    merged = kernels.undirect(out.start, out.partner, into.start, into.partner)
    number: IntArray = kernels.cores(*merged)
    return number


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
    selling = graph.selling()
    labels: IntArray = kernels.strong_labels(selling.start, selling.partner)
    return labels


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


def _steps(slices: Slices, seeds: BoolArray) -> IntArray:
    found: IntArray = kernels.steps_from(
        slices.start, slices.partner, np.require(seeds, np.bool_, ["C", "W"])
    )
    return found
