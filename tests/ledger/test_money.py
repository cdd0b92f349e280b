import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import DomainError
from ledger.money import MINOR_MAX, Money, format_minor, parse_minor


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1,000,000.00", 100_000_000),
        ("0.05", 5),
        (".5", 50),
        ("12", 1_200),
        ("-3.10", -310),
        ("\N{MINUS SIGN}3.1", -310),
        ("１，２３４．５０", 123_450),
        (" 7.000 ", 700),
    ],
)
def test_people_and_files_write_amounts_in_many_ways(text: str, minor: int) -> None:
    assert parse_minor(text) == minor


@pytest.mark.parametrize(
    "text",
    ["", ".", "-", "1.005", "1e5", "NaN", "1,00", "1 000", "abc", "9" * 41, "92233720368547758.08"],
)
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse_minor(text)
    assert caught.value.code == "ledger.amount_invalid"


def test_amounts_are_shown_with_separators_and_a_true_minus() -> None:
    assert format_minor(100_000_000) == "1,000,000.00"
    assert format_minor(-5) == "\N{MINUS SIGN}0.05"
    assert format_minor(9_372, scale=0) == "9,372"


@given(st.integers(-MINOR_MAX, MINOR_MAX), st.integers(0, 6))
def test_what_is_shown_reads_back(minor: int, scale: int) -> None:
    assert parse_minor(format_minor(minor, scale), scale) == minor


def test_money_of_one_currency_adds_and_compares() -> None:
    assert Money(5, "CNY") + Money(7, "CNY") == Money(12, "CNY")
    assert Money(5, "CNY") - Money(7, "CNY") == -Money(2, "CNY")
    assert Money(5, "CNY") < Money(7, "CNY") <= Money(7, "CNY")
    assert str(Money(123_456, "CNY")) == "1,234.56 CNY"


def test_money_of_two_currencies_never_mixes() -> None:
    for mix in (
        lambda: Money(1, "CNY") + Money(1, "USD"),
        lambda: Money(1, "CNY") - Money(1, "USD"),
        lambda: Money(1, "CNY") < Money(1, "USD"),
    ):
        with pytest.raises(DomainError, match=r"ledger\.asset_mixed"):
            mix()
