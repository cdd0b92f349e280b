import numpy as np

from risk.arrays import place_of, ratio, sums
from risk.facts import MISSING


def test_a_share_of_nothing_is_no_figure() -> None:
    shares = ratio(np.array([3, 1, 2]), np.array([4, 0, -1]))
    assert shares[0] == 0.75
    assert np.isnan(shares[1:]).all()
    assert ratio(np.array([1]), np.array([0]), otherwise=0.0).tolist() == [0.0]


def test_sums_by_index() -> None:
    assert sums(np.array([0, 2, 0]), np.array([5, 7, 1]), 4).tolist() == [6, 0, 7, 0]


def test_keys_are_found_or_missing() -> None:
    keys = np.array([2, 5, 9])
    assert place_of(keys, np.array([9, 4, 2, MISSING])).tolist() == [2, -1, 0, -1]
    assert place_of(np.array([], dtype=np.int64), np.array([1])).tolist() == [-1]
    assert place_of(np.array([MISSING, 3]), np.array([MISSING])).tolist() == [-1]
