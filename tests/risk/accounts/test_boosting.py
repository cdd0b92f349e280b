import numpy as np

from risk.accounts.boosting import boost_fit, boost_score


def test_what_needs_two_columns_together_is_learnt() -> None:
    draw = np.random.default_rng(3)
    table = draw.normal(size=(4_000, 4))
    labels = ((table[:, 1] > 0) ^ (table[:, 3] > 0.5)).astype(np.float64)
    model = boost_fit(table[:3_000], labels[:3_000])
    score = boost_score(model, table[3_000:])
    assert ((score > 0) == (labels[3_000:] > 0)).mean() > 0.95


def test_the_same_rows_give_the_same_model() -> None:
    draw = np.random.default_rng(4)
    table, labels = draw.normal(size=(300, 3)), (draw.random(300) < 0.2).astype(np.float64)
    one, other = boost_fit(table, labels), boost_fit(table, labels)
    assert (one.leaves == other.leaves).all()
    assert (one.splits == other.splits).all()


def test_nothing_to_learn_gives_the_base() -> None:
    table = np.zeros((50, 2))
    score = boost_score(boost_fit(table, np.zeros(50)), table)
    assert (score < -5).all()
