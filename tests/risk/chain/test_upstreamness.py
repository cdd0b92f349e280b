import numpy as np
import pytest
from hypothesis import given, settings

from risk.chain.graph import Graph
from risk.chain.upstreamness import upstreamness
from tests.risk.chain.graphs import graph_of, graphs


def test_sales_are_counted_to_the_final_user() -> None:
    found = upstreamness(graph_of([(0, 1, 10), (1, 2, 10), (0, 2, 30)]))
    assert found.level.tolist() == pytest.approx([2.25, 2.0, 1.0])


def test_goods_that_go_round_for_ever_have_no_figure() -> None:
    found = upstreamness(graph_of([(0, 1, 5), (1, 0, 5), (2, 0, 1), (3, 4, 1)], size=6))
    assert np.isnan(found.level[[0, 1, 2, 5]]).all()
    assert found.level[[3, 4]].tolist() == [2.0, 1.0]


def test_no_firms_at_all() -> None:
    assert len(upstreamness(graph_of([], size=0)).level) == 0


@given(graph=graphs())
@settings(max_examples=80, deadline=None)
def test_it_solves_the_published_equation(graph: Graph) -> None:
    level = upstreamness(graph).level
    known = ~np.isnan(level)
    shares = graph.matrix().toarray() / np.maximum(graph.sales(), 1)[:, None]
    system = np.eye(int(known.sum())) - shares[known][:, known]
    assert level[known] == pytest.approx(
        np.linalg.solve(system, np.ones(int(known.sum()))), rel=1e-6
    )
    assert (level[known] >= 1).all()
