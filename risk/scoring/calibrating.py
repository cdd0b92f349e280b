"""From a score to a chance: fitted on a period later than the training.

Platt (1999): chance = sigmoid(a + b x risk), two figures, for few rows; with the slope held at
zero or above, so that a riskier score never gets the smaller chance. Isotonic: the best
never-falling steps (pool adjacent violators), for many rows. Both end in one table of whole
ppm a point of score, which is what a card keeps.
"""

from collections.abc import Sequence

import numpy as np

from ledger.rates import PPM
from risk.arrays import FloatArray
from risk.facts import IntArray
from risk.scoring.logistic import logistic_fit, sigmoid
from risk.scoring.values import SCORE_LEAST, SCORE_MOST

METHODS = ("platt", "isotonic")
ISOTONIC_LEAST = 1_000
SCORES = np.arange(SCORE_LEAST, SCORE_MOST + 1)


def pool_adjacent(
    values: Sequence[float] | FloatArray, weights: Sequence[float] | FloatArray
) -> FloatArray:
    """The closest never-falling row of figures, by weighted squares."""
    blocks: list[list[float]] = []
    for value, weight in zip(values, weights, strict=True):
        blocks.append([float(value), float(weight), 1.0])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            last, before = blocks.pop(), blocks.pop()
            total = before[1] + last[1]
            mean = (before[0] * before[1] + last[0] * last[1]) / total
            blocks.append([mean, total, before[2] + last[2]])
    return np.repeat([block[0] for block in blocks], [int(block[2]) for block in blocks])


def method_for(rows: int) -> str:
    """Isotonic from a thousand rows on; fewer would be fitted step by step."""
    return "isotonic" if rows >= ISOTONIC_LEAST else "platt"


def calibrate(score: IntArray, bad: IntArray, *, method: str) -> tuple[int, ...]:
    """Chance of bad in ppm for every score from 350 to 950, never rising with the score.

    Chances stay within 0.01% and 99.99%: no history proves more.
    """
    chance = _isotonic(score, bad) if method == "isotonic" else _platt(score, bad)
    return tuple(int(v) for v in np.clip(np.rint(chance * PPM), 100, PPM - 100))


def _platt(score: IntArray, bad: IntArray) -> FloatArray:
    middle, width = 650.0, 60.0
    risk: FloatArray = ((middle - score) / width).astype(np.float64)
    fit = logistic_fit(risk[:, None], _softened(bad), ridge=1e-3)
    if fit.slopes[0] < 0:
        return np.full(len(SCORES), float(_softened(bad).mean()))
    return sigmoid(fit.intercept + fit.slopes[0] * (middle - SCORES) / width)


def _softened(bad: IntArray) -> FloatArray:
    """Platt's targets: (n+ + 1)/(n+ + 2) and 1/(n- + 2) instead of 1 and 0."""
    evil = int(bad.sum())
    good = len(bad) - evil
    return np.where(bad == 1, (evil + 1) / (evil + 2), 1 / (good + 2))


def _isotonic(score: IntArray, bad: IntArray) -> FloatArray:
    """Steps by score, straight lines between the middles of the steps."""
    marks, place, count = np.unique(-score, return_inverse=True, return_counts=True)
    share = np.bincount(place, weights=bad, minlength=len(marks)) / count
    fitted = pool_adjacent(share, count.astype(np.float64))
    first = np.unique(fitted, return_index=True)[1]
    weight = np.add.reduceat(count.astype(np.float64), first)
    middle = np.add.reduceat(marks * count.astype(np.float64), first) / weight
    # Half a bad row more a step: where none was seen, few rows prove less than many.
    evil = np.add.reduceat(share * count, first)
    levels = pool_adjacent((evil + 0.5) / (weight + 1), weight)
    found: FloatArray = np.interp(-SCORES, middle, levels)
    return found
