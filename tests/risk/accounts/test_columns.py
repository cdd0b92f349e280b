import numpy as np

from risk.accounts.columns import Columns, neighbour_means


def test_figures_by_account_and_zero_where_there_are_none() -> None:
    columns = Columns(3)
    account, value = np.array([0, 0, 2]), np.array([4.0, 2.0, -1.0])
    columns.count("count", account)
    columns.mean("mean", account, value)
    columns.most("most", account, value)
    columns.least("least", account, value)
    assert columns.names() == ("count", "mean", "most", "least")
    assert columns.table().tolist() == [[2, 3, 4, 2], [0, 0, 0, 0], [1, -1, -1, -1]]
    assert columns.of("mean")[2] == -1


def test_neighbours_pass_on_their_mean_and_their_largest() -> None:
    mean, most = neighbour_means(np.array([0, 0]), np.array([1, 2]), np.array([9.0, 2.0, 4.0]), 3)
    assert (mean.tolist(), most.tolist()) == ([3, 0, 0], [4, 0, 0])
