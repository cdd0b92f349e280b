"""Logistic regression by Newton's method (iteratively reweighted least squares).

A small ridge on the slopes (never on the intercept) keeps the solution finite where the
classes part completely. The step is halved while it makes the likelihood worse; a fit that
has not settled is refused instead of being used.
"""

from dataclasses import dataclass

import numpy as np

from ledger.errors import DomainError
from risk.arrays import FloatArray

STEPS_MOST = 60
SETTLED = 1e-10
HALVINGS = 30


@dataclass(frozen=True, slots=True, eq=False)
class LogisticFit:
    """Log-odds of y = 1 are `intercept` + x @ `slopes`. `steps` Newton steps were taken."""

    intercept: float
    slopes: FloatArray
    steps: int

    def log_odds(self, x: FloatArray) -> FloatArray:
        """The log-odds of each row."""
        found: FloatArray = self.intercept + x @ self.slopes
        return found


def logistic_fit(x: FloatArray, y: FloatArray, *, ridge: float = 1e-3) -> LogisticFit:
    """Fit y (0 or 1) on the columns of x.

    Minimises the negative log-likelihood + ridge/2 x |slopes|^2. Raises
    `risk.card_unsettled` when it does not converge.
    """
    design = np.column_stack([np.ones(len(y)), x])
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = 1e-9
    at = np.zeros(design.shape[1])
    loss = _loss(design, y, at, penalty)
    for step in range(1, STEPS_MOST + 1):
        chance = sigmoid(design @ at)
        slope = design.T @ (chance - y) + penalty * at
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(penalty)
        move = np.linalg.solve(bend, slope)
        if float(slope @ move) / 2 < SETTLED:
            return LogisticFit(float(at[0]), at[1:], step)
        at, loss = _walk(design, y, at, move, loss, penalty)
    raise DomainError("risk.card_unsettled", steps=STEPS_MOST)


def sigmoid(value: FloatArray) -> FloatArray:
    """1 / (1 + exp(-value)), without overflow."""
    small = np.exp(-np.abs(value))
    found: FloatArray = np.where(value >= 0, 1 / (1 + small), small / (1 + small))
    return found


def _walk(
    design: FloatArray,
    y: FloatArray,
    at: FloatArray,
    move: FloatArray,
    loss: float,
    penalty: FloatArray,
) -> tuple[FloatArray, float]:
    length = 1.0
    for _ in range(HALVINGS):
        there = at - length * move
        new = _loss(design, y, there, penalty)
        if new <= loss:
            return there, new
        length /= 2
    return at, loss


def _loss(design: FloatArray, y: FloatArray, at: FloatArray, penalty: FloatArray) -> float:
    line = design @ at
    return float((np.logaddexp(0, line) - y * line).sum() + (penalty * at * at).sum() / 2)
