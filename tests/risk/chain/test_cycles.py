import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from risk.chain.cycles import CycleBounds, Event, cycles_search

BOUNDS = CycleBounds(longest=6, span_days=30, band_ppm=300_000, steps=100_000)


def ring(*hops: tuple[int, int, int], amount: int = 100) -> list[Event]:
    return [Event(day, a, b, amount, key) for key, (day, a, b) in enumerate(hops)]


def test_value_that_comes_back_in_time_is_a_cycle() -> None:
    found = cycles_search(ring((1, 0, 1), (3, 1, 2), (5, 2, 0)), bounds=BOUNDS)
    assert [[e.source for e in cycle] for cycle in found.cycles] == [[0, 1, 2]]
    assert not found.exhausted


def test_order_in_time_counts() -> None:
    # The only order of days round the ring is against the direction of the goods.
    found = cycles_search(ring((5, 0, 1), (3, 1, 2), (1, 2, 0)), bounds=BOUNDS)
    assert found.cycles == ()


def test_a_step_may_run_ahead_by_the_slack() -> None:
    late = ring((1, 0, 1), (6, 1, 2), (4, 2, 0))
    assert cycles_search(late, bounds=BOUNDS).cycles == ()
    found = cycles_search(late, bounds=replace(BOUNDS, slack_days=3))
    assert [[e.source for e in cycle] for cycle in found.cycles] == [[0, 1, 2]]


def test_a_ring_within_one_day_is_told_once() -> None:
    found = cycles_search(ring((4, 2, 0), (4, 0, 1), (4, 1, 2)), bounds=BOUNDS)
    assert len(found.cycles) == 1


def test_two_firms_that_trade_both_ways_are_no_ring() -> None:
    assert cycles_search(ring((1, 0, 1), (2, 1, 0)), bounds=BOUNDS).cycles == ()


def test_too_slow_too_long_or_of_another_amount_is_no_cycle() -> None:
    late = ring((1, 0, 1), (3, 1, 2), (40, 2, 0))
    assert cycles_search(late, bounds=BOUNDS).cycles == ()
    seven = ring(*[(n, n, (n + 1) % 7) for n in range(7)])
    assert cycles_search(seven, bounds=BOUNDS).cycles == ()
    shrunk = [*ring((1, 0, 1), (3, 1, 2)), Event(5, 2, 0, 60, 9)]
    assert cycles_search(shrunk, bounds=BOUNDS).cycles == ()


def test_an_explosion_of_cycles_stops_at_the_budget() -> None:
    everyone = [
        Event(day, a, b, 100, 0)
        for day in range(4)
        for a, b in itertools.permutations(range(20), 2)
    ]
    bounds = CycleBounds(longest=6, span_days=30, band_ppm=300_000, steps=20_000)
    found = cycles_search(everyone, bounds=bounds)
    assert found.exhausted
    assert found.steps == 20_001
    assert found.cycles


firms = st.integers(0, 4)


@given(st.lists(st.tuples(st.integers(0, 12), firms, firms), max_size=9))
def test_every_cycle_that_trying_all_orders_finds(hops: list[tuple[int, int, int]]) -> None:
    events = ring(*hops)
    bounds = CycleBounds(longest=4, span_days=6, band_ppm=0, steps=100_000)
    expected = set()
    for size in (3, 4):
        for path in itertools.permutations(events, size):
            days = [e.day for e in path]
            closed = all(
                a.target == b.source for a, b in zip(path, (*path[1:], path[0]), strict=True)
            )
            distinct = len({e.source for e in path}) == size
            if closed and distinct and days == sorted(days) and days[-1] - days[0] <= 6:
                expected.add(frozenset(e.key for e in path))
    found = cycles_search(events, bounds=bounds)
    assert sorted(map(sorted, expected)) == sorted(sorted(e.key for e in c) for c in found.cycles)
