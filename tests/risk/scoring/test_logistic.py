"""Newton's method: a fit by hand, its optimum, and what is refused."""

from math import log

import numpy as np
import pytest

from ledger.errors import DomainError
from risk.scoring import logistic
from risk.scoring.logistic import logistic_fit, sigmoid


def test_two_groups_by_hand() -> None:
    """One in four at 0, three in four at 1: intercept ln(1/3), slope 2 ln 3."""
    x = np.array([[0.0]] * 400 + [[1.0]] * 400)
    y = np.array([1.0] * 100 + [0.0] * 300 + [1.0] * 300 + [0.0] * 100)
    fit = logistic_fit(x, y, ridge=1e-9)
    assert fit.intercept == pytest.approx(-log(3), abs=1e-6)
    assert fit.slopes[0] == pytest.approx(2 * log(3), abs=1e-6)
    assert fit.steps < 15
    assert sigmoid(fit.log_odds(x[[0, 400]])).tolist() == pytest.approx([0.25, 0.75])


def test_at_the_optimum_nothing_pulls() -> None:
    draw = np.random.default_rng(5)
    x = draw.normal(size=(500, 3))
    y = (draw.random(500) < sigmoid(0.5 + x @ np.array([1.0, -2.0, 0.0]))).astype(np.float64)
    fit = logistic_fit(x, y, ridge=0.1)
    slope = x.T @ (sigmoid(fit.log_odds(x)) - y) + 0.1 * fit.slopes
    assert np.abs(slope).max() < 1e-3


def test_classes_that_part_completely_stay_finite() -> None:
    x = np.array([[-1.0]] * 50 + [[1.0]] * 50)
    fit = logistic_fit(x, (x[:, 0] > 0).astype(np.float64), ridge=1e-2)
    assert np.isfinite(fit.slopes).all()
    assert fit.slopes[0] > 0


def test_a_fit_that_does_not_settle_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logistic, "STEPS_MOST", 1)
    x = np.array([[0.0], [1.0], [2.0], [3.0]])
    with pytest.raises(DomainError) as refused:
        logistic_fit(x, np.array([0.0, 1.0, 0.0, 1.0]))
    assert refused.value.code == "risk.card_unsettled"


def test_no_overflow_far_out() -> None:
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]
