from __future__ import annotations

from datetime import date

import pytest

from scf.simulator.values import ChainSpec, net_minor_of, tax_minor_of


@pytest.mark.parametrize(
    ("qty_milli", "price_e6", "price_unit", "minor"),
    [
        (12_500_000, 70_796_460, 1, 88_495_575),  # the worked invoice, net
        (1_000, 5_000, 1, 1),  # half a fen rounds up
        (1_000, 4_999, 1, 0),
        (90_000_000, 46_000_000, 1_000, 414_000),  # a price per thousand
    ],
)
def test_a_line_is_worth_quantity_times_price_half_up(
    qty_milli: int, price_e6: int, price_unit: int, minor: int
) -> None:
    assert net_minor_of(qty_milli=qty_milli, price_e6=price_e6, price_unit=price_unit) == minor


def test_vat_is_thirteen_percent_half_up() -> None:
    assert tax_minor_of(net_minor=88_495_575) == 11_504_425
    assert tax_minor_of(net_minor=50) == 7  # 6.5


def test_history_ends_the_day_before_business_opens() -> None:
    spec = ChainSpec(business_date=date(2026, 3, 18), history_days=457)
    assert spec.last_date == date(2026, 3, 17)
    assert spec.first_date == date(2024, 12, 16)
