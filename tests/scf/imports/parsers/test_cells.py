"""One cell to one value; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.money import format_minor
from scf.imports.parsers.cells import (
    CellError,
    DateOrder,
    amount_parse,
    date_order,
    date_parse,
    flag_parse,
    integer_parse,
    is_formula,
    key_parse,
    price_parse,
    quantity_parse,
    ratio_parse,
)


def code(function, *args) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(CellError) as caught:
        function(*args)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1234567.89", 123_456_789),
        ("1,234,567.89", 123_456_789),
        ("1234.50-", -123_450),
        ("-12", -1_200),
        ("−12.5", -1_250),
        ("１２．５", 1_250),
        ("1.234.567,89", 123_456_789),
        ("12,5", 1_250),
        ("0.00E+00", 0),
        ("¥ 12.00", 1_200),
        ("12.500", 1_250),
        (".5", 50),
    ],
)
def test_amounts_as_erps_write_them(text: str, minor: int) -> None:
    assert amount_parse(text) == minor


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("12.345", "amount_precision"),
        ("1.2E+13", "number_precision_lost"),
        ("abc", "number_invalid"),
        ("=1+1", "formula_cell"),
        ("1,23,4", "number_invalid"),
        ("12 EUR", "number_invalid"),
        ("1000000000001", "amount_absurd"),
        ("99999999999999999999", "amount_absurd"),
    ],
)
def test_amounts_that_are_refused(text: str, problem: str) -> None:
    assert code(amount_parse, text) == problem


@given(st.integers(0, 10**14))
def test_an_amount_reads_back_as_it_was_written(minor: int) -> None:
    assert amount_parse(format_minor(minor)) == minor
    assert amount_parse(f"{minor // 100}.{minor % 100:02d}") == minor


def test_currencies_have_their_own_decimals() -> None:
    assert amount_parse("100", 0) == 100
    assert amount_parse("1.234", 3) == 1_234
    assert code(amount_parse, "1.5", 0) == "amount_precision"


def test_prices_go_below_the_fen() -> None:
    assert price_parse("415.50") == 41_550_000_000
    assert price_parse("0.00000001") == 1
    assert code(price_parse, "0.000000001") == "price_invalid"
    assert code(price_parse, "-1") == "price_negative"
    assert price_parse("1,000.5") == 100_050_000_000


def test_quantities() -> None:
    assert quantity_parse("1,200") == 1_200_000_000
    assert quantity_parse("85.000") == 85_000_000
    assert code(quantity_parse, "1.0000001") == "quantity_invalid"
    assert code(quantity_parse, "-5") == "quantity_negative"
    assert code(quantity_parse, "999999999999") == "quantity_absurd"


def test_rates_whole_numbers_and_flags() -> None:
    assert ratio_parse("13") == ratio_parse("13%") == 130_000
    assert ratio_parse("0.5") == 5_000
    assert code(ratio_parse, "-1") == "number_invalid"
    assert integer_parse("90") == 90
    assert code(integer_parse, "1.5") == "number_invalid"
    assert [flag_parse(text) for text in ("X", "是", "Y", "", "0", "否")] == [True] * 3 + [
        False
    ] * 3
    assert code(flag_parse, "perhaps") == "flag_invalid"


@pytest.mark.parametrize(
    ("text", "key"), [("4500000233.0", "4500000233"), ("0045", "0045"), ("甲-1/2", "甲-1/2")]
)
def test_keys_stay_text(text: str, key: str) -> None:
    assert key_parse(text) == key


def test_keys_that_lost_their_digits_are_refused() -> None:
    assert code(key_parse, "5.1056E+13") == "key_precision_lost"
    assert code(key_parse, "=HYPERLINK(1)") == "formula_cell"
    assert code(key_parse, "x" * 65) == "key_too_long"


@pytest.mark.parametrize(
    "text", ["2026-03-18", "2026/3/18", "20260318", "2026年3月18日", "２０２６-３-１８"]
)
def test_dates_year_first(text: str) -> None:
    assert date_parse(text) == date(2026, 3, 18)


def test_dates_that_only_their_column_decides() -> None:
    assert code(date_parse, "03/04/2026") == "date_ambiguous"
    assert date_parse("03/04/2026", DateOrder.DAY_FIRST) == date(2026, 4, 3)
    assert date_parse("03/04/2026", DateOrder.MONTH_FIRST) == date(2026, 3, 4)
    assert date_parse("2/17/17") == date(2017, 2, 17)
    assert date_parse("17.02.2017") == date(2017, 2, 17)
    assert date_parse("4/4/2026") == date(2026, 4, 4)


def test_a_column_tells_its_order_when_it_can() -> None:
    assert date_order(["1/2/17", "2/17/17"]) is DateOrder.MONTH_FIRST
    assert date_order(["1/2/17", "17/2/17"]) is DateOrder.DAY_FIRST
    assert date_order(["1/2/17", "2/3/17"]) is DateOrder.UNKNOWN
    assert date_order(["17/2/17", "2/17/17"]) is DateOrder.UNKNOWN
    assert date_order(["01.02.2017"]) is DateOrder.DAY_FIRST


def test_dates_of_the_wrong_century_and_no_dates() -> None:
    assert code(date_parse, "1926-03-18") == "date_century"
    assert code(date_parse, "2126-03-18") == "date_century"
    assert code(date_parse, "2026-02-30") == "date_invalid"
    assert code(date_parse, "soon") == "date_invalid"
    assert date_parse("00000000") is None
    assert date_parse("00/00/0000") is None


def test_formulas_are_not_negative_numbers() -> None:
    assert is_formula("=SUM(A1)")
    assert is_formula("@x")
    assert is_formula("+A1")
    assert not is_formula("-12.50")
    assert not is_formula("+86 532")
