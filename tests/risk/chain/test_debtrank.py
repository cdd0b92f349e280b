import numpy as np
import pytest
from hypothesis import given, settings

from risk.chain.debtrank import debt_rank, distress_of
from risk.chain.graph import Graph
from tests.risk.chain.graphs import graph_of, graphs


def test_an_example_by_hand() -> None:
    """3 buys all of 1's goods and half of 0's; 1 buys the other half of 0's. When 3 does not
    pay, 1 loses all (worth 40/60), 0 first 1/2 and then by 1's distress the rest (20/60)."""
    graph = graph_of([(0, 3, 10), (0, 1, 10), (1, 3, 40)])
    found = debt_rank(graph)
    assert found.value[3] == pytest.approx(1.0)
    assert found.value[1] == pytest.approx(20 / 60 * 0.5)
    assert found.value[0] == 0.0  # nobody sells to it


def test_a_firm_passes_distress_on_once_so_that_a_ring_comes_to_rest() -> None:
    """Each sells everything to the next: 0's failure takes 2, then 1, and then 0 again,
    whose own value does not count."""
    assert debt_rank(graph_of([(0, 1, 5), (1, 2, 5), (2, 0, 5)])).value == pytest.approx(
        [2 / 3] * 3
    )


def test_capital_of_ones_own_softens_the_blow() -> None:
    graph = graph_of([(0, 1, 10)])
    assert debt_rank(graph, capital=np.array([40.0, 1.0])).value[1] == pytest.approx(0.25)


def test_distress_below_epsilon_is_counted_but_goes_no_further() -> None:
    graph = graph_of([(0, 1, 100), (1, 2, 1), (1, 3, 99)])
    full, short = debt_rank(graph, epsilon=0), debt_rank(graph, epsilon=0.02)
    assert short.value[2] == pytest.approx(100 / 200 * 0.01)
    assert full.value[2] == pytest.approx(100 / 200 * 0.01 + 100 / 200 * 0.01)
    assert short.epsilon == 0.02


@given(graph=graphs(most=9))
@settings(max_examples=60, deadline=None)
def test_it_is_the_model_in_plain_python_and_at_least_the_direct_share(graph: Graph) -> None:
    found = debt_rank(graph, epsilon=0).value
    assert found.tolist() == pytest.approx(plain(graph), abs=1e-9)
    whole = max(int(graph.weight.sum()), 1)
    assert (found >= graph.purchases() / whole - 1e-9).all()
    assert (found <= 1).all()


@given(graph=graphs(most=9))
@settings(max_examples=40, deadline=None)
def test_the_distress_of_one_firm_adds_up_to_its_debtrank(graph: Graph) -> None:
    worth = graph.sales() / max(int(graph.sales().sum()), 1)
    found = debt_rank(graph, epsilon=0).value
    for firm in range(graph.size):
        distress = distress_of(graph, failed=np.arange(graph.size) == firm)
        assert worth @ distress - worth[firm] == pytest.approx(found[firm], abs=1e-9)


def plain(graph: Graph) -> list[float]:
    sales = graph.sales()
    edges = list(
        zip(graph.source.tolist(), graph.target.tolist(), graph.weight.tolist(), strict=True)
    )
    found = []
    for first in range(graph.size):
        distress = [0.0] * graph.size
        state = ["undistressed"] * graph.size
        distress[first], state[first] = 1.0, "distressed"
        while "distressed" in state:
            before = list(distress)
            for supplier, buyer, weight in edges:
                if state[buyer] == "distressed":
                    distress[supplier] = min(
                        1.0, distress[supplier] + weight / int(sales[supplier]) * before[buyer]
                    )
            for one in range(graph.size):
                if state[one] == "distressed":
                    state[one] = "inactive"
                elif distress[one] > 0 and state[one] == "undistressed":
                    state[one] = "distressed"
        worth = [int(value) / max(int(sales.sum()), 1) for value in sales]
        found.append(sum(w * d for w, d in zip(worth, distress, strict=True)) - worth[first])
    return found
