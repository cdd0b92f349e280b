import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from risk.chain.betweenness import betweenness
from risk.chain.graph import Graph
from tests.risk.chain.graphs import as_networkx, graph_of, graphs


@given(graph=graphs())
@settings(max_examples=60, deadline=None)
def test_few_firms_are_measured_exactly(graph: Graph) -> None:
    found = betweenness(graph)
    oracle = nx.betweenness_centrality(as_networkx(graph))
    assert found.value.tolist() == pytest.approx([oracle[n] for n in range(graph.size)])
    assert found.error.max(initial=0) == 0


def test_a_sample_lies_within_its_error_and_repeats() -> None:
    random = np.random.default_rng(2)
    rows = [(int(a), int(b), 1) for a, b in random.integers(0, 600, (3_000, 2))]
    graph = graph_of(rows, size=600)
    exact, sample = betweenness(graph, pivots=600), betweenness(graph, pivots=150)
    assert sample.pivots == 150
    off = np.abs(sample.value - exact.value) / np.maximum(sample.error, 1e-12)
    # Most firms, and every one in between often: a small firm reached from few starts has a
    # skewed sample, whose error reads too small.
    assert (off < 3).mean() > 0.8
    assert (off[np.argsort(exact.value)[-60:]] < 4).mean() > 0.9
    assert sample.value.tolist() == betweenness(graph, pivots=150).value.tolist()
    assert exact.error.max() == 0


def test_two_firms_have_nobody_in_between() -> None:
    assert betweenness(graph_of([(0, 1, 1)])).value.tolist() == [0.0, 0.0]
