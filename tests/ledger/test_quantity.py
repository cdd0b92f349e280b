import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import DomainError
from ledger.quantity import (
    format_micro,
    line_minor,
    parse_micro,
    split_largest_remainder,
)


@pytest.mark.parametrize(
    ("total", "shares"),
    [
        (94_990_997, (50_678_082, 30_406_849, 13_906_066)),  # day 90
        (94_567_332, (50_452_055, 30_271_233, 13_844_044)),  # day 60
        (93_000_000, (49_615_877, 29_769_526, 13_614_597)),  # credit note, recourse unpaid
        (30_000_000, (16_005_122, 9_603_073, 4_391_805)),  # insolvent
    ],
)
def test_the_holders_of_the_worked_example(total: int, shares: tuple[int, int, int]) -> None:
    weights = [(1, 5_000), (2, 3_000), (3, 1_372)]
    assert split_largest_remainder(total, weights) == dict(zip((1, 2, 3), shares, strict=True))


def test_ties_go_to_the_lower_id_whatever_the_order() -> None:
    assert split_largest_remainder(2, [(9, 1), (4, 1), (7, 1)]) == {9: 0, 4: 1, 7: 1}


@given(
    st.integers(0, 10**15),
    st.dictionaries(st.integers(1, 500), st.integers(0, 10**9), min_size=1, max_size=40),
)
def test_a_split_is_exact_and_nobody_is_off_by_a_fen(total: int, weights: dict[int, int]) -> None:
    whole = sum(weights.values())
    if whole == 0:
        total = 0
    shares = split_largest_remainder(total, list(weights.items()))
    assert sum(shares.values()) == total
    assert all(
        abs(share * whole - total * weights[each]) < max(whole, 1) for each, share in shares.items()
    )


@pytest.mark.parametrize(
    ("total", "weights"),
    [(-1, [(1, 1)]), (1, [(1, -1), (2, 2)]), (1, [(1, 1), (1, 1)]), (1, [(1, 0)]), (1, [])],
)
def test_what_cannot_be_split_is_refused(total: int, weights: list[tuple[int, int]]) -> None:
    with pytest.raises(DomainError, match=r"ledger\.split_invalid"):
        split_largest_remainder(total, weights)


@pytest.mark.parametrize(
    ("text", "micro"), [("1.5", 1_500_000), ("-2", -2_000_000), ("1,000.000001", 1_000_000_001)]
)
def test_quantities_are_read_to_a_millionth_and_shown_as_short_as_exact(
    text: str, micro: int
) -> None:
    assert parse_micro(text) == micro
    assert parse_micro(format_micro(micro).replace("\N{MINUS SIGN}", "-")) == micro
    assert format_micro(1_500_000) == "1.5"


@pytest.mark.parametrize("text", ["", "x", "1.0000001", "NaN", "Infinity", "1e300"])
def test_what_is_not_a_quantity_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match=r"ledger\.quantity_invalid"):
        parse_micro(text)


def test_a_line_is_priced_per_price_unit_half_away_from_zero() -> None:
    price = 1_250 * 1_000_000  # 12.50
    assert line_minor(qty_micro=3_000_000, price_micro=price) == 3_750
    assert line_minor(qty_micro=3_000_000, price_micro=price, price_unit=100) == 38  # 37.5
    assert line_minor(qty_micro=-3_000_000, price_micro=price, price_unit=100) == -38
    assert line_minor(qty_micro=1_000_000, price_micro=123_456) == 0  # a price below a fen
    with pytest.raises(DomainError, match=r"ledger\.quantity_invalid"):
        line_minor(qty_micro=1, price_micro=1, price_unit=0)
