"""What people look at: a firm with its largest suppliers and buyers and the rest as "+N".

Totals come from all edges, not from those shown, and positions are by rank of value, so
the same snapshot always gives the same picture.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from risk.chain.graph import Graph
from risk.facts import IntArray

TOP_SUPPLIERS: Final = 8
TOP_BUYERS: Final = 7


@dataclass(frozen=True, slots=True)
class EgoNode:
    """A neighbour, or (position None) the `count` others of its side."""

    position: int | None
    side: str
    rank: int
    total_minor: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Ego:
    """One firm's neighbourhood in one layer; nodes by side and falling value."""

    nodes: tuple[EgoNode, ...]
    suppliers: int
    buyers: int
    total_in_minor: int
    total_out_minor: int


def ego_graph(
    graph: Graph,
    *,
    position: int,
    top_suppliers: int = TOP_SUPPLIERS,
    top_buyers: int = TOP_BUYERS,
) -> Ego:
    """The neighbourhood of the firm at `position`; ties in value go to the lower position."""
    sold = slice(*np.searchsorted(graph.source, [position, position + 1]).tolist())
    bought = np.flatnonzero(graph.target == position)
    suppliers = _side("supplier", graph.source[bought], graph.weight[bought], top_suppliers)
    buyers = _side("buyer", graph.target[sold], graph.weight[sold], top_buyers)
    return Ego(
        nodes=(*suppliers, *buyers),
        suppliers=len(bought),
        buyers=len(graph.target[sold]),
        total_in_minor=int(graph.weight[bought].sum()),
        total_out_minor=int(graph.weight[sold].sum()),
    )


def _side(side: str, partner: IntArray, weight: IntArray, top: int) -> list[EgoNode]:
    order = np.lexsort((partner, -weight))
    shown, rest = order[:top], order[top:]
    nodes = [
        EgoNode(int(partner[index]), side, rank, int(weight[index]))
        for rank, index in enumerate(shown.tolist(), start=1)
    ]
    if len(rest):
        nodes.append(EgoNode(None, side, top + 1, int(weight[rest].sum()), len(rest)))
    return nodes
