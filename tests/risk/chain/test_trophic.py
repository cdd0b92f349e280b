import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from risk.chain.graph import Graph
from risk.chain.trophic import trophic_levels
from tests.risk.chain.graphs import as_networkx, graph_of, graphs


def test_a_line_rises_one_level_a_step() -> None:
    found = trophic_levels(graph_of([(0, 1, 10), (1, 2, 10), (2, 3, 10)]))
    assert found.level.tolist() == pytest.approx([0, 1, 2, 3])
    assert found.residual < 1e-12


def test_a_shortcut_pulls_the_levels_together() -> None:
    # 0->1, 1->2, 0->2 with weight 1 each. By hand: h = 0, 2/3, 4/3.
    found = trophic_levels(graph_of([(0, 1, 1), (1, 2, 1), (0, 2, 1)]))
    assert found.level.tolist() == pytest.approx([0, 2 / 3, 4 / 3])


def test_a_ring_is_flat_and_a_loner_has_no_level() -> None:
    found = trophic_levels(graph_of([(0, 1, 3), (1, 2, 3), (2, 0, 3)], size=4))
    assert found.level[:3].tolist() == pytest.approx([0, 0, 0])
    assert np.isnan(found.level[3])


def test_every_component_starts_at_nought() -> None:
    found = trophic_levels(graph_of([(0, 1, 10**12), (2, 3, 1)]))
    assert found.level.tolist() == pytest.approx([0, 1, 0, 1])


@given(graphs())
def test_levels_solve_the_system_of_the_paper(graph: Graph) -> None:
    found = trophic_levels(graph)
    assert found.residual < 1e-6
    oracle = as_networkx(graph)
    for part in nx.weakly_connected_components(oracle):
        if len(part) == 1:
            continue
        nodes = sorted(part)
        weights = nx.to_numpy_array(oracle, nodelist=nodes)
        weights /= weights.max()
        bought, sold = weights.sum(axis=0), weights.sum(axis=1)
        system = np.diag(bought + sold) - weights - weights.T
        levels = np.linalg.lstsq(system, bought - sold, rcond=None)[0]
        if np.linalg.cond(system + 1 / len(nodes)) < 1e6:
            assert found.level[nodes] - found.level[nodes].min() == pytest.approx(
                levels - levels.min(), abs=1e-6
            )


def test_nobody_trades() -> None:
    assert np.isnan(trophic_levels(graph_of([], size=2)).level).all()
