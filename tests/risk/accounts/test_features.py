import numpy as np

from risk.accounts.features import account_features, cycle_accounts
from risk.chain.tracing import Payments


def payments(*rows: tuple[int, int, int, int]) -> Payments:
    day, payer, payee, amount = (
        np.array(c, dtype=np.int64) for c in zip(*sorted(rows), strict=True)
    )
    return Payments(day, payer, payee, amount)


RING = payments((1, 0, 1, 10), (1, 0, 1, 10), (4, 1, 2, 10), (9, 2, 0, 10), (9, 3, 0, 500))


def test_a_ring_s_accounts_are_visited_by_its_cycle() -> None:
    assert sorted(cycle_accounts(RING).tolist()) == [0, 1, 2]


def test_repeated_payments_and_cycles_are_columns_and_labels_are_not() -> None:
    names, table = account_features(RING, size=5)
    assert table.shape == (5, len(names))
    row = {name: table[0, at] for at, name in enumerate(names)}
    assert (row["out_same_day"], row["cycles"], row["in_amount_most"]) == (2, 1, 500)
    assert not table[4, [at for at, name in enumerate(names) if name != "rank"]].any()


def test_money_that_comes_straight_back_is_reciprocal() -> None:
    names, table = account_features(payments((1, 0, 1, 5), (2, 1, 0, 5), (2, 2, 0, 5)), size=3)
    assert table[:, names.index("reciprocal")].tolist() == [1, 1, 0]
