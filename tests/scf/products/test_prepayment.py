"""BOOKS: prepayment SALE, SELF and the failures, to the fen; and laws that hold for any draws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import DomainError, InvariantViolated
from ledger.quantity import split_largest_remainder
from scf.products.prepayment import (
    PrepayPosition,
    PrepayTerms,
    draw_plan,
    period_earned,
    prepay_distribute,
    units_redeem,
)

START = date(2026, 3, 17)
SALE = PrepayTerms(
    rebate_rate_ppm=70_000, rate_ppm=52_000, fee_rate_ppm=5_000, unit_price_minor=10_000
)
SOLD = PrepayPosition(200_000_000, 160_000_000, 16_000, START)
SELF = PrepayTerms(rebate_rate_ppm=60_000, rate_ppm=0, fee_rate_ppm=5_000, unit_price_minor=10_000)
OWN = PrepayPosition(100_000_000, 0, 10_000, START)
HOLDERS = ((1, 8_000), (2, 5_000), (3, 3_000))


def day(number: int) -> date:
    return START + timedelta(days=number)


def test_sale_the_worked_example() -> None:
    """Draws of 800,000, 700,000 and 500,000 on days 45, 90 and 120."""
    position, rows = SOLD, []
    for number, amount in ((45, 80_000_000), (90, 70_000_000), (120, 50_000_000)):
        plan = draw_plan(position=position, amount_minor=amount, on=day(number), terms=SALE)
        split = prepay_distribute(
            cash_minor=plan.earned.rebate_minor + plan.redemption_minor,
            yield_owed_minor=plan.earned.yield_minor,
            principal_owed_minor=plan.redemption_minor,
            fee_owed_minor=plan.earned.fee_minor,
        )
        position = plan.after
        rows.append(
            (
                plan.earned.rebate_minor,
                plan.redemption_minor,
                split.yield_minor,
                split.principal_minor,
                split.fee_minor,
                split.distributor_minor,
                position.units,
                position.first_loss_minor,
            )
        )
    assert rows == [
        (1_726_027, 64_000_000, 1_025_753, 64_000_000, 98_630, 601_644, 9_600, 24_000_000),
        (1_035_616, 56_000_000, 615_452, 56_000_000, 59_178, 360_986, 4_000, 10_000_000),
        (287_671, 40_000_000, 170_959, 40_000_000, 16_438, 100_274, 0, 0),
    ]


def _day_120() -> PrepayPosition:
    position = draw_plan(position=SOLD, amount_minor=80_000_000, on=day(45), terms=SALE).after
    return draw_plan(position=position, amount_minor=70_000_000, on=day(90), terms=SALE).after


def test_refund_instead_of_the_last_draw() -> None:
    position = _day_120()
    earned = period_earned(position=position, on=day(120), terms=SALE)
    split = prepay_distribute(
        cash_minor=earned.rebate_minor + position.undelivered_minor,
        yield_owed_minor=earned.yield_minor,
        principal_owed_minor=position.principal_minor,
        fee_owed_minor=earned.fee_minor,
    )
    assert (split.yield_minor, split.principal_minor, split.fee_minor) == (
        170_959,
        40_000_000,
        16_438,
    )
    assert split.distributor_minor == 100_274 + 10_000_000


def test_a_short_refund_without_rebate_pays_investors_what_there_is() -> None:
    position = _day_120()
    earned = period_earned(position=position, on=day(120), terms=SALE)
    split = prepay_distribute(
        cash_minor=35_000_000,
        yield_owed_minor=earned.yield_minor,
        principal_owed_minor=position.principal_minor,
        fee_owed_minor=earned.fee_minor,
    )
    assert (split.yield_minor, split.principal_minor) == (170_959, 34_829_041)
    assert (split.fee_minor, split.distributor_minor) == (0, 0)
    assert split_largest_remainder(split.investors_minor, [(1, 2_000), (2, 1_250), (3, 750)]) == {
        1: 17_500_000,
        2: 10_937_500,
        3: 6_562_500,
    }


@pytest.mark.parametrize(
    ("units", "held", "taken", "earned", "parts"),
    [
        (6_400, HOLDERS, {1: 3_200, 2: 2_000, 3: 1_200}, 1_025_753,
         {1: 512_876, 2: 320_548, 3: 192_329}),
        (5_600, ((1, 4_800), (2, 3_000), (3, 1_800)), {1: 2_800, 2: 1_750, 3: 1_050}, 615_452,
         {1: 307_726, 2: 192_329, 3: 115_397}),
        (4_000, ((1, 2_000), (2, 1_250), (3, 750)), {1: 2_000, 2: 1_250, 3: 750}, 170_959,
         {1: 85_479, 2: 53_425, 3: 32_055}),
    ],
)  # fmt: skip
def test_units_and_yield_by_holder(
    units: int,
    held: tuple[tuple[int, int], ...],
    taken: dict[int, int],
    earned: int,
    parts: dict[int, int],
) -> None:
    assert units_redeem(holders=held, units=units) == taken
    assert split_largest_remainder(earned, list(held)) == parts


def test_self_the_worked_example() -> None:
    """1,000,000.00 prepaid: draws on days 20 and 61, refund at expiry on day 100."""
    position, rows = OWN, []
    for number, amount in ((20, 30_000_000), (61, 45_000_000), (100, 25_000_000)):
        plan = draw_plan(position=position, amount_minor=amount, on=day(number), terms=SELF)
        split = prepay_distribute(
            cash_minor=plan.earned.rebate_minor,
            yield_owed_minor=0,
            principal_owed_minor=0,
            fee_owed_minor=plan.earned.fee_minor,
        )
        position = plan.after
        rows.append(
            (plan.earned.rebate_minor, split.fee_minor, split.distributor_minor, position.units)
        )
    assert rows == [
        (328_767, 27_397, 301_370, 7_000),
        (471_781, 39_315, 432_466, 2_500),
        (160_274, 13_356, 146_918, 0),
    ]


def test_the_part_between_payment_and_receipt_earns_for_the_distributor_alone() -> None:
    """PRODUCT: 5 days on 800,000.00 at 7.0% are 767.12."""
    held = PrepayPosition(80_000_000, 0, 0, START)
    assert period_earned(position=held, on=day(5), terms=SALE).rebate_minor == 76_712


def test_a_draw_beyond_what_is_undelivered_or_of_nothing_is_refused() -> None:
    for amount, code in ((200_000_001, "draw_too_large"), (0, "draw_too_small")):
        with pytest.raises(DomainError, match=code):
            draw_plan(position=SOLD, amount_minor=amount, on=day(1), terms=SALE)


def test_time_does_not_run_backwards_and_units_are_not_invented() -> None:
    with pytest.raises(InvariantViolated):
        period_earned(position=SOLD, on=START - timedelta(days=1), terms=SALE)
    with pytest.raises(InvariantViolated):
        units_redeem(holders=HOLDERS, units=16_001)


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 10**8)), min_size=1, max_size=12))
def test_whatever_is_drawn_what_stands_behind_a_unit_never_gets_thinner(
    draws: list[tuple[int, int]],
) -> None:
    position, on = SOLD, START
    for days, wanted in draws:
        on += timedelta(days=days)
        amount = min(wanted, position.undelivered_minor)
        if amount == 0:
            break
        plan = draw_plan(position=position, amount_minor=amount, on=on, terms=SALE)
        after = plan.after
        assert after.undelivered_minor + amount == position.undelivered_minor
        assert after.principal_minor + plan.redemption_minor == position.principal_minor
        assert after.principal_minor == after.units * SALE.unit_price_minor
        # cover a unit: undelivered / units, compared without division
        assert after.undelivered_minor * position.units >= position.undelivered_minor * after.units
        position = after
    assert (position.units == 0) == (position.undelivered_minor == 0) or position.units == 0


@given(
    st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12)
)
def test_the_waterfall_pays_in_order_and_loses_nothing(
    cash: int, owed: int, principal: int, fee: int
) -> None:
    split = prepay_distribute(
        cash_minor=cash,
        yield_owed_minor=owed,
        principal_owed_minor=principal,
        fee_owed_minor=fee,
    )
    assert split.investors_minor + split.fee_minor + split.distributor_minor == cash
    assert split.principal_minor == 0 or split.yield_minor == owed
    assert split.fee_minor == 0 or split.principal_minor == principal
    assert split.distributor_minor == 0 or split.fee_minor == fee
