"""Terms survive a trip through JSON and refuse nonsense."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ledger.errors import DomainError
from scf.financing.terms import Terms, terms_from_data, terms_to_data

TERMS = Terms(
    rate_ppm=55_000,
    fee_rate_ppm=6_000,
    vat_rate_ppm=60_000,
    holdback_ppm=50_000,
    unit_price_minor=10_000,
)


def test_round_trip_through_json() -> None:
    assert terms_from_data(json.loads(json.dumps(terms_to_data(TERMS)))) == TERMS


@pytest.mark.parametrize(
    "broken",
    [
        {"rate_ppm": -1},
        {"unit_price_minor": 0},
        {"holdback_ppm": 1_000_000},
        {"grace_days": 91},
        {"subscription_days": 0},
    ],
)
def test_a_term_out_of_bounds_is_named(broken: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as refused:
        replace(TERMS, **broken).check()
    assert refused.value.facts["term"] == next(iter(broken))


@pytest.mark.parametrize("name", ["day_count", "roll", "early_benefit", "allocation"])
def test_an_unknown_word_is_refused(name: str) -> None:
    with pytest.raises(DomainError):
        terms_from_data({**terms_to_data(TERMS), name: "whatever"})
