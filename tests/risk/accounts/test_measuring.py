import numpy as np
import pytest

from risk.accounts.measuring import (
    FOLDS,
    average_precision,
    folds_by_knot,
    recall_precision,
    scores_out_of_fold,
)
from risk.chain.tracing import Payments


def test_average_precision_by_hand() -> None:
    labels = np.array([True, False, True, False])
    assert average_precision(np.array([4.0, 3, 2, 1]), labels) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.array([4.0, 1, 3, 2]), labels) == 1.0


def test_accounts_of_one_score_cannot_flatter_by_their_order() -> None:
    assert average_precision(np.ones(4), np.array([True, False, False, False])) == 0.25


def test_each_told_account_counts_once() -> None:
    labels = np.array([True, True, False, False])
    assert recall_precision(np.array([0, 0, 2]), labels) == (0.5, 0.5)


def test_a_knot_of_repeated_payments_is_in_one_fold() -> None:
    day = np.zeros(6, dtype=np.int64)
    payer, payee = np.array([1, 1, 2, 2, 3, 3]), np.array([2, 2, 3, 3, 9, 8])
    fold = folds_by_knot(Payments(day, payer, payee, np.ones(6, dtype=np.int64)), size=100)
    assert fold[1] == fold[2] == fold[3]
    assert set(fold.tolist()) == set(range(FOLDS))


def test_no_account_is_judged_by_a_model_that_saw_it() -> None:
    draw = np.random.default_rng(5)
    labels = draw.random(600) < 0.3
    noise = draw.normal(size=(600, 2))
    fold = np.arange(600) % FOLDS
    assert average_precision(scores_out_of_fold(noise, labels, fold), labels) < 0.5
    told = np.column_stack((labels + 0.0, noise))
    assert average_precision(scores_out_of_fold(told, labels, fold), labels) == 1.0
