"""The waterfall's rows of BOOKS, and its laws."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scf.financing.terms import EarlyBenefit, LateAccrual, Terms
from scf.products.waterfall import (
    Holder,
    Position,
    Split,
    distribute,
    owed_minor,
    recourse_needed_minor,
    split_holders,
)

TERMS = Terms(
    rate_ppm=55_000,
    fee_rate_ppm=6_000,
    vat_rate_ppm=60_000,
    holdback_ppm=50_000,
    unit_price_minor=10_000,
)
START = date(2026, 3, 17)
PRINCIPAL = 93_720_000
POSITION = Position(
    principal_minor=PRINCIPAL,
    period_start_date=START,
    interest_paid_minor=0,
    foregone_minor=0,
    due_date=START + timedelta(days=90),
)


def _run(
    cash: int, day: int, *, terms: Terms = TERMS, position: Position = POSITION
) -> tuple[int, int, int]:
    split = _split(cash, day, terms=terms, position=position)
    return split.interest_minor, split.principal_minor, split.residual_minor


def _split(cash: int, day: int, *, terms: Terms = TERMS, position: Position = POSITION) -> Split:
    return distribute(
        position=position, cash_minor=cash, on=START + timedelta(days=day), terms=terms
    )


@pytest.mark.parametrize(
    ("cash", "day", "expected"),
    [
        (100_000_000, 90, (1_270_997, 93_720_000, 5_009_003)),
        (100_000_000, 60, (847_332, 93_720_000, 5_432_668)),
        (98_000_000, 90, (1_270_997, 93_720_000, 3_009_003)),
        (93_000_000, 90, (1_270_997, 91_729_003, 0)),
        (95_000_000, 90, (1_270_997, 93_720_000, 9_003)),
        (30_000_000, 90, (1_270_997, 28_729_003, 0)),
        (99_999_500, 90, (1_270_997, 93_720_000, 5_008_503)),
        (94_143_666, 30, (423_666, 93_720_000, 0)),
    ],
)
def test_single_payments(cash: int, day: int, expected: tuple[int, int, int]) -> None:
    assert _run(cash, day) == expected


def test_early_benefit_to_investors_or_obligor() -> None:
    investors = replace(TERMS, early_benefit=EarlyBenefit.INVESTORS)
    assert _run(100_000_000, 60, terms=investors) == (1_270_997, 93_720_000, 5_009_003)
    obligor = replace(TERMS, early_benefit=EarlyBenefit.OBLIGOR)
    split = _split(100_000_000, 60, terms=obligor)
    assert (split.interest_minor, split.residual_minor) == (847_332, 5_009_003)
    assert split.obligor_benefit_minor == 423_665


def test_part_on_day_90_and_the_rest_on_day_100() -> None:
    first = _split(60_000_000, 90)
    assert (first.interest_minor, first.principal_minor) == (1_270_997, 58_729_003)
    assert first.after.principal_minor == 34_990_997
    assert _run(40_000_000, 100, position=first.after) == (0, 34_990_997, 5_009_003)
    contract = replace(TERMS, late_accrual=LateAccrual.CONTRACT)
    first = _split(60_000_000, 90, terms=contract)
    assert _run(40_000_000, 100, terms=contract, position=first.after) == (
        52_726,
        34_990_997,
        4_956_277,
    )


def test_part_on_day_60_and_the_rest_on_day_90() -> None:
    first = _split(60_000_000, 60)
    assert (first.interest_minor, first.principal_minor) == (847_332, 59_152_668)
    assert first.after.principal_minor == 34_567_332
    assert _run(40_000_000, 90, position=first.after) == (156_263, 34_567_332, 5_276_405)


def test_a_payment_that_does_not_cover_the_yield_ends_no_period() -> None:
    first = _split(500_000, 90)
    assert (first.interest_minor, first.principal_minor) == (500_000, 0)
    assert first.after.period_start_date == START
    assert _run(99_500_000, 95, position=first.after) == (770_997, 93_720_000, 5_009_003)


HOLDERS = [Holder(1, 5_000, 0, 0), Holder(2, 3_000, 0, 0), Holder(3, 1_372, 0, 0)]


def test_holders_of_the_worked_example() -> None:
    parts = split_holders(holders=HOLDERS, investors_minor=94_990_997, interest_minor_=1_270_997)
    assert [part.cash_minor for part in parts] == [50_678_082, 30_406_849, 13_906_066]


def test_parts_come_from_the_cumulative_total() -> None:
    first = split_holders(holders=HOLDERS, investors_minor=60_000_000, interest_minor_=1_270_997)
    assert [part.cash_minor for part in first] == [32_010_243, 19_206_146, 8_783_611]
    after = [
        replace(holder, cash_paid_minor=part.cash_minor, interest_paid_minor=part.interest_minor)
        for holder, part in zip(HOLDERS, first, strict=True)
    ]
    rest = split_holders(holders=after, investors_minor=34_990_997, interest_minor_=0)
    assert [part.cash_minor for part in rest] == [18_667_839, 11_200_703, 5_122_455]


@given(
    payments=st.lists(st.tuples(st.integers(1, 60_000_000), st.integers(0, 30)), max_size=8),
    benefit=st.sampled_from(list(EarlyBenefit)),
    late=st.sampled_from(list(LateAccrual)),
)
def test_money_is_conserved_and_principal_never_overpaid(
    payments: list[tuple[int, int]], benefit: EarlyBenefit, late: LateAccrual
) -> None:
    terms = replace(TERMS, early_benefit=benefit, late_accrual=late)
    position, day, principal = POSITION, 0, 0
    for cash, gap in payments:
        day += gap
        split = _split(cash, day, terms=terms, position=position)
        parts = (
            split.interest_minor,
            split.principal_minor,
            split.obligor_benefit_minor,
            split.residual_minor,
        )
        assert sum(parts) == cash
        assert min(parts) >= 0
        # The residual gets nothing while investors are owed something.
        if split.residual_minor or split.obligor_benefit_minor:
            assert split.after.principal_minor == 0
        principal += split.principal_minor
        assert principal + split.after.principal_minor == PRINCIPAL
        position = split.after


@given(
    units=st.lists(st.integers(1, 9_000), min_size=1, max_size=12),
    payments=st.lists(st.integers(0, 50_000_000), min_size=1, max_size=6),
    share=st.integers(2, 10**9),
)
@example(units=[1, 1, 4, 6], payments=[4, 1], share=2)  # the Alabama paradox
def test_holders_get_exactly_what_was_paid_however_often(
    units: list[int], payments: list[int], share: int
) -> None:
    holders = [Holder(i, n, 0, 0) for i, n in enumerate(units)]
    for cash in payments:
        interest = cash - cash // share
        parts = split_holders(holders=holders, investors_minor=cash, interest_minor_=interest)
        assert sum(part.cash_minor for part in parts) == cash
        assert sum(part.interest_minor for part in parts) == interest
        assert all(part.cash_minor >= 0 and part.interest_minor >= 0 for part in parts)
        holders = [
            replace(
                holder,
                cash_paid_minor=holder.cash_paid_minor + part.cash_minor,
                interest_paid_minor=holder.interest_paid_minor + part.interest_minor,
            )
            for holder, part in zip(holders, parts, strict=True)
        ]
    total, whole = sum(payments), sum(units)
    for holder in holders:
        # Within a fen of the exact share for each payment that could round.
        slack = whole * len(payments)
        assert abs(holder.cash_paid_minor * whole - total * holder.units) <= slack
        assert holder.interest_paid_minor <= holder.cash_paid_minor


def test_recourse_is_what_open_claim_and_recourse_lack() -> None:
    needed = recourse_needed_minor(
        position=POSITION, claim_open_minor=93_000_000, recourse_open_minor=0, terms=TERMS
    )
    assert needed == 1_990_997
    assert owed_minor(position=POSITION, on=POSITION.due_date, terms=TERMS) == 94_990_997
    assert (
        recourse_needed_minor(
            position=POSITION, claim_open_minor=98_000_000, recourse_open_minor=0, terms=TERMS
        )
        == 0
    )
