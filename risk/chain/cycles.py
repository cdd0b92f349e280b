"""Time-ordered cycles: value that goes round and comes back, within bounds.

Events are (day, source, target, amount). A cycle visits 3 to `longest` different firms,
each step no earlier than the last and none later than `span_days` after the first, with
amounts within `band_ppm` of each other. The search is depth first and counts every event
it looks at; when the step budget is spent it stops and says so, whatever the graph.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.chain.graph import Graph, graph_from_edges
from risk.chain.structure import strong_components

SHORTEST = 3


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One transfer of value. `key` leads back to its rows."""

    day: int
    source: int
    target: int
    amount_minor: int
    key: int


@dataclass(frozen=True, slots=True)
class CycleBounds:
    """What counts as a cycle, and how many events the search may look at."""

    longest: int
    span_days: int
    band_ppm: int
    steps: int


@dataclass(frozen=True, slots=True)
class CycleSearch:
    """Cycles as tuples of events, each starting with its earliest; `exhausted`: the step
    budget ended the search, so there may be more."""

    cycles: tuple[tuple[Event, ...], ...]
    steps: int
    exhausted: bool


def cycles_search(events: Sequence[Event], *, bounds: CycleBounds) -> CycleSearch:
    """Find the cycles; each combination of events is reported once, from its first event."""
    search = _Search(sorted(_on_cycles(events)), bounds)
    for index in range(len(search.ordered)):
        if search.exhausted:
            break
        search.run(index)
    return CycleSearch(tuple(search.found), search.steps, search.exhausted)


class _Search:
    """The state of one search; an explicit stack, so depth never meets Python's limit."""

    def __init__(self, ordered: list[Event], bounds: CycleBounds) -> None:
        self.ordered, self.bounds = ordered, bounds
        self.found: list[tuple[Event, ...]] = []
        self.steps = 0
        self.exhausted = False
        self._leaving: dict[int, list[int]] = defaultdict(list)
        self._days: dict[int, list[int]] = defaultdict(list)
        for index, event in enumerate(ordered):
            self._leaving[event.source].append(index)
            self._days[event.source].append(event.day)

    def run(self, start: int) -> None:
        """All cycles whose first event is `start`."""
        stack: list[tuple[int, ...]] = [(start,)]
        while stack:
            path = stack.pop()
            for index in self._next(path):
                self.steps += 1
                if self.steps > self.bounds.steps:
                    self.exhausted = True
                    return
                self._extend(path, index, stack)

    def _next(self, path: tuple[int, ...]) -> list[int]:
        """Events that leave where the path has come to, in time."""
        first, last = self.ordered[path[0]], self.ordered[path[-1]]
        days = self._days[last.target]
        begin = bisect_left(days, last.day)
        end = bisect_right(days, first.day + self.bounds.span_days)
        return self._leaving[last.target][begin:end]

    def _extend(self, path: tuple[int, ...], index: int, stack: list[tuple[int, ...]]) -> None:
        first, event = self.ordered[path[0]], self.ordered[index]
        amounts = [self.ordered[i].amount_minor for i in (*path, index)]
        if (max(amounts) - min(amounts)) * PPM > self.bounds.band_ppm * max(amounts):
            return
        if event.target == first.source:
            # Of a cycle within one day any event could be the first: keep the lowest.
            twice = event.day == first.day and min(*path, index) != path[0]
            if len(path) + 1 >= SHORTEST and not twice:
                self.found.append(tuple(self.ordered[i] for i in (*path, index)))
        elif len(path) + 1 < self.bounds.longest and all(
            event.target != self.ordered[i].source for i in path
        ):
            stack.append((*path, index))


def _on_cycles(events: Sequence[Event]) -> list[Event]:
    """Only events inside a strongly connected component can close a cycle."""
    if not events:
        return []
    size = 1 + max(max(event.source, event.target) for event in events)
    source = np.array([event.source for event in events], dtype=np.int64)
    target = np.array([event.target for event in events], dtype=np.int64)
    graph: Graph = graph_from_edges(
        size=size, source=source, target=target, weight=np.ones(len(events), dtype=np.int64)
    )
    label = strong_components(graph)
    inside = (label[source] == label[target]) & (source != target)
    return [event for event, kept in zip(events, inside.tolist(), strict=True) if kept]
