"""The compiled cascade against the same model written plainly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.chain.cascade_kernels import down_losses, up_losses
from risk.chain.graph import Graph
from risk.chain.production import production_of
from tests.risk.chain.graphs import graphs


@given(graph=graphs(most=8), data=st.data())
@settings(max_examples=60, deadline=None)
def test_losses_are_those_of_the_model_in_plain_python(graph: Graph, data: st.DataObject) -> None:
    sector = [data.draw(st.integers(0, 2)) for _ in range(graph.size)]
    kind = [data.draw(st.integers(0, 2)) for _ in graph.source]
    chain = production_of(
        graph, sector=np.array(sector, dtype=np.int64), kind=np.array(kind, dtype=np.int64)
    )
    for firm in range(graph.size):
        start = np.zeros(graph.size)
        start[firm] = 1.0
        down, up = (
            down_losses(chain, start, 1e-13, 5_000)[0],
            up_losses(chain, start, 1e-13, 5_000)[0],
        )
        assert down.tolist() == pytest.approx(plain_down(graph, sector, kind, firm), abs=1e-8)
        assert up.tolist() == pytest.approx(plain_up(graph, firm), abs=1e-8)


def test_a_cascade_that_does_not_settle_says_so() -> None:
    graph = Graph(3, np.array([0, 1, 1]), np.array([1, 0, 2]), np.array([1, 1, 1]))
    chain = production_of(graph, sector=np.arange(3), kind=np.ones(3, dtype=np.int64))
    assert up_losses(chain, np.array([0.0, 0.0, 1.0]), 1e-13, 5)[1] == 6
    assert down_losses(chain, np.array([1.0, 0.0, 0.0]), 1e-13, 5)[1] <= 5


def plain_down(graph: Graph, sector: list[int], kind: list[int], firm: int) -> list[float]:
    edges = list(
        zip(graph.source.tolist(), graph.target.tolist(), graph.weight.tolist(), kind, strict=True)
    )
    sales = [sum(w for s, _, w, _ in edges if s == one) for one in range(graph.size)]
    health = [1.0] * graph.size
    health[firm] = 0.0
    for _ in range(5_000):
        share = []
        for one in range(graph.size):
            left = sum(sales[k] * health[k] for k in range(graph.size) if sector[k] == sector[one])
            share.append(1.0 if left <= sales[one] else sales[one] / left)
        fresh = [
            min(health[one], _output(edges, sector, share, health, one))
            for one in range(graph.size)
        ]
        if max(a - b for a, b in zip(health, fresh, strict=True)) < 1e-13:
            break
        health = fresh
    return [1 - value for value in health]


def _output(
    edges: list[tuple[int, int, int, int]],
    sector: list[int],
    share: list[float],
    health: list[float],
    firm: int,
) -> float:
    own = [edge for edge in edges if edge[1] == firm]
    outputs = [1.0]
    for group in {sector[s] for s, _, _, k in own if k == 2}:
        inputs = [(s, w) for s, _, w, k in own if k == 2 and sector[s] == group]
        whole = sum(w for _, w in inputs)
        outputs.append(1 - sum(w / whole * share[s] * (1 - health[s]) for s, w in inputs))
    whole = sum(w for _, _, w, _ in own)
    lost = sum(w / whole * share[s] * (1 - health[s]) for s, _, w, k in own if k == 1)
    return max(0.0, min(*outputs, 1 - lost))


def plain_up(graph: Graph, firm: int) -> list[float]:
    health = [1.0] * graph.size
    health[firm] = 0.0
    sales = graph.sales()
    for _ in range(5_000):
        fresh = list(health)
        for one in range(graph.size):
            own = graph.source == one
            if one != firm and own.any():
                taken = [health[b] for b in graph.target[own].tolist()]
                fresh[one] = float((graph.weight[own] / sales[one]) @ np.array(taken))
        moved = max(abs(a - b) for a, b in zip(health, fresh, strict=True))
        health = [min(a, b) for a, b in zip(health, fresh, strict=True)]
        if moved < 1e-13:
            break
    return [1 - value for value in health]
