"""Compiled loops of the loss cascade; `esri` says what they mean and checks their input.

A firm's loss lies between 0 (works as ever) and 1 (stands still). Losses only grow, so the
order in which they are passed on does not change where they come to rest.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from risk.arrays import FloatArray
from risk.chain.production import Production
from risk.facts import IntArray

DUST = 1e-15


@njit(cache=True, nogil=True)
def down_losses(
    chain: Production, start: FloatArray, tolerance: float, steps: int
) -> tuple[FloatArray, int]:
    """Losses that follow from `start` along the goods, all firms a step at a time.

    What a firm's loss takes from its buyers is scaled by its share of what its sector still
    supplies (the rest is bought elsewhere). Gives the steps taken; `steps` + 1 when the
    largest change never fell to `tolerance`.
    """
    loss = start.copy()
    pooled = np.zeros(chain.slots)
    linear = np.zeros(chain.size)
    left = np.zeros(chain.sectors)
    for step in range(1, steps + 1):
        left[:] = 0.0
        for firm in range(chain.size):
            left[chain.sector[firm]] += chain.supply[firm] * (1.0 - loss[firm])
        pooled[:] = 0.0
        linear[:] = 0.0
        fresh = loss.copy()
        for firm in range(chain.size):
            if loss[firm] > 0.0:
                passed = loss[firm] * _replaced(chain.supply[firm], left[chain.sector[firm]])
                for edge in range(chain.out_start[firm], chain.out_start[firm + 1]):
                    hit = chain.buyer[edge]
                    place = chain.slot[edge]
                    if place >= 0:
                        pooled[place] += chain.down_share[edge] * passed
                        fresh[hit] = max(fresh[hit], min(1.0, pooled[place]))
                    else:
                        linear[hit] += chain.down_share[edge] * passed
                        fresh[hit] = max(fresh[hit], min(1.0, linear[hit]))
        moved = (fresh - loss).max()
        loss = fresh
        if moved <= tolerance:
            return loss, step
    return loss, steps + 1


@njit(cache=True, nogil=True)
def up_losses(
    chain: Production, start: FloatArray, tolerance: float, steps: int
) -> tuple[FloatArray, int]:
    """Losses that follow from `start` against the goods: each firm loses what its customers,
    weighted by its sales to them, no longer take. Steps as in `down_losses`."""
    loss = start.copy()
    for step in range(1, steps + 1):
        fresh = np.zeros(chain.size)
        for firm in range(chain.size):
            if loss[firm] > 0.0:
                for edge in range(chain.in_start[firm], chain.in_start[firm + 1]):
                    fresh[chain.supplier[edge]] += chain.up_share[edge] * loss[firm]
        fresh = np.maximum(loss, np.minimum(1.0, fresh))
        moved = (fresh - loss).max()
        loss = fresh
        if moved <= tolerance:
            return loss, step
    return loss, steps + 1


class Space(NamedTuple):
    """Working memory of one direction, all zero between cascades."""

    loss: FloatArray
    pushed: FloatArray
    linear: FloatArray
    pooled: FloatArray
    left: FloatArray
    touched: IntArray
    active: IntArray
    counts: IntArray  # how many are touched, how many active


@njit(cache=True, nogil=True)
def _replaced(supply: float, rest: float) -> float:
    """Market share: the part of a firm's lost supply that the rest of its sector cannot give."""
    return 1.0 if rest <= supply else supply / rest


@njit(cache=True, nogil=True)
def _rise(chain: Production, space: Space, firm: int, found: float, fans_out: bool) -> float:
    """Raise a firm's loss to `found`; gives the value lost by it."""
    rise = min(1.0, found) - space.loss[firm]
    if rise <= 0.0:
        return 0.0
    if space.loss[firm] == 0.0:
        space.touched[space.counts[0]] = firm
        space.counts[0] += 1
        if fans_out:
            space.active[space.counts[1]] = firm
            space.counts[1] += 1
    space.loss[firm] += rise
    space.left[chain.sector[firm]] -= chain.supply[firm] * rise
    return float(chain.value[firm] * rise)


