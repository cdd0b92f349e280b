"""Small chains for tests: edges by name, and random graphs that networkx can measure too."""

from collections.abc import Iterable

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from risk.chain.graph import Graph, graph_from_edges

Edge = tuple[int, int, int]


def graph_of(edges: Iterable[Edge], *, size: int | None = None) -> Graph:
    rows = np.array(list(edges), dtype=np.int64).reshape(-1, 3)
    needed = int(rows[:, :2].max()) + 1 if len(rows) else 0
    return graph_from_edges(
        size=needed if size is None else size,
        source=rows[:, 0],
        target=rows[:, 1],
        weight=rows[:, 2],
    )


def mask(size: int, *positions: int) -> np.ndarray:
    found = np.zeros(size, dtype=bool)
    found[list(positions)] = True
    return found


def as_networkx(graph: Graph) -> "nx.DiGraph[int]":
    oracle: nx.DiGraph[int] = nx.DiGraph()
    oracle.add_nodes_from(range(graph.size))
    for source, target, weight in zip(graph.source, graph.target, graph.weight, strict=True):
        oracle.add_edge(int(source), int(target), weight=int(weight))
    return oracle


@st.composite
def graphs(draw: st.DrawFn, *, most: int = 14) -> Graph:
    size = draw(st.integers(1, most))
    firm = st.integers(0, size - 1)
    edges = draw(st.lists(st.tuples(firm, firm, st.integers(1, 10**12)), max_size=4 * size))
    return graph_of(edges, size=size)
