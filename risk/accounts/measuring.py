"""How well accounts are told apart: average precision, and folds that share no knot of payments."""

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from risk.accounts.boosting import boost_fit, boost_score
from risk.arrays import BoolArray, FloatArray
from risk.chain.tracing import Payments
from risk.facts import IntArray

FOLDS = 5
DAYS_MOST = 100_000
# Spreads neighbouring numbers over the folds.
STRIDE, PRIME = 48_271, 2_147_483_647


def average_precision(score: FloatArray, labels: BoolArray) -> float:
    """Mean of the precision at each found account, highest score first; accounts of one score
    count together, so that their order cannot flatter."""
    order = np.argsort(-score, kind="stable")
    hit = np.cumsum(labels[order])
    last = np.append(np.diff(score[order]) != 0, True)
    found, told = hit[last], np.flatnonzero(last) + 1
    gained = np.diff(found, prepend=0)
    return float((gained * found / told).sum() / max(int(labels.sum()), 1))


def recall_precision(told: IntArray, labels: BoolArray) -> tuple[float, float]:
    """Of the accounts told (each once) against the labels."""
    names = np.unique(told)
    right = int(labels[names].sum())
    return right / max(int(labels.sum()), 1), right / max(len(names), 1)


def folds_by_knot(payments: Payments, *, size: int) -> IntArray:
    """A fold for each account. Accounts that hang together by payments repeated within a day
    stay together, so that what one member of a ring teaches is never asked of another. No
    label is read: the folds say nothing of the answer."""
    pair = payments.payer * size + payments.payee
    repeated, times = np.unique(pair * DAYS_MOST + payments.day, return_counts=True)
    knots = np.unique(repeated[times > 1] // DAYS_MOST)
    links = sparse.csr_array(
        (np.ones(len(knots)), (knots // size, knots % size)), shape=(size, size)
    )
    _, component = connected_components(links, directed=False)
    return np.asarray(component * STRIDE % PRIME % FOLDS, dtype=np.int64)


def scores_out_of_fold(table: FloatArray, labels: BoolArray, fold: IntArray) -> FloatArray:
    """Each account's score by a model that saw no account of its fold."""
    score = np.zeros(len(table))
    wanted = labels.astype(np.float64)
    for number in range(FOLDS):
        held = fold == number
        model = boost_fit(table[~held], wanted[~held])
        score[held] = boost_score(model, table[held])
    return score
