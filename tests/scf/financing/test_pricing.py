"""The quote of the worked example, and what holds for every quote."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import DomainError
from ledger.rates import PPM, interest_minor
from scf.financing.pricing import annual_cost_ppm, net_of_vat, price
from scf.financing.terms import Terms

TERMS = Terms(
    rate_ppm=55_000,
    fee_rate_ppm=6_000,
    vat_rate_ppm=60_000,
    holdback_ppm=50_000,
    unit_price_minor=10_000,
)
START = date(2026, 3, 18)


def test_the_worked_example_to_the_fen() -> None:
    receipt = price(
        face_minor=100_000_000, start_date=START, due_date=START + timedelta(days=90), terms=TERMS
    )
    assert receipt.units == 9_372
    assert receipt.principal_minor == 93_720_000
    assert receipt.interest_minor == 1_270_997
    assert (receipt.fee_minor, receipt.fee_net_minor, receipt.vat_minor) == (
        138_654,
        130_806,
        7_848,
    )
    assert receipt.proceeds_minor == 93_581_346
    assert receipt.residual_minor == 5_009_003
    assert receipt.cost_minor == 1_409_651
    assert receipt.annual_cost_ppm == 61_090
    assert receipt.rounding_minor == 9_003


def test_paid_on_day_60_the_money_cost_64095_ppm() -> None:
    cost = 847_332 + 138_654
    assert annual_cost_ppm(cost_minor=cost, proceeds_minor=93_581_346, days=60, basis=365) == 64_095


@given(
    face=st.integers(1_100_000, 10**13),
    days=st.integers(1, 366),
    rate=st.integers(0, 200_000),
    fee=st.integers(0, 50_000),
    holdback=st.integers(0, 300_000),
)
def test_every_quote_adds_up_and_investors_fit_under_the_holdback(
    face: int, days: int, rate: int, fee: int, holdback: int
) -> None:
    terms = Terms(
        rate_ppm=rate,
        fee_rate_ppm=fee,
        vat_rate_ppm=60_000,
        holdback_ppm=holdback,
        unit_price_minor=10_000,
    )
    receipt = price(
        face_minor=face, start_date=START, due_date=START + timedelta(days=days), terms=terms
    )
    assert receipt.principal_minor == receipt.units * 10_000
    assert receipt.principal_minor == receipt.proceeds_minor + receipt.fee_minor
    assert face == receipt.principal_minor + receipt.interest_minor + receipt.residual_minor
    assert receipt.fee_minor == receipt.fee_net_minor + receipt.vat_minor
    # One rounding of half a fen is all by which interest may pass the target.
    assert receipt.residual_minor >= receipt.holdback_minor - 1
    # One more unit would not fit.
    more = (receipt.units + 1) * 10_000
    owed = more + interest_minor(principal_minor=more, rate_ppm=rate, days=days, basis=365)
    assert owed >= face - receipt.holdback_minor


@pytest.mark.parametrize(
    ("face", "days"), [(100_000_000, 0), (100_000_000, -3), (9_999, 90), (0, 90)]
)
def test_what_is_due_or_too_small_has_no_price(face: int, days: int) -> None:
    with pytest.raises(DomainError) as refused:
        price(face_minor=face, start_date=START, due_date=START + timedelta(days=days), terms=TERMS)
    assert refused.value.code == "financing.not_priceable"


def test_net_of_vat_rounds_half_up() -> None:
    assert net_of_vat(gross_minor=106, vat_rate_ppm=60_000) == 100
    assert net_of_vat(gross_minor=3, vat_rate_ppm=PPM) == 2
