"""Two windows for every firm: the last 90 days, and what they are compared with.

A firm seen for long enough is compared with the same days a year before. A younger one is
compared with the 90 days just before, and then growth is taken beside the growth of its
partners' other trade, so that a season of the whole trade is not mistaken for its own.

Long enough depends on the figure. Orders begin with the history, but deliveries and invoices
trail them and payments trail those: a window at the very start of the history holds few, and
of those the quick ones only, so that a year later everything would seem to have slowed down.
Such figures ask for so many settling days more (`settle_days`).
All sums are whole minor units, one entry a firm.
"""

from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray, ratio, sums
from risk.facts import MISSING, FlowKind, FlowTable, IntArray
from risk.policy import SignalPolicy
from risk.snapshot import YEAR_DAYS, Snapshot, in_window


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Where each firm's windows end: `last_day` for all, `base_day` for each firm."""

    last_day: int
    base_day: IntArray
    days: int
    first_day: IntArray
    is_year_before: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A sum in the current window and in the one compared with, by firm, and the number of
    rows that make up the latter."""

    current: IntArray
    base: IntArray
    base_rows: IntArray


def windows_of(snapshot: Snapshot, *, policy: SignalPolicy, settle_days: int = 0) -> Windows:
    """Each firm's windows; a firm without flows has first day `MISSING`."""
    flows, size = snapshot.flows, len(snapshot.parties)
    far = np.iinfo(np.int64).max
    first = np.full(size, far, dtype=np.int64)
    np.minimum.at(first, flows.supplier, flows.day)
    np.minimum.at(first, flows.buyer, flows.day)
    needed = YEAR_DAYS + policy.window_days + settle_days - policy.late_start_days
    full = first <= snapshot.day - needed
    shift = np.where(full, YEAR_DAYS, policy.window_days)
    return Windows(
        last_day=snapshot.day,
        base_day=snapshot.day - shift,
        days=policy.window_days,
        first_day=np.where(first == far, MISSING, first),
        is_year_before=full,
    )


def pair_of(flows: FlowTable, firm: IntArray, *, windows: Windows) -> Pair:
    """Amounts of these rows by firm (a column of `flows`) in both windows."""
    size = len(windows.base_day)
    sums = []
    for last in (np.full(size, windows.last_day), windows.base_day):
        total = np.zeros(size, dtype=np.int64)
        inside = (flows.day <= last[firm]) & (flows.day > last[firm] - windows.days)
        np.add.at(total, firm[inside], flows.amount_minor[inside])
        rows = np.bincount(firm[inside], minlength=size)
        sums.append(total)
    return Pair(current=sums[0], base=sums[1], base_rows=rows)


def growth_ppm(pair: Pair, *, least: int = 1, expected: FloatArray | None = None) -> FloatArray:
    """Change in ppm, NaN where the base has fewer than `least` rows: from a handful of orders
    the next one is a leap. `expected` is the factor by which a firm would have grown with its
    partners; growth is then what goes beyond it."""
    base = pair.base.astype(np.float64)
    if expected is not None:
        base = base * expected
    change: FloatArray = np.round((ratio(pair.current, base) - 1) * PPM)
    return np.where(pair.base_rows >= least, change, np.nan)


def expected_growth(
    flows: FlowTable, firm: IntArray, partner: IntArray, *, windows: Windows, least: int
) -> FloatArray:
    """By how much each firm's trade would have changed had it gone with its partners' trade
    with everyone else: 1 for firms compared with a year before, and for partners that trade
    with fewer than `least` others.

    Each partner's change is weighted by the firm's base trade with it.
    """
    size = len(windows.base_day)
    days = windows.days
    cell = firm * size + partner
    cells, place = np.unique(cell, return_inverse=True)
    now, before = np.zeros((2, len(cells)), dtype=np.int64)
    last = windows.last_day
    recent = in_window(flows.day, last_day=last, days=days)
    earlier = in_window(flows.day, last_day=last - days, days=days)
    np.add.at(now, place[recent], flows.amount_minor[recent])
    np.add.at(before, place[earlier], flows.amount_minor[earlier])
    owner, other = cells // max(size, 1), cells % max(size, 1)
    total_now, total_before, firms = np.zeros((3, size), dtype=np.int64)
    np.add.at(total_now, other, now)
    np.add.at(total_before, other, before)
    np.add.at(firms, other, 1)
    rest_now, rest_before = total_now[other] - now, total_before[other] - before
    usable = (firms[other] > least) & (rest_before > 0) & (rest_now > 0)
    change = np.where(usable, ratio(rest_now, rest_before), 1.0)
    factor = ratio(sums(owner, before * change, size), sums(owner, before, size), otherwise=1.0)
    result: FloatArray = np.where(windows.is_year_before, 1.0, factor)
    return result


def of_kind(flows: FlowTable, *kinds: FlowKind) -> FlowTable:
    """Rows of these kinds with an amount above zero."""
    return flows.rows(np.isin(flows.kind, [int(k) for k in kinds]) & (flows.amount_minor > 0))
