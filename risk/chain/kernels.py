"""Compiled loops over edges: what numpy can only do by the level or by the sort.

Plain one-dimensional int64 and float64 arrays in, arrays out; every loop runs in one fixed
order on one core, so the same graph gives the same bits.
"""

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@numba.njit(
    "UniTuple(int64[::1], 2)(int64, int64[::1])",
    cache=True,
    nogil=True,
)
def slices(size: int, head: Array) -> tuple[Array, Array]:
    """Counting sort of edges by the firm at their `head`: bounds of each firm's slice, and
    the edge numbers in it, in the order they had."""
    start = np.zeros(size + 1, dtype=np.int64)
    for edge in range(len(head)):
        start[head[edge] + 1] += 1
    for firm in range(size):
        start[firm + 1] += start[firm]
    place = start[:-1].copy()
    number = np.empty(len(head), dtype=np.int64)
    for edge in range(len(head)):
        firm = head[edge]
        number[place[firm]] = edge
        place[firm] += 1
    return start, number


@numba.njit(
    "UniTuple(int64[::1], 3)(int64, int64[::1], int64[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def merge_edges(
    size: int, source: Array, target: Array, weight: Array
) -> tuple[Array, Array, Array]:
    """One edge a pair, sorted by (source, target), weights added exactly; self-loops and
    pairs whose total is not above zero are left out."""
    by_target = slices(size, target)[1]
    order = by_target[slices(size, source[by_target])[1]]
    heads = np.empty(len(source), dtype=np.int64)
    tails = np.empty(len(source), dtype=np.int64)
    total = np.empty(len(source), dtype=np.int64)
    kept = 0
    step = 0
    while step < len(order):
        head, tail, value = source[order[step]], target[order[step]], np.int64(0)
        while step < len(order) and source[order[step]] == head and target[order[step]] == tail:
            value += weight[order[step]]
            step += 1
        if head != tail and value > 0:
            heads[kept], tails[kept], total[kept] = head, tail, value
            kept += 1
    return heads[:kept].copy(), tails[:kept].copy(), total[:kept].copy()


@numba.njit(
    "int64[::1](int64[::1], int64[::1], int64)",
    cache=True,
    nogil=True,
)
def add_up(index: Array, weight: Array, size: int) -> Array:
    """Exact sums of whole weights by index."""
    total = np.zeros(size, dtype=np.int64)
    for edge in range(len(index)):
        total[index[edge]] += weight[edge]
    return total


@numba.njit("int64[::1](int64, int64[::1])", cache=True, nogil=True)
def bounds(size: int, head: Array) -> Array:
    """Where each firm's slice begins in edges sorted by head, and where the last one ends."""
    start = np.zeros(size + 1, dtype=np.int64)
    for edge in range(len(head)):
        start[head[edge] + 1] += 1
    for firm in range(size):
        start[firm + 1] += start[firm]
    return start


@numba.njit(
    "int64(int64, int64[::1], int64[::1], int64[::1], int64[::1], int64[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def unseen(
    firm: int,
    start: Array,
    partner: Array,
    at: Array,
    order: Array,
    label: Array,
    low: Array,
) -> int:
    """The next partner that the search has not come to, -1 when there is none; partners still
    open lower the firm's `low`."""
    while at[firm] < start[firm + 1]:
        other = int(partner[at[firm]])
        at[firm] += 1
        if order[other] < 0:
            return other
        if label[other] < 0:
            low[firm] = min(low[firm], order[other])
    return -1


@numba.njit("int64[::1](int64[::1], int64[::1])", cache=True, nogil=True)
def strong_labels(start: Array, partner: Array) -> Array:
    """Label of each firm's strongly connected component (Tarjan 1972), with a stack of its
    own instead of recursion."""
    size = len(start) - 1
    label = np.full(size, -1, dtype=np.int64)
    order, low = label.copy(), label.copy()
    open_, way = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    at = start[:-1].copy()
    opened, seen, labels = 0, 0, 0
    for root in range(size):
        depth = 0 if order[root] < 0 else -1
        way[0] = root
        while depth >= 0:
            firm = way[depth]
            if order[firm] < 0:
                order[firm] = low[firm] = seen
                open_[opened] = firm
                seen, opened = seen + 1, opened + 1
            ahead = unseen(firm, start, partner, at, order, label, low)
            if ahead >= 0:
                depth += 1
                way[depth] = ahead
                continue
            if low[firm] == order[firm]:
                while label[firm] < 0:
                    opened -= 1
                    label[open_[opened]] = labels
                labels += 1
            depth -= 1
            if depth >= 0:
                low[way[depth]] = min(low[way[depth]], low[firm])
    return label


