"""The compiled search for time-ordered cycles; `cycles` says what counts as one."""

import numpy as np
from numba import njit

from risk.facts import IntArray

SHORTEST = 3


@njit(cache=True, nogil=True)
def _first_at(day: IntArray, leaving: IntArray, low: int, high: int, wanted: int) -> int:
    """The first place in leaving[low:high] whose event is not before the wanted day."""
    while low < high:
        middle = (low + high) // 2
        if day[leaving[middle]] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def _starts_here(day: IntArray, path: IntArray, depth: int, event: int) -> bool:
    """Of a cycle within one day any event could be the first: the lowest is."""
    lowest = event
    for place in range(depth + 1):
        lowest = min(lowest, path[place])
    return bool(day[event] > day[path[0]] or lowest == path[0])


@njit(cache=True, nogil=True)
def _is_fresh(source: IntArray, path: IntArray, depth: int, firm: int) -> bool:
    fresh = True
    for place in range(depth + 1):
        fresh &= source[path[place]] != firm
    return fresh


@njit(cache=True, nogil=True)
def cycles_walk(
    day: IntArray,
    source: IntArray,
    target: IntArray,
    amount: IntArray,
    first: IntArray,
    leaving: IntArray,
    bounds: tuple[int, int, float, int, int, int],
    found: IntArray,
) -> tuple[int, int, bool]:
    """Fill `found` (one row a cycle, event numbers, -1 behind its end).

    Events are in order of day; those that leave firm f are leaving[first[f]:first[f + 1]],
    in order. `bounds`: longest, span in days, band as a share, steps in all, steps from one
    first event, days by which a step may run ahead of the one before. Gives the number found, the steps, and whether a budget ended the search.
    """
    longest, span, band, steps_most, start_most, slack = bounds
    path = np.zeros(longest, dtype=np.int64)
    cursor = np.zeros(longest, dtype=np.int64)
    least = np.zeros(longest, dtype=np.int64)
    most = np.zeros(longest, dtype=np.int64)
    count, steps, exhausted = 0, 0, False
    for begin in range(len(day)):
        own = 0
        depth = 0
        path[0] = begin
        least[0] = most[0] = amount[begin]
        node = target[begin]
        cursor[0] = _first_at(day, leaving, first[node], first[node + 1], day[begin])
        while depth >= 0:
            node = target[path[depth]]
            at = cursor[depth]
            if at >= first[node + 1] or day[leaving[at]] > day[begin] + span:
                depth -= 1
                continue
            cursor[depth] += 1
            steps += 1
            own += 1
            if steps > steps_most or count == len(found):
                return count, steps, True
            if own > start_most:
                exhausted = True
                break
            event = leaving[at]
            low, high = min(least[depth], amount[event]), max(most[depth], amount[event])
            if high - low > band * high:
                continue
            if target[event] == source[begin]:
                if depth + 2 >= SHORTEST and _starts_here(day, path, depth, event):
                    found[count, : depth + 1] = path[: depth + 1]
                    found[count, depth + 1] = event
                    found[count, depth + 2 :] = -1
                    count += 1
            elif depth + 2 < longest and _is_fresh(source, path, depth, target[event]):
                depth += 1
                path[depth] = event
                least[depth], most[depth] = low, high
                node = target[event]
                earliest = max(day[begin], day[event] - slack)
                cursor[depth] = _first_at(day, leaving, first[node], first[node + 1], earliest)
    return count, steps, exhausted
