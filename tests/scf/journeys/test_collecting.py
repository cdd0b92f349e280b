"""Money for a claim: what is too much, what is small change, and where it may not go."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from ledger.queries import balance_get
from scf.financing.queries import claim_adjustments, claim_get, claim_steps
from scf.journeys.collecting import collection_apply, recourse_apply
from scf.products.queries import distributions_of, series_get
from scf.simulator.worked.figures import Reading
from scf.simulator.worked.life import INVOICE, days_pass
from scf.simulator.worked.receivable import TUESDAY
from tests.scf.journeys.conftest import Refusing, Stage


def _apply(stage: Stage, series: Any, minor: Any, apply: Any = collection_apply) -> Any:
    with transaction.atomic():
        return apply(
            programme_id=stage.world.programme_id,
            entry_id=1,
            claim_id=series.claim_id,
            amount_minor=minor,
            value_date=stage.world.today,
            business_date=stage.world.today,
            at=stage.world.at,
        )


def test_more_than_is_open_is_refused_for_the_caller_to_split(
    stage: Stage, refused: Refusing
) -> None:
    series = stage.issued()
    with refused("financing.claim_overpaid"):
        _apply(stage, series, 100_000_001)
    with refused("financing.claim_overpaid"):
        _apply(stage, series, 1, apply=recourse_apply)


def test_a_claim_that_is_not_assigned_takes_no_money(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    with refused("financing.claim_not_payable"):
        _apply(stage, series, 1)


def test_small_change_is_waived_on_record(stage: Stage) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=90))
    stage.world.pays_in(("obligor", 99_999_500, INVOICE))
    (row,) = claim_adjustments(claim_id=series.claim_id)
    assert (row["kind"], row["amount_minor"]) == ("waiver", 500)
    assert claim_get(claim_id=series.claim_id).state == "settled"


def test_no_unit_is_redeemed_while_the_claim_is_unpaid(stage: Stage) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=90))
    stage.world.pays_in(("obligor", 60_000_000, INVOICE))
    reading = Reading(world=stage.world, series=series)
    book = stage.world.programme.book
    assert balance_get(ref=reading.books.redeemed, book=book).net == 0
    assert series_get(series_id=series.id).state == "issued"
    stage.world.pays_in(("obligor", 40_000_000, INVOICE))
    assert balance_get(ref=reading.books.redeemed, book=book).net == 9_372
    assert series_get(series_id=series.id).state == "redeemed"
    assert len(distributions_of(series_id=series.id)) == 2
    codes = [step["code"] for step in claim_steps(claim_id=series.claim_id)]
    assert codes.count("collected") == 2
    assert codes[-1] == "settled"
