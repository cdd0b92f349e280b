"""The compiled loops against the plainest Python that does the same."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.chain import kernels
from risk.chain.concentration import main_buyer
from risk.chain.graph import Graph
from risk.chain.trophic import trophic_levels
from tests.risk.chain.graphs import graph_of, graphs

firms = st.integers(0, 7)
edges = st.lists(st.tuples(firms, firms, st.integers(-(10**12), 10**12)), max_size=40)


def column(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@given(edges)
def test_edges_are_added_up_pair_by_pair(rows: list[tuple[int, int, int]]) -> None:
    totals: Counter[tuple[int, int]] = Counter()
    for source, target, weight in rows:
        totals[source, target] += weight
    wanted = sorted((s, t, w) for (s, t), w in totals.items() if s != t and w > 0)
    columns = [column([row[i] for row in rows]) for i in range(3)]
    merged = kernels.merge_edges(8, *columns)
    assert list(zip(*(each.tolist() for each in merged), strict=True)) == wanted


@given(st.lists(firms, max_size=30))
def test_slices_keep_the_order_within_a_firm(heads: list[int]) -> None:
    start, number = kernels.slices(8, column(heads))
    for firm in range(8):
        own = number[start[firm] : start[firm + 1]].tolist()
        assert own == [edge for edge, head in enumerate(heads) if head == firm]


@given(graphs())
def test_partners_without_directions(graph: Graph) -> None:
    out, into = graph.selling(), graph.buying()
    start, partner = kernels.undirect(out.start, out.partner, into.start, into.partner)
    pairs = list(zip(graph.source.tolist(), graph.target.tolist(), strict=True))
    for firm in range(graph.size):
        wanted = {b for a, b in pairs if a == firm} | {a for a, b in pairs if b == firm}
        assert partner[start[firm] : start[firm + 1]].tolist() == sorted(wanted)


@given(graphs())
def test_the_largest_buyer_is_the_lowest_of_equals(graph: Graph) -> None:
    best = main_buyer(graph).tolist()
    rows = list(zip(graph.weight, -graph.target, graph.source, strict=True))
    for firm in range(graph.size):
        own = [(weight, target) for weight, target, source in rows if source == firm]
        assert best[firm] == (-max(own)[1] if own else -1)


@given(graphs(most=40))
def test_levels_by_steps_are_those_of_a_dense_solve(graph: Graph) -> None:
    weight = np.ones(len(graph.weight))
    even = Graph(graph.size, graph.source, graph.target, weight.astype(np.int64))
    out, into = even.selling(), even.buying()
    strength = (even.sales() + even.purchases()).astype(float)
    goal = (even.purchases() - even.sales()).astype(float)
    found, worst, _ = kernels.balance(
        (out.start, out.partner, weight),
        (into.start, into.partner, weight),
        strength,
        goal,
        1e-12,
        10_000,
    )
    dense = np.diag(strength)
    np.add.at(dense, (even.source, even.target), -1.0)
    np.add.at(dense, (even.target, even.source), -1.0)
    assert worst <= 1e-12
    assert dense @ found == pytest.approx(goal, abs=1e-9)


def test_many_edges_have_the_same_levels_by_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(5)
    rows = [(int(a), int(b), int(w)) for a, b, w in draw.integers(1, 400, (3_000, 3))]
    direct = trophic_levels(graph_of(rows)).level
    monkeypatch.setattr("risk.chain.trophic.DIRECT_MOST", 100)
    stepped = trophic_levels(graph_of(rows))
    assert stepped.residual <= 1e-9
    assert stepped.level == pytest.approx(direct, abs=1e-7, nan_ok=True)


def test_too_few_steps_give_no_levels_rather_than_wrong_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("risk.chain.trophic.DIRECT_MOST", 0)
    monkeypatch.setattr("risk.chain.trophic.EDGES_MOST", 500)
    line = [(n, n + 1, 10 + n % 3) for n in range(250)]
    found = trophic_levels(graph_of(line))
    assert found.residual > 1e-6
    assert np.isnan(found.level).all()
