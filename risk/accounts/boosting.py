"""Boosted trees of depth two on binned columns: a small model, the same bytes every time.

Each round fits one tree to the gradient of the log loss (Newton's step, shrunken). Columns
are cut at quantiles of the training rows only. No randomness: every row and column is used.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from risk.arrays import FloatArray
from risk.facts import IntArray

BINS: Final = 64
ROUNDS: Final = 150
RATE: Final = 0.08
RIDGE: Final = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Boosted:
    """`cuts` by column; trees as (column, cut bin) of root, left and right, and four leaves."""

    cuts: tuple[FloatArray, ...]
    base: float
    splits: IntArray
    leaves: FloatArray


def boost_fit(table: FloatArray, labels: FloatArray) -> Boosted:
    """Fit on rows by columns and labels of 0 and 1."""
    cuts = tuple(
        np.unique(np.quantile(table[:, at], np.linspace(0, 1, BINS + 1)[1:-1]))
        for at in range(table.shape[1])
    )
    bins = _binned(table, cuts)
    share = min(max(float(labels.mean()), 1e-6), 1 - 1e-6)
    base = float(np.log(share / (1 - share)))
    splits, leaves = _fit(bins, labels, base, ROUNDS, RATE, RIDGE)
    return Boosted(cuts, base, splits, leaves)


def boost_score(model: Boosted, table: FloatArray) -> FloatArray:
    """Log odds of each row."""
    bins = _binned(table, model.cuts)
    score = np.full(len(table), model.base)
    for split, leaf in zip(model.splits, model.leaves, strict=True):
        right = bins[:, split[0]] > split[1]
        column = np.where(right, split[4], split[2])
        cut = np.where(right, split[5], split[3])
        far = bins[np.arange(len(bins)), column] > cut
        score += leaf[2 * right.astype(np.int64) + far]
    return score


def _binned(table: FloatArray, cuts: tuple[FloatArray, ...]) -> IntArray:
    columns = [np.searchsorted(cut, table[:, at], side="left") for at, cut in enumerate(cuts)]
    return np.ascontiguousarray(np.column_stack(columns).astype(np.int64))


@njit(cache=True, nogil=True)
def _best(
    bins: IntArray, side: IntArray, wanted: int, slope: FloatArray, curve: FloatArray, ridge: float
) -> tuple[int, int]:
    """The column and bin whose cut gains most over the rows of one side."""
    rows, columns = bins.shape
    best, at_column, at_bin = 1e-9, 0, 1_000_000
    for column in range(columns):
        g, h = np.zeros(BINS + 1), np.zeros(BINS + 1)
        for row in range(rows):
            if side[row] == wanted:
                g[bins[row, column]] += slope[row]
                h[bins[row, column]] += curve[row]
        total_g, total_h = g.sum(), h.sum()
        left_g, left_h = 0.0, 0.0
        whole = total_g * total_g / (total_h + ridge)
        for cut in range(BINS):
            left_g += g[cut]
            left_h += h[cut]
            right_g, right_h = total_g - left_g, total_h - left_h
            gain = left_g**2 / (left_h + ridge) + right_g**2 / (right_h + ridge) - whole
            if gain > best and left_h > 1e-3 and right_h > 1e-3:
                best, at_column, at_bin = gain, column, cut
    return at_column, at_bin


@njit(cache=True, nogil=True)
def _fit(
    bins: IntArray, labels: FloatArray, base: float, rounds: int, rate: float, ridge: float
) -> tuple[IntArray, FloatArray]:
    rows = len(labels)
    score = np.full(rows, base)
    splits, leaves = np.zeros((rounds, 6), dtype=np.int64), np.zeros((rounds, 4))
    side, leaf = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    for number in range(rounds):
        chance = 1.0 / (1.0 + np.exp(-score))
        slope, curve = labels - chance, chance * (1.0 - chance)
        side[:] = 0
        root = _best(bins, side, 0, slope, curve, ridge)
        for row in range(rows):
            side[row] = 1 if bins[row, root[0]] > root[1] else 0
        left = _best(bins, side, 0, slope, curve, ridge)
        right = _best(bins, side, 1, slope, curve, ridge)
        g, h = np.zeros(4), np.zeros(4)
        for row in range(rows):
            column, cut = right if side[row] else left
            leaf[row] = 2 * side[row] + (1 if bins[row, column] > cut else 0)
            g[leaf[row]] += slope[row]
            h[leaf[row]] += curve[row]
        for place in range(4):
            leaves[number, place] = rate * g[place] / (h[place] + ridge)
        for row in range(rows):
            score[row] += leaves[number, leaf[row]]
        splits[number, 0], splits[number, 1] = root
        splits[number, 2], splits[number, 3] = left
        splits[number, 4], splits[number, 5] = right
    return splits, leaves