@numba.njit(
    "int64[::1](int64[::1], int64[::1], boolean[::1])",
    cache=True,
    nogil=True,
)
def steps_from(start: Array, partner: Array, seeds: Array) -> Array:
    """Fewest steps from any seed along the slices; -1 where none leads."""
    size = len(start) - 1
    steps = np.full(size, -1, dtype=np.int64)
    queue = np.empty(size, dtype=np.int64)
    end = 0
    for firm in range(size):
        if seeds[firm]:
            steps[firm] = 0
            queue[end] = firm
            end += 1
    begin = 0
    while begin < end:
        firm = queue[begin]
        begin += 1
        for edge in range(start[firm], start[firm + 1]):
            other = partner[edge]
            if steps[other] < 0:
                steps[other] = steps[firm] + 1
                queue[end] = other
                end += 1
    return steps


@numba.njit(
    "float64[::1](int64[::1], int32[::1], float64[::1], float64[::1], boolean[::1], float64, float64, int64)",
    cache=True,
    nogil=True,
)
def rank_flow(
    start: Array,
    seller: Array,
    share: Array,
    rank: Array,
    is_end: Array,
    damping: float,
    tolerance: float,
    most: int,
) -> Array:
    """Power iteration over each firm's suppliers (`start`, `seller`, share of the seller's
    sales) until the ranks together move by less than `tolerance`, at most `most` times.

    Firms at the end (`is_end`, they sell nothing) pass their rank evenly to all.
    """
    size = len(rank)
    now = rank.copy()
    fresh = np.empty(size, dtype=np.float64)
    for _ in range(most):
        lost = 0.0
        for firm in range(size):
            if is_end[firm]:
                lost += now[firm]
        base = damping * lost / size + (1.0 - damping) / size
        moved = 0.0
        for firm in range(size):
            passed = 0.0
            for edge in range(start[firm], start[firm + 1]):
                passed += now[seller[edge]] * share[edge]
            fresh[firm] = damping * passed + base
            moved += abs(fresh[firm] - now[firm])
        now, fresh = fresh, now
        if moved < tolerance:
            break
    return now


@numba.njit(
    "UniTuple(int64[::1], 2)(int64[::1], int64[::1], int64[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def undirect(
    out_start: Array, target: Array, in_start: Array, source: Array
) -> tuple[Array, Array]:
    """Slices of partners without directions: two sorted lists merged, each partner once."""
    size = len(out_start) - 1
    start = np.zeros(size + 1, dtype=np.int64)
    partner = np.empty(len(target) + len(source), dtype=np.int64)
    kept = 0
    for firm in range(size):
        a, b = out_start[firm], in_start[firm]
        while a < out_start[firm + 1] or b < in_start[firm + 1]:
            if b == in_start[firm + 1] or (a < out_start[firm + 1] and target[a] <= source[b]):
                if b < in_start[firm + 1] and source[b] == target[a]:
                    b += 1
                partner[kept] = target[a]
                a += 1
            else:
                partner[kept] = source[b]
                b += 1
            kept += 1
        start[firm + 1] = kept
    return start, partner[:kept].copy()


