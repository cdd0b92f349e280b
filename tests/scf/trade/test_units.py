"""Units with a fixed ratio convert; packages do not."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from scf.trade.units import unit_convert, unit_normalise


@pytest.mark.parametrize(
    ("name", "unit"), [("EA", "PCS"), ("件", "PCS"), ("kgm", "KG"), ("吨", "TO")]
)
def test_one_name_a_unit(name: str, unit: str) -> None:
    assert unit_normalise(name) == unit


def test_nothing_said_means_pieces() -> None:
    assert unit_normalise("") == "PCS"


@pytest.mark.parametrize(
    ("qty", "unit", "to", "expected"),
    [
        (2_000_000, "TO", "KG", 2_000_000_000),
        (500_000_000, "G", "KG", 500_000),
        (1_000_000, "DZ", "PCS", 12_000_000),
        (7, "BOX", "BOX", 7),
    ],
)
def test_conversion_is_exact(qty: int, unit: str, to: str, expected: int) -> None:
    assert unit_convert(qty_micro=qty, unit=unit, to=to) == expected


@pytest.mark.parametrize(("unit", "to"), [("KG", "L"), ("BOX", "PCS"), ("DR", "BOX")])
def test_no_ratio_is_guessed(unit: str, to: str) -> None:
    with pytest.raises(DomainError, match=r"trade\.unit_unknown"):
        unit_convert(qty_micro=1, unit=unit, to=to)
