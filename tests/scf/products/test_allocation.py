"""Pro rata: exact, deterministic, nobody gets more than asked."""

from hypothesis import given
from hypothesis import strategies as st

from scf.products.allocation import Bid, allot_pro_rata


def test_three_bids_over_a_small_series() -> None:
    rows = allot_pro_rata(units=100, bids=[Bid(1, 90), Bid(2, 45), Bid(3, 45)])
    assert [(row.given, row.whole, row.remainder_unit, row.released) for row in rows] == [
        (50, 50, 0, 40),
        (25, 25, 0, 20),
        (25, 25, 0, 20),
    ]


def test_a_tie_goes_to_the_earlier_bid() -> None:
    rows = allot_pro_rata(units=10, bids=[Bid(7, 5), Bid(8, 5), Bid(9, 5)])
    assert [row.given for row in rows] == [4, 3, 3]


@given(
    units=st.integers(1, 10**6),
    asked=st.lists(st.integers(1, 10**6), min_size=1, max_size=30),
)
def test_sums_and_bounds(units: int, asked: list[int]) -> None:
    rows = allot_pro_rata(units=units, bids=[Bid(i, n) for i, n in enumerate(asked)])
    assert sum(row.given for row in rows) == min(units, sum(asked))
    assert all(0 <= row.given <= row.asked for row in rows)
    assert all(row.given == row.whole + row.remainder_unit for row in rows)
    assert all(row.remainder_unit in (0, 1) for row in rows)
    assert all(row.released == row.asked - row.given for row in rows)
