"""Weight of evidence in monotone bins.

Fine quantile bins of the known values are merged until the weights of evidence go one way
only (pool adjacent violators) and every bin holds a least share of the rows. Values marked
as special and missing values stand apart, outside the order. Weights are smoothed by half a
row a bin, so that a bin without a bad row has a weight.
"""

from dataclasses import dataclass, replace
from math import log

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray
from risk.facts import IntArray
from risk.scoring.values import NOTHING, Bin, Bins

SMOOTH = 0.5


@dataclass(frozen=True, slots=True)
class BinRules:
    """How finely to cut: bins to start from, and the least share and number of rows of one.

    `missing_neutral`: what is missing weighs nothing and the rest is weighed among itself, for
    rows in which the lack of a figure has to do with how they were drawn.
    """

    fine: int = 20
    least_ppm: int = 50_000
    least_rows: int = 20
    missing_neutral: bool = False


def bins_fit(
    values: IntArray,
    bad: IntArray,
    *,
    direction: int = 0,
    special: tuple[int, ...] = (),
    rules: BinRules | None = None,
) -> Bins:
    """Cut a feature up; `NOTHING` marks a missing value.

    `direction` +1: risk rises with the value; -1: it falls; 0: learned from the rows.
    A feature that says nothing comes back with one range.
    """
    rules = rules or BinRules()
    counted = bad[values != NOTHING] if rules.missing_neutral else bad
    goods, bads = int((counted == 0).sum()), int((counted == 1).sum())
    apart = np.isin(values, np.array([*special, NOTHING]))
    own, own_bad = values[~apart], bad[~apart]
    way = direction or _direction(own, own_bad)
    least = max(rules.least_rows, len(values) * rules.least_ppm // PPM)
    parts = _merge(_fine(own, own_bad, rules.fine), way, least)
    ranges = [_bin(good, evil, goods, bads, upto) for upto, good, evil in parts]
    if ranges:
        ranges[-1] = replace(ranges[-1], upto=None)
    specials = [
        replace(_apart(values == one, bad, goods, bads, rules), special=one) for one in special
    ]
    missing = _apart(values == NOTHING, bad, goods, bads, rules)
    if rules.missing_neutral:
        missing = replace(missing, woe_micro=0)
    found = Bins(tuple(ranges), tuple(specials), missing, way, 0)
    return replace(found, iv_micro=_information(found, goods, bads))


def bins_place(bins: Bins, values: IntArray) -> IntArray:
    """The position in `bins.all()` of each value; what has no bin counts as missing."""
    ends = np.array([one.upto for one in bins.ranges[:-1]], dtype=np.int64)
    place = np.searchsorted(ends, values, side="left").astype(np.int64)
    place[values == NOTHING] = len(bins.ranges) + len(bins.specials)
    if not bins.ranges:
        place[:] = len(bins.specials)
    for number, one in enumerate(bins.specials):
        place[values == one.special] = len(bins.ranges) + number
    return place


def bins_weights(bins: Bins, values: IntArray) -> FloatArray:
    """Weight of evidence of each value, as a float."""
    table = np.array([one.woe_micro for one in bins.all()], dtype=np.float64) / PPM
    found: FloatArray = table[bins_place(bins, values)]
    return found


def _direction(values: IntArray, bad: IntArray) -> int:
    """+1 where the bad rows have the larger ranks on average, else -1."""
    if not len(values) or bad.min() == bad.max():
        return 1
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return 1 if ranks[bad == 1].mean() >= ranks[bad == 0].mean() else -1


def _fine(values: IntArray, bad: IntArray, fine: int) -> list[tuple[int, int, int]]:
    """(upper end, good, bad) of quantile bins; equal values never part."""
    if not len(values):
        return []
    marks = np.linspace(0, 1, fine + 1)[1:]
    ends = np.unique(np.quantile(values, marks, method="inverted_cdf"))
    place = np.searchsorted(ends, values, side="left")
    total = np.bincount(place, minlength=len(ends))
    evil = np.bincount(place[bad == 1], minlength=len(ends))
    return [
        (int(end), int(n - b), int(b)) for end, n, b in zip(ends, total, evil, strict=True) if n
    ]


def _merge(parts: list[tuple[int, int, int]], way: int, least: int) -> list[tuple[int, int, int]]:
    """Neighbours are pooled until weights go one way and none is too small."""
    parts = list(parts)
    while len(parts) > 1:
        at = _violation(parts, way)
        if at is None:
            at = _too_small(parts, least)
        if at is None:
            return parts
        (_, g1, b1), (end, g2, b2) = parts[at], parts[at + 1]
        parts[at : at + 2] = [(end, g1 + g2, b1 + b2)]
    return parts


def _odds(part: tuple[int, int, int]) -> float:
    return (part[1] + SMOOTH) / (part[2] + SMOOTH)


def _violation(parts: list[tuple[int, int, int]], way: int) -> int | None:
    for at in range(len(parts) - 1):
        if way * (_odds(parts[at]) - _odds(parts[at + 1])) <= 0:
            return at
    return None


def _too_small(parts: list[tuple[int, int, int]], least: int) -> int | None:
    """The smallest bin below the least, as the left one of the pair to pool."""
    sizes = [good + bad for _, good, bad in parts]
    at = min(range(len(parts)), key=lambda i: (sizes[i], i))
    if sizes[at] >= least:
        return None
    if at == 0:
        return 0
    if at == len(parts) - 1:
        return at - 1
    near = [abs(log(_odds(parts[at])) - log(_odds(parts[j]))) for j in (at - 1, at + 1)]
    return at - 1 if near[0] <= near[1] else at


def _bin(good: int, bad: int, goods: int, bads: int, upto: int | None) -> Bin:
    weight = log((good + SMOOTH) / (bad + SMOOTH)) - log((goods + SMOOTH) / (bads + SMOOTH))
    return Bin(good, bad, round(weight * PPM), upto)


def _apart(
    mask: BoolArray,
    bad: IntArray,
    goods: int,
    bads: int,
    rules: BinRules,
) -> Bin:
    """A special or missing value's bin; too few rows say nothing: weight 0."""
    good, evil = int((bad[mask] == 0).sum()), int((bad[mask] == 1).sum())
    if good + evil < rules.least_rows:
        return Bin(good, evil, 0)
    return _bin(good, evil, goods, bads, None)


def _information(bins: Bins, goods: int, bads: int) -> int:
    """Information value: sum of (share of good - share of bad) x weight."""
    if not goods or not bads:
        return 0
    total = sum(
        (one.good / goods - one.bad / bads) * one.woe_micro for one in bins.all() if one.total
    )
    return round(total)
