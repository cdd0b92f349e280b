"""Figures as people read them: exact where money is, short only in charts and limits."""

import pytest
from django.utils import translation

from scf.portals import figures


@pytest.mark.parametrize(
    ("minor", "text"),
    [(100_000_000, "1,000,000.00"), (-2600, "−26.00"), (0, "0.00"), (5, "0.05")],
)
def test_money_has_two_decimals_and_a_true_minus(minor: int, text: str) -> None:
    assert figures.money(minor) == text


def test_signed_money_says_plus_but_not_for_nothing() -> None:
    assert figures.money_signed(5_009_003) == "+50,090.03"
    assert figures.money_signed(0) == "0.00"
    assert figures.money_signed(-138_654) == "−1,386.54"


@pytest.mark.parametrize(
    ("ppm", "text"),
    [(55_000, "5.50%"), (61_090, "6.11%"), (0, "0.00%"), (-4_950, "−0.50%"), (-1, "0.00%")],
)
def test_rates_are_half_up(ppm: int, text: str) -> None:
    assert figures.rate(ppm) == text


def test_quantities_and_prices_lose_no_digit() -> None:
    assert figures.quantity(12_500_000_000) == "12,500"
    assert figures.quantity(-1_250_000) == "−1.25"
    assert figures.unit_price(8_000_000_000) == "80.00"
    assert figures.unit_price(123_456, per=1000) == "0.00123456 / 1,000"


@pytest.mark.parametrize(
    ("language", "minor", "text"),
    [
        ("zh-hans", 386_000_000, "386 万"),
        ("zh-hans", 88_100_000_000, "8.81 亿"),
        ("zh-hans", 99_900, "999"),
        ("zh-hans", -3_860_000_00, "−386 万"),
        ("en", 386_000_000, "3.86m"),
        ("en", 88_100_000_000, "881m"),
        ("en", 12_345_00, "12.3k"),
    ],
)
def test_large_sums_in_charts(language: str, minor: int, text: str) -> None:
    with translation.override(language):
        assert figures.money_compact(minor) == text


def test_account_numbers_and_hashes_are_shortened() -> None:
    assert figures.masked("6222 0000 0000 4471") == "···· 4471"
    assert figures.short_hash("7c1e" + "0" * 56 + "a94f") == "7c1e…a94f"
    assert figures.short_hash("7c1ea94f") == "7c1ea94f"
