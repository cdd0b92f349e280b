"""Payments or invoices of a pair that are near in time, taken together as one event.

Who splits an invoice hides its amount, not its direction: what the same two firms do within
a few days is one movement of value. An event ends when the next row comes later than
`gap_days` after the last one, or later than `most_days` after the first, so that a pair that
trades every day does not become one event of a year.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from risk.facts import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """Events in order of day, source, target. `rows` are the merged rows, those of event e
    at `start[e]` to `start[e + 1]`; `day` is the first of them and `last_day` the last."""

    day: IntArray
    last_day: IntArray
    source: IntArray
    target: IntArray
    amount_minor: IntArray
    start: IntArray
    rows: IntArray

    def __len__(self) -> int:
        return len(self.day)

    def rows_of(self, event: int) -> IntArray:
        """The rows of one event."""
        return self.rows[self.start[event] : self.start[event + 1]]


def events_merge(
    *,
    day: IntArray,
    source: IntArray,
    target: IntArray,
    amount_minor: IntArray,
    gap_days: int,
    most_days: int,
) -> Merged:
    """Rows merged to events; rows are named by their position in the arrays."""
    order = np.lexsort((np.arange(len(day)), day, target, source))
    label = _labels(day[order], source[order], target[order], gap_days, most_days)
    count = int(label[-1]) + 1 if len(label) else 0
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, label, amount_minor[order])
    first = np.searchsorted(label, np.arange(count))
    end = np.searchsorted(label, np.arange(count), side="right")
    opening, closing = order[first], order[end - 1]
    by_time = np.lexsort((target[opening], source[opening], day[opening]))
    size = (end - first)[by_time]
    start = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(size)))
    inside = np.arange(len(order)) - np.repeat(start[:-1], size)
    return Merged(
        day=day[opening][by_time],
        last_day=day[closing][by_time],
        source=source[opening][by_time],
        target=target[opening][by_time],
        amount_minor=total[by_time],
        start=start,
        rows=order[np.repeat(first[by_time], size) + inside],
    )


@njit(cache=True, nogil=True)
def _labels(
    day: IntArray, source: IntArray, target: IntArray, gap_days: int, most_days: int
) -> IntArray:
    label = np.zeros(len(day), dtype=np.int64)
    number, opened = 0, 0
    for row in range(1, len(day)):
        same = source[row] == source[row - 1] and target[row] == target[row - 1]
        near = day[row] - day[row - 1] <= gap_days and day[row] - day[opened] <= most_days
        if not (same and near):
            number += 1
            opened = row
        label[row] = number
    return label
