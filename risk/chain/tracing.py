"""Where cash goes that a firm was paid: followed payment by payment, in time, for a while.

Marked cash leaves first: a payment carries as much of what is marked at its payer as it can,
unless it is larger than what came in by more than the band, since such a payment is not the
passing on of this money. Marks remember how many hands they went through and stop after the
last; the payments looked at are counted, and the search says when its budget was spent.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from ledger.rates import PPM
from risk.arrays import FloatArray
from risk.facts import IntArray

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
    its payer is another payment; `steps`: payments looked at, over all traces."""

    days: int
    intermediaries: int
    pass_ppm: int
    steps: int


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

    `home` is 1 for firms of that cluster, a firm each; `marked` is a table of zeros, hands by
    firms, to work in, and left as zeros.
    """
    begin = int(np.searchsorted(payments.day, day))
    carried = np.zeros((CARRIED_MOST, 3), dtype=np.int64)
    end = min(
        int(np.searchsorted(payments.day, day + bounds.days, side="right")), begin + bounds.steps
    )
    marked[0, start] = amount_minor
    count = _walk(
        payments.payer[begin:end],
        payments.payee[begin:end],
        payments.amount_minor[begin:end],
        (start, bounds.intermediaries, bounds.pass_ppm / PPM),
        home,
        marked,
        carried,
    )
    legs = carried[:count]
    marked[:, start] = 0
    marked[:, payments.payee[begin + legs[:, 0]]] = 0
    way = _way_home(payments, legs, begin, home)
    came = [leg for leg in way if home[payments.payee[leg[0]]]]
    return Trace(
        returned_minor=sum(leg[1] for leg in came),
        intermediaries=max((leg[2] for leg in came), default=0),
        legs=way,
        steps=end - begin,
    )


def _way_home(
    payments: Payments, legs: IntArray, begin: int, home: IntArray
) -> tuple[tuple[int, int, int], ...]:
    """Only the legs that some marked cash took on its way home, in time."""
    wanted: set[tuple[int, int]] = set()
    kept = []
    for place, amount, hands in legs[::-1].tolist():
        payment = begin + place
        payee = int(payments.payee[payment])
        if home[payee] or (payee, hands + 1) in wanted:
            kept.append((payment, amount, hands))
            wanted.add((int(payments.payer[payment]), hands))
    return tuple(reversed(kept))


@njit(cache=True, nogil=True)
def _walk(
    payer: IntArray,
    payee: IntArray,
    amount: IntArray,
    rules: tuple[int, int, float],
    home: IntArray,
    marked: FloatArray,
    carried: IntArray,
) -> int:
    """Fill `carried` with (payment, marked amount, hands before it); gives how many."""
    start, most, share = rules
    count = 0
    for place in range(len(payer)):
        own = payer[place]
        held = 0.0
        for hands in range(most + 1):
            held += marked[hands, own]
        # Cash that is home is not followed again.
        if held < 1.0 or amount[place] > held * share or (home[own] and own != start):
            continue
        left = min(float(amount[place]), held)
        for hands in range(most + 1):
            part = min(left, marked[hands, own])
            if part < 1.0 or count == len(carried):
                continue
            marked[hands, own] -= part
            left -= part
            carried[count] = (place, int(part), hands)
            count += 1
            if not home[payee[place]] and hands < most:
                marked[hands + 1, payee[place]] += part
    return count
