"""The receipt of one, of many, and of a stored quote: the worked example's figures."""

from datetime import date

from scf.financing.pricing import price
from scf.portals.supplier.offer import offer_of_receipt, offers_sum, receipt_lines
from scf.simulator.worked.world import TERMS


def one() -> object:
    return price(
        face_minor=100_000_000,
        start_date=date(2026, 3, 18),
        due_date=date(2026, 6, 16),
        terms=TERMS,
    )


def test_the_receipt_adds_up_to_what_is_had_today() -> None:
    offer = offer_of_receipt(one())  # type: ignore[arg-type]
    taken = offer.holdback_minor + offer.interest_minor + offer.rounding_minor + offer.fee_minor
    assert offer.face_minor - taken == offer.proceeds_minor == 93_581_346
    assert offer.annual_cost_ppm(365) == 61_090
    lines = receipt_lines(offer, TERMS)
    assert [str(line.amount) for line in lines][:6] == [
        "1,000,000.00",
        "−50,000.00",
        "−12,709.97",
        "−90.03",
        "−1,386.54",
        "935,813.46",
    ]
    assert lines[5].kind == "total"
    assert lines[-1].amount == "14,096.51 = 年 6.11%"


def test_many_are_one_receipt() -> None:
    single = offer_of_receipt(one())  # type: ignore[arg-type]
    both = offers_sum([single, single])
    assert both.proceeds_minor == 2 * single.proceeds_minor
    assert both.annual_cost_ppm(365) == single.annual_cost_ppm(365)
    assert both.due_date is None
    assert offers_sum([single]).due_date == date(2026, 6, 16)


def test_nothing_costs_nothing() -> None:
    assert offers_sum([]).annual_cost_ppm(365) == 0
