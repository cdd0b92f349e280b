"""Time-ordered cycles: value that goes round and comes back, within bounds.

Events are (day, source, target, amount). A cycle visits 3 to `longest` different firms,
each step no earlier than the last and none later than `span_days` after the first, with
amounts within `band_ppm` of each other. The search is depth first and counts every event
it looks at; when a step budget is spent it stops and says so, whatever the graph. The budget
of a single first event keeps one thicket from using up what the rest of the year needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.chain.cycle_kernels import SHORTEST as SHORTEST
from risk.chain.cycle_kernels import cycles_walk
from risk.chain.graph import Graph, graph_from_edges
from risk.chain.structure import strong_components
from risk.facts import MISSING, IntArray

FOUND_MOST = 200_000


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
    """What counts as a cycle, and how many events the search may look at: in all, and from
    one first event (None: no bound of its own). A step may run ahead of the one before it by
    `slack_days`: papers are dated by different hands."""

    longest: int
    span_days: int
    band_ppm: int
    steps: int
    start_steps: int | None = None
    slack_days: int = 0


@dataclass(frozen=True, slots=True)
class CycleSearch:
    """Cycles as tuples of events, each starting with its earliest; `exhausted`: a step
    budget cut the search short, so there may be more."""

    cycles: tuple[tuple[Event, ...], ...]
    steps: int
    exhausted: bool


@dataclass(frozen=True, slots=True, eq=False)
class CycleTable:
    """Cycles as rows of event numbers in time order, filled up with -1."""

    events: IntArray
    steps: int
    exhausted: bool

    def lengths(self) -> IntArray:
        """How many firms each cycle visits."""
        return np.asarray((self.events != MISSING).sum(axis=1), dtype=np.int64)


def cycles_search(events: Sequence[Event], *, bounds: CycleBounds) -> CycleSearch:
    """Find the cycles; each combination of events is reported once, from its first event."""
    ordered = sorted(events)
    columns = np.array(
        [(e.day, e.source, e.target, e.amount_minor) for e in ordered], dtype=np.int64
    ).reshape(-1, 4)
    day, source, target, amount = (np.ascontiguousarray(column) for column in columns.T)
    table = cycles_find(day=day, source=source, target=target, amount_minor=amount, bounds=bounds)
    rows = table.events.tolist()
    cycles = tuple(tuple(ordered[i] for i in row if i != MISSING) for row in rows)
    return CycleSearch(cycles, table.steps, table.exhausted)


def cycles_find(
    *, day: IntArray, source: IntArray, target: IntArray, amount_minor: IntArray,
    bounds: CycleBounds,
) -> CycleTable:  # fmt: skip
    """The same on columns that are in order of day; at most `FOUND_MOST` cycles."""
    kept = np.flatnonzero(_on_cycles(source, target))
    size = int(max(source.max(), target.max())) + 1 if len(source) else 0
    leaving = np.argsort(source[kept], kind="stable")
    first = np.searchsorted(source[kept][leaving], np.arange(size + 1))
    longest = max(bounds.longest, 2)
    room = min(FOUND_MOST, bounds.steps + 1)
    found = np.empty((room, longest), dtype=np.int64)
    count, steps, exhausted = cycles_walk(
        day[kept],
        source[kept],
        target[kept],
        amount_minor[kept],
        first,
        leaving,
        (
            longest,
            bounds.span_days,
            bounds.band_ppm / PPM,
            bounds.steps,
            bounds.steps if bounds.start_steps is None else bounds.start_steps,
            bounds.slack_days,
        ),
        found,
    )
    local = found[:count]
    at = np.where(local == MISSING, 0, local)
    events = np.where(local == MISSING, MISSING, kept[at] if len(kept) else at)
    return CycleTable(_once(events), int(steps), bool(exhausted))


def _once(events: IntArray) -> IntArray:
    """With slack one set of events may be a cycle from more than one beginning: keep the first."""
    _, first = np.unique(np.sort(events, axis=1), axis=0, return_index=True)
    return events[np.sort(first)]


def _on_cycles(source: IntArray, target: IntArray) -> IntArray:
    """Only events inside a strongly connected component can close a cycle."""
    if not len(source):
        return np.zeros(0, dtype=bool)
    graph: Graph = graph_from_edges(
        size=int(max(source.max(), target.max())) + 1,
        source=source,
        target=target,
        weight=np.ones(len(source), dtype=np.int64),
    )
    label = strong_components(graph)
    return np.asarray((label[source] == label[target]) & (source != target))
