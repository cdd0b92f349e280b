"""How good a score is: ranking, separation, calibration, drift.

Ranking measures take a risk figure (larger = riskier). All are plain floats; cards and pages
keep them in ppm.
"""

from collections.abc import Sequence

import numpy as np

from risk.arrays import FloatArray
from risk.facts import IntArray

PSI_FLOOR = 0.5


def auc(bad: IntArray, risk: FloatArray) -> float:
    """Chance that a bad row has the larger risk, ties counted half (Mann-Whitney)."""
    evil = int(bad.sum())
    if evil in (0, len(bad)):
        return float("nan")
    _, place, count = np.unique(risk, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((ranks[bad == 1].sum() - evil * (evil + 1) / 2) / (evil * (len(bad) - evil)))


def gini(bad: IntArray, risk: FloatArray) -> float:
    """2 AUC - 1."""
    return 2 * auc(bad, risk) - 1


def roc(bad: IntArray, risk: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Share of the good and of the bad with at least each risk, from (0, 0) to (1, 1)."""
    marks, place = np.unique(-risk, return_inverse=True)
    evil = np.bincount(place[bad == 1], minlength=len(marks)).cumsum()
    good = np.bincount(place[bad == 0], minlength=len(marks)).cumsum()
    wrong = np.concatenate([[0.0], good / max(1, good[-1])])
    right = np.concatenate([[0.0], evil / max(1, evil[-1])])
    return wrong, right


def ks(bad: IntArray, risk: FloatArray) -> float:
    """Kolmogorov-Smirnov: the largest distance between the two shares of `roc`."""
    wrong, right = roc(bad, risk)
    return float(np.abs(right - wrong).max())


def brier(bad: IntArray, chance: FloatArray) -> float:
    """Mean squared distance of the chance from what happened."""
    return float(((chance - bad) ** 2).mean())


def deciles(bad: IntArray, chance: FloatArray, *, groups: int = 10) -> list[tuple[float, float]]:
    """(mean chance, share of bad) in groups of equal size in order of the chance."""
    order = np.argsort(chance, kind="stable")
    parts = [part for part in np.array_split(order, groups) if len(part)]
    return [(float(chance[part].mean()), float(bad[part].mean())) for part in parts]


def calibration_error(bad: IntArray, chance: FloatArray, *, groups: int = 10) -> float:
    """Expected calibration error by deciles: the mean |chance - share of bad|, weighted by size."""
    order = np.argsort(chance, kind="stable")
    parts = [part for part in np.array_split(order, groups) if len(part)]
    total = sum(abs(float((chance[part] - bad[part]).sum())) for part in parts)
    return total / max(1, len(bad))


def psi(expected: Sequence[int] | IntArray, actual: Sequence[int] | IntArray) -> float:
    """Population stability index of two rows of counts over the same bins.

    sum of (actual share - expected share) x ln(actual share / expected share). A bin that is
    empty on one side counts as half a row there.
    """
    old, new = np.asarray(expected, dtype=np.float64), np.asarray(actual, dtype=np.float64)
    if old.sum() <= 0 or new.sum() <= 0:
        return 0.0
    used = (old > 0) | (new > 0)
    was = np.maximum(old[used], PSI_FLOOR) / old.sum()
    now = np.maximum(new[used], PSI_FLOOR) / new.sum()
    return float(((now - was) * np.log(now / was)).sum())


def auc_interval(
    bad: IntArray, risk: FloatArray, *, seed: int, draws: int = 400
) -> tuple[float, float]:
    """95% bootstrap interval of the AUC: rows drawn with replacement by a published seed."""
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        rows = generator.integers(0, len(bad), len(bad))
        value = auc(bad[rows], risk[rows])
        if not np.isnan(value):
            found.append(value)
    if not found:
        return float("nan"), float("nan")
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)
