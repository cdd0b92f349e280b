"""Every row of the receivable's results, through the public journeys, read from the books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from scf.financing.terms import EarlyBenefit, LateAccrual
from scf.journeys.verifying import book_prove
from scf.network.queries import programmes_list
from scf.simulator.worked.figures import Figures
from scf.simulator.worked.receivable import (
    case_credit_20000,
    case_credit_70000,
    case_day60,
    case_day90,
    case_deducted,
    case_insolvent_300000,
    case_overpaid,
    case_part_600000,
    case_repurchase_day30,
    case_short,
    case_undersubscribed,
)
from scf.simulator.worked.world import TERMS

pytestmark = pytest.mark.django_db(transaction=True)
PRINCIPAL = 93_720_000
DAY_90 = {"A": 50_678_082, "B": 30_406_849, "C": 13_906_066}


def proved() -> None:
    """The five proofs and the rest hold for whatever the case did."""
    for programme in programmes_list():
        report = book_prove(programme_id=programme.id)
        assert report.ok, [proof for proof in report.proofs if not proof.ok]


def row(figures: Figures) -> tuple[int, int, int]:
    return figures.interest_minor, figures.principal_minor, figures.residual_minor


@pytest.mark.parametrize(
    ("case", "expected", "holders"),
    [
        (case_day90, (1_270_997, PRINCIPAL, 5_009_003), DAY_90),
        (
            case_day60,
            (847_332, PRINCIPAL, 5_432_668),
            {"A": 50_452_055, "B": 30_271_233, "C": 13_844_044},
        ),
        (case_credit_20000, (1_270_997, PRINCIPAL, 3_009_003), DAY_90),
        (case_overpaid, (1_270_997, PRINCIPAL, 5_009_003), DAY_90),
        (case_short, (1_270_997, PRINCIPAL, 5_008_503), DAY_90),
        (
            case_insolvent_300000,
            (1_270_997, 28_729_003, 0),
            {"A": 16_005_122, "B": 9_603_073, "C": 4_391_805},
        ),
    ],
    ids=["day90", "day60", "credit_20000", "overpaid", "short", "insolvent"],
)
def test_results(
    case: Callable[[], Figures], expected: tuple[int, int, int], holders: dict[str, int]
) -> None:
    figures = case()
    assert row(figures) == expected
    assert figures.holders == holders
    assert (figures.units, figures.proceeds_minor, figures.fee_minor) == (
        9_372,
        93_581_346,
        138_654,
    )
    assert figures.claim_open_minor == 0
    assert figures.on_account_minor == (50_000 if case is case_overpaid else 0)
    assert figures.shortfall_minor == (64_990_997 if case is case_insolvent_300000 else 0)
    proved()


def test_early_benefit_to_investors() -> None:
    assert row(case_day60(EarlyBenefit.INVESTORS)) == (1_270_997, PRINCIPAL, 5_009_003)
    proved()


def test_early_benefit_to_the_obligor() -> None:
    figures = case_day60(EarlyBenefit.OBLIGOR)
    assert row(figures) == (847_332, PRINCIPAL, 5_009_003)
    assert figures.on_account_minor == 423_665
    proved()


def test_credit_note_of_70000_with_recourse_paid() -> None:
    figures = case_credit_70000(recourse_paid=True)
    assert row(figures) == (1_270_997, PRINCIPAL, 0)
    assert figures.shortfall_minor == 1_990_997
    assert figures.holders == DAY_90
    proved()


def test_credit_note_of_70000_with_recourse_unpaid() -> None:
    figures = case_credit_70000(recourse_paid=False)
    assert row(figures) == (1_270_997, 91_729_003, 0)
    assert figures.holders == {"A": 49_615_877, "B": 29_769_526, "C": 13_614_597}
    proved()


def test_part_on_day_90_and_the_rest_on_day_100() -> None:
    parts = case_part_600000()
    assert row(parts["first"]) == (1_270_997, 58_729_003, 0)
    assert parts["first"].holders == {"A": 32_010_243, "B": 19_206_146, "C": 8_783_611}
    assert row(parts["final"]) == (0, 34_990_997, 5_009_003)
    assert parts["final"].holders == {"A": 18_667_839, "B": 11_200_703, "C": 5_122_455}
    proved()


def test_the_same_with_contract_accrual() -> None:
    parts = case_part_600000(terms=replace(TERMS, late_accrual=LateAccrual.CONTRACT))
    assert row(parts["final"]) == (52_726, 34_990_997, 4_956_277)
    proved()


def test_part_on_day_60_and_the_rest_on_day_90() -> None:
    parts = case_part_600000(first_day=60, rest_day=91)
    assert row(parts["first"]) == (847_332, 59_152_668, 0)
    # Day 90 is a Sunday; paid on Monday, the yield has stopped on day 90.
    assert row(parts["final"]) == (156_263, 34_567_332, 5_276_405)
    proved()


def test_a_deduction_without_a_credit_note_leaves_the_claim_open() -> None:
    figures = case_deducted()
    assert row(figures) == (1_270_997, PRINCIPAL, 9_003)
    assert figures.claim_open_minor == 5_000_000
    proved()


def test_fraud_repurchase_on_day_30() -> None:
    figures = case_repurchase_day30()
    assert row(figures) == (423_666, PRINCIPAL, 0)
    assert figures.investors_paid_minor == 94_143_666
    assert figures.fee_minor == 138_654
    proved()


def test_undersubscribed() -> None:
    figures = case_undersubscribed()
    assert figures == Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, {"A": 0, "B": 0, "C": 0})
    proved()
