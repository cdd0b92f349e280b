import networkx as nx
import numpy as np
import pytest

from risk.chain.cycle_kernels import SHORTEST, cycles_walk

Found = set[frozenset[tuple[int, int]]]


def walked(pairs: list[tuple[int, int]], *, steps: int = 10**7, room: int = 10_000) -> tuple[
    Found, int, bool
]:  # fmt: skip
    """All on one day and of one amount: the cycles of the plain graph."""
    source, target = np.array(sorted(pairs), dtype=np.int64).T.copy()
    flat = np.ones(len(source), dtype=np.int64)
    size = int(max(source.max(), target.max())) + 1
    first = np.searchsorted(source, np.arange(size + 1))
    found = np.empty((room, 6), dtype=np.int64)
    leaving = np.arange(len(source))
    bounds = (6, 30, 0.3, steps, steps, 0)
    count, taken, stopped = cycles_walk(flat, source, target, flat, first, leaving, bounds, found)
    rows = [[e for e in row if e >= 0] for row in found[:count].tolist()]
    cycles = [frozenset((int(source[e]), int(target[e])) for e in row) for row in rows]
    assert len(cycles) == len(set(cycles))
    return set(cycles), taken, stopped


@pytest.mark.parametrize("seed", range(4))
def test_within_one_day_the_cycles_are_networkx_s(seed: int) -> None:
    graph = nx.gnp_random_graph(12, 0.22, seed=seed, directed=True)
    expected = {
        frozenset(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
        for cycle in nx.simple_cycles(graph, length_bound=6)
        if len(cycle) >= SHORTEST
    }
    assert walked(list(graph.edges))[0] == expected


def test_budget_and_room_end_the_search() -> None:
    pairs = list(nx.complete_graph(9, create_using=nx.DiGraph).edges)
    assert walked(pairs, steps=500)[1:] == (501, True)
    cycles, _, stopped = walked(pairs, room=50)
    assert (len(cycles), stopped) == (50, True)
