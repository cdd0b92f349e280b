from __future__ import annotations

import pytest

from scf.simulator.words import APPLIANCES, BRAND_FIRST, BRAND_SECOND, CITIES, INDUSTRIES


def test_industry_shares_are_a_whole() -> None:
    assert sum(share for _, share, _ in INDUSTRIES.values()) == pytest.approx(1.0)


def test_there_are_brands_and_cities_for_every_firm() -> None:
    assert len(BRAND_FIRST) * len(BRAND_SECOND) * len(CITIES) > 10_000
    assert all(len(division) == 6 for _, _, division in CITIES)


def test_every_entity_sells_something() -> None:
    assert set(APPLIANCES) == {"1000", "2000", "3000"}
    assert all(price > 0 for goods in APPLIANCES.values() for _, price in goods)
