import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from risk.chain.graph import Graph
from risk.chain.structure import (
    BOW_TIE,
    bow_tie,
    core_number,
    hops_from,
    hops_to,
    page_rank,
    strong_components,
)
from tests.risk.chain.graphs import as_networkx, graph_of, graphs, mask


@given(graphs())
def test_page_rank_is_networkx_s(graph: Graph) -> None:
    oracle = nx.pagerank(as_networkx(graph), alpha=0.85, tol=1e-13, max_iter=500)
    assert page_rank(graph).tolist() == pytest.approx(
        [oracle[n] for n in range(graph.size)], abs=1e-9
    )


@given(graphs())
def test_core_number_is_networkx_s(graph: Graph) -> None:
    oracle = nx.core_number(as_networkx(graph).to_undirected())
    assert core_number(graph).tolist() == [oracle[n] for n in range(graph.size)]


@given(graphs())
def test_strong_components_are_networkx_s(graph: Graph) -> None:
    label = strong_components(graph)
    ours = {frozenset(np.flatnonzero(label == one).tolist()) for one in set(label.tolist())}
    assert ours == {
        frozenset(part) for part in nx.strongly_connected_components(as_networkx(graph))
    }


@given(graphs())
def test_hops_are_networkx_s(graph: Graph) -> None:
    oracle = nx.single_source_shortest_path_length(as_networkx(graph), 0)
    assert hops_from(graph, start=mask(graph.size, 0)).tolist() == [
        oracle.get(n, -1) for n in range(graph.size)
    ]


def test_hops_to_the_anchor_run_along_the_goods() -> None:
    graph = graph_of([(0, 1, 5), (1, 2, 5), (2, 3, 5)])
    assert hops_to(graph, goal=mask(4, 2)).tolist() == [2, 1, 0, -1]
    assert hops_from(graph, start=mask(4, 2)).tolist() == [-1, -1, 0, 1]


def test_bow_tie_around_the_anchor_and_without_it() -> None:
    # 0 -> 1 -> anchor 2 -> 3, and 4 <-> 5 apart from it, 6 -> 4.
    graph = graph_of([(0, 1, 1), (1, 2, 1), (2, 3, 1), (4, 5, 1), (5, 4, 1), (6, 4, 1)])
    around = [BOW_TIE[part] for part in bow_tie(graph, anchor=mask(7, 2))]
    assert around == ["in", "in", "core", "out", "other", "other", "other"]
    rest = graph.without(mask(7, 2))
    assert [BOW_TIE[p] for p in bow_tie(rest, anchor=mask(7))] == [
        *["other"] * 4,
        "core",
        "core",
        "in",
    ]


def test_a_chain_without_a_loop_has_no_core() -> None:
    assert set(bow_tie(graph_of([(0, 1, 1), (1, 2, 1)]), anchor=mask(3)).tolist()) == {0}


def test_nothing_to_measure() -> None:
    empty = graph_of([], size=0)
    assert page_rank(empty).tolist() == []
    assert core_number(empty).tolist() == []
    assert strong_components(empty).tolist() == []