@njit(cache=True, nogil=True)
def _down_one(
    chain: Production, space: Space, tail: FloatArray, first: int, epsilon: float, budget: int
) -> tuple[float, float]:
    """The cascade of one firm along the goods: value lost, and value left waiting."""
    total = _rise(chain, space, first, 1.0, True)
    spent, going = 0, True
    while going:
        going = False
        at = 0
        while at < space.counts[1]:
            firm = space.active[at]
            at += 1
            part = _replaced(chain.supply[firm], space.left[chain.sector[firm]])
            more = part * space.loss[firm] - space.pushed[firm]
            if more <= DUST or more * tail[firm] <= epsilon * total or spent > budget:
                continue
            going = True
            space.pushed[firm] += more
            spent += chain.out_start[firm + 1] - chain.out_start[firm]
            for edge in range(chain.out_start[firm], chain.out_start[firm + 1]):
                hit = chain.buyer[edge]
                place = chain.slot[edge]
                if place >= 0:
                    space.pooled[place] += chain.down_share[edge] * more
                    found = space.pooled[place]
                else:
                    space.linear[hit] += chain.down_share[edge] * more
                    found = space.linear[hit]
                fans = chain.out_start[hit + 1] > chain.out_start[hit]
                total += _rise(chain, space, hit, found, fans)
    waiting = 0.0
    for at in range(space.counts[1]):
        firm = space.active[at]
        part = _replaced(chain.supply[firm], space.left[chain.sector[firm]])
        waiting += max(0.0, part * space.loss[firm] - space.pushed[firm]) * tail[firm]
    return total, waiting


@njit(cache=True, nogil=True)
def _up_one(
    chain: Production, space: Space, tail: FloatArray, first: int, epsilon: float, budget: int
) -> tuple[float, float]:
    """The cascade of one firm against the goods: value lost, and value left waiting."""
    total = _rise(chain, space, first, 1.0, True)
    spent, going = 0, True
    while going:
        going = False
        at = 0
        while at < space.counts[1]:
            firm = space.active[at]
            at += 1
            more = space.loss[firm] - space.pushed[firm]
            if more <= DUST or more * tail[firm] <= epsilon * total or spent > budget:
                continue
            going = True
            space.pushed[firm] += more
            spent += chain.in_start[firm + 1] - chain.in_start[firm]
            for edge in range(chain.in_start[firm], chain.in_start[firm + 1]):
                hit = chain.supplier[edge]
                space.linear[hit] += chain.up_share[edge] * more
                fans = chain.in_start[hit + 1] > chain.in_start[hit]
                total += _rise(chain, space, hit, space.linear[hit], fans)
    waiting = 0.0
    for at in range(space.counts[1]):
        firm = space.active[at]
        waiting += (space.loss[firm] - space.pushed[firm]) * tail[firm]
    return total, waiting


@njit(cache=True, nogil=True)
def _clear(chain: Production, space: Space, supplied: FloatArray) -> None:
    """Make working memory zero again, by what was touched only."""
    for at in range(space.counts[0]):
        firm = space.touched[at]
        space.left[chain.sector[firm]] = supplied[chain.sector[firm]]
        if space.pushed[firm] > 0.0:
            for edge in range(chain.out_start[firm], chain.out_start[firm + 1]):
                if chain.slot[edge] >= 0:
                    space.pooled[chain.slot[edge]] = 0.0
        space.loss[firm] = space.pushed[firm] = space.linear[firm] = 0.0
    space.counts[:] = 0


@njit(cache=True, nogil=True)
def all_pruned(
    chain: Production,
    down: Space,
    up: Space,
    supplied: FloatArray,
    down_tail: FloatArray,
    up_tail: FloatArray,
    epsilon: float,
    budget: int,
) -> FloatArray:
    """Every firm's cascade both ways, a row each: down, up, combined (each firm at the larger
    of its two losses), and the value left waiting down and up.

    A loss waits at a firm while the value that hangs on it is at most `epsilon` of the
    cascade's total; `budget` bounds the edges looked at in one cascade.
    """
    found = np.zeros((5, chain.size))
    for firm in range(chain.size):
        found[0, firm], found[3, firm] = _down_one(chain, down, down_tail, firm, epsilon, budget)
        found[1, firm], found[4, firm] = _up_one(chain, up, up_tail, firm, epsilon, budget)
        both = 0.0
        for at in range(down.counts[0]):
            hit = down.touched[at]
            both += chain.value[hit] * max(down.loss[hit], up.loss[hit])
        for at in range(up.counts[0]):
            hit = up.touched[at]
            if down.loss[hit] == 0.0:
                both += chain.value[hit] * up.loss[hit]
        found[2, firm] = both
        _clear(chain, down, supplied)
        _clear(chain, up, supplied)
    return found