@numba.njit(
    "int64[::1](int64[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def cores(start: Array, partner: Array) -> Array:
    """k-core of each firm by taking off the firm with the fewest partners, again and again
    (Batagelj, Zaversnik 2003): linear in the edges."""
    size = len(start) - 1
    degree = np.empty(size, dtype=np.int64)
    highest = 0
    for firm in range(size):
        degree[firm] = start[firm + 1] - start[firm]
        highest = max(highest, degree[firm])
    first = np.zeros(highest + 2, dtype=np.int64)
    for firm in range(size):
        first[degree[firm] + 1] += 1
    for each in range(highest + 1):
        first[each + 1] += first[each]
    order = np.empty(size, dtype=np.int64)
    place = np.empty(size, dtype=np.int64)
    fill = first.copy()
    for firm in range(size):
        place[firm] = fill[degree[firm]]
        order[place[firm]] = firm
        fill[degree[firm]] += 1
    for index in range(size):
        firm = order[index]
        for edge in range(start[firm], start[firm + 1]):
            other = partner[edge]
            if degree[other] > degree[firm]:
                # Swap it with the first of its degree, and let that degree begin one later.
                bucket = degree[other]
                head = first[bucket]
                leader = order[head]
                order[head], order[place[other]] = other, leader
                place[leader], place[other] = place[other], head
                first[bucket] += 1
                degree[other] -= 1
    return degree


@numba.njit(
    "float64(Tuple((int64[::1], int64[::1], float64[::1])), Tuple((int64[::1], int64[::1], float64[::1])), float64[::1], float64[::1], float64[::1])",
    cache=True,
    nogil=True,
)
def balance_image(out: Any, into: Any, strength: Array, way: Array, image: Array) -> float:
    """image = (diag(strength) - W - W') way; gives the product of both."""
    along = 0.0
    for firm in range(len(way)):
        value = strength[firm] * way[firm]
        for edge in range(out[0][firm], out[0][firm + 1]):
            value -= out[2][edge] * way[out[1][edge]]
        for edge in range(into[0][firm], into[0][firm + 1]):
            value -= into[2][edge] * way[into[1][edge]]
        image[firm] = value
        along += value * way[firm]
    return along


@numba.njit(
    "UniTuple(float64, 2)(float64[::1], float64[::1])",
    cache=True,
    nogil=True,
)
def balance_left(left: Array, strength: Array) -> tuple[float, float]:
    """What is left of the equations: scaled sum of squares, and the largest by strength."""
    power, worst = 0.0, 0.0
    for firm in range(len(left)):
        if strength[firm] > 0:
            power += left[firm] * left[firm] / strength[firm]
            worst = max(worst, abs(left[firm]) / strength[firm])
    return power, worst


@numba.njit(
    "Tuple((float64[::1], float64, int64))(Tuple((int64[::1], int64[::1], float64[::1])), Tuple((int64[::1], int64[::1], float64[::1])), float64[::1], float64[::1], float64, int64)",
    cache=True,
    nogil=True,
)
def balance(
    out: Any, into: Any, strength: Array, goal: Array, tolerance: float, most: int
) -> tuple[Array, float, int]:
    """Solve (diag(strength) - W - W') x = goal by conjugate gradients, each firm's equation
    scaled by its strength; firms of strength 0 stay at 0.

    `out` and `into`: each firm's bounds, partners and weights. Gives x, the largest error of
    an equation relative to the firm's strength, and the steps taken; ends when the error is
    at most `tolerance`, or after `most` steps.
    """
    size = len(strength)
    x, way, image = np.zeros(size), np.zeros(size), np.zeros(size)
    left = goal.copy()
    power, worst = balance_left(left, strength)
    steps, turn = 0, 0.0
    while worst > tolerance and steps < most:
        for firm in range(size):
            if strength[firm] > 0:
                way[firm] = left[firm] / strength[firm] + turn * way[firm]
        along = balance_image(out, into, strength, way, image)
        if along <= 0:
            break
        pace = power / along
        for firm in range(size):
            x[firm] += pace * way[firm]
            left[firm] -= pace * image[firm]
        fresh, worst = balance_left(left, strength)
        turn, power = fresh / power, fresh
        steps += 1
    return x, worst, steps


@numba.njit(
    "int64[::1](int64[::1], int64[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def largest_partner(start: Array, partner: Array, weight: Array) -> Array:
    """Each slice's partner of the largest weight, the first of equal ones; -1 without one."""
    size = len(start) - 1
    best = np.full(size, -1, dtype=np.int64)
    for firm in range(size):
        most = np.int64(0)
        for edge in range(start[firm], start[firm + 1]):
            if weight[edge] > most:
                most, best[firm] = weight[edge], partner[edge]
    return best
