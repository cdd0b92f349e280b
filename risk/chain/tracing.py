"""Where cash goes that a firm was paid: followed hand by hand, in time, for a while.

Marked cash leaves first: a payment carries as much of what is marked at its payer as it can,
unless it is larger than what came in by more than the band, since such a payment is not the
passing on of this money. Who passes money on may do so a few days before all of it has come.
Marks stop after the last hand; the payments looked at are counted against a budget.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from ledger.rates import PPM
from risk.arrays import FloatArray
from risk.facts import MISSING, IntArray

CARRIED_MOST = 400


@dataclass(frozen=True, slots=True, eq=False)
class Payments:
    """Payments in order of day, from payer to payee."""

    day: IntArray
    payer: IntArray
    payee: IntArray
    amount_minor: IntArray

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class TraceBounds:
    """How far cash is followed. `pass_ppm`: a payment above this share of the marked cash at
    its payer is another payment; `slack_days`: how long before its arrival it may be passed
    on; `steps`: payments looked at, over all traces."""

    days: int
    intermediaries: int
    pass_ppm: int
    steps: int
    slack_days: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """What came back. `legs` are (payment, marked amount, hands before it), in time, those on
    a way home only; `intermediaries` the most hands that any of it went through."""

    returned_minor: int
    intermediaries: int
    legs: tuple[tuple[int, int, int], ...]
    steps: int


def cash_trace(
    payments: Payments, *, start: int, day: int, amount_minor: int, home: IntArray,
    bounds: TraceBounds, marked: FloatArray,
) -> Trace:  # fmt: skip
    """Follow `amount_minor` that `start` got on `day` to firms of its own cluster.

    `home` is 1 for firms of that cluster, a firm each; `marked` is a zero a firm, to work in,
    and left as zeros.
    """
    begin = int(np.searchsorted(payments.day, day))
    hands = bounds.intermediaries + 1
    end = int(np.searchsorted(payments.day, day + bounds.days, side="right"))
    end = min(end, begin + max(bounds.steps // hands, 1))
    window = slice(begin, end)
    capacity = payments.amount_minor[window].astype(np.float64)
    arrivals: IntArray = np.array([[MISSING, start, amount_minor, day]], dtype=np.int64)
    legs: list[tuple[int, int, int]] = []
    for hand in range(hands):
        carried = np.zeros((min(CARRIED_MOST, end - begin), 4), dtype=np.int64)
        count = _pass_on(
            payments.day[window],
            payments.payer[window],
            payments.payee[window],
            payments.amount_minor[window],
            (bounds.pass_ppm / PPM, bounds.slack_days),
            arrivals,
            capacity,
            marked,
            carried,
        )
        marked[arrivals[:, 1]] = 0
        legs += [(begin + int(at), int(part), hand) for at, _, part, _ in carried[:count]]
        onward = carried[:count]
        arrivals = onward[home[onward[:, 1]] == 0]
    way = _way_home(payments, legs, home)
    came = [leg for leg in way if home[payments.payee[leg[0]]]]
    return Trace(
        returned_minor=sum(leg[1] for leg in came),
        intermediaries=max((leg[2] for leg in came), default=0),
        legs=way,
        steps=(end - begin) * hands,
    )


def _way_home(
    payments: Payments, legs: list[tuple[int, int, int]], home: IntArray
) -> tuple[tuple[int, int, int], ...]:
    """Only the legs that some marked cash took on its way home, in time."""
    wanted: set[tuple[int, int]] = set()
    kept = []
    for payment, amount, hands in sorted(legs, key=lambda leg: (-leg[2], leg[0])):
        payee = int(payments.payee[payment])
        if home[payee] or (payee, hands + 1) in wanted:
            kept.append((payment, amount, hands))
            wanted.add((int(payments.payer[payment]), hands))
    return tuple(sorted(kept))


@njit(cache=True, nogil=True)
def _pass_on(
    day: IntArray,
    payer: IntArray,
    payee: IntArray,
    amount: IntArray,
    rules: tuple[float, int],
    arrivals: IntArray,
    capacity: FloatArray,
    marked: FloatArray,
    carried: IntArray,
) -> int:
    """One hand: what arrived (payment, firm, amount, day; in order of day) is carried on by
    its holders' payments. Fills `carried` with the same four figures; gives how many."""
    share, slack = rules
    count, come = 0, 0
    for place in range(len(day)):
        while come < len(arrivals) and arrivals[come, 3] - slack <= day[place]:
            marked[arrivals[come, 1]] += arrivals[come, 2]
            come += 1
        held = marked[payer[place]]
        if held < 1.0 or count == len(carried) or amount[place] > held * share:
            continue
        part = np.floor(min(capacity[place], held))
        if part < 1.0:
            continue
        marked[payer[place]] -= part
        capacity[place] -= part
        carried[count, 0], carried[count, 1] = place, payee[place]
        carried[count, 2], carried[count, 3] = int(part), day[place]
        count += 1
    return count
