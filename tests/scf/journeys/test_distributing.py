"""The waterfall in the books: value dates, interest-only payments, and the state that follows."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from ledger.queries import balance_get
from scf.journeys.collecting import collection_apply
from scf.journeys.day_end import day_end_now
from scf.journeys.verifying import book_prove
from scf.products.queries import distributions_of, series_get
from scf.simulator.worked.figures import Reading
from scf.simulator.worked.life import INVOICE, days_pass
from scf.simulator.worked.receivable import TUESDAY
from tests.scf.journeys.conftest import Stage


def _due(stage: Stage, series: Any) -> Any:
    reading = Reading(world=stage.world, series=series)
    return balance_get(ref=reading.books.yield_due, book=stage.world.programme.book).net


def test_a_payment_that_only_covers_yield_leaves_the_period_running(stage: Stage) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=90))
    stage.world.pays_in(("obligor", 500_000, INVOICE))
    (run,) = distributions_of(series_id=series.id)
    assert (run["interest_minor"], run["principal_minor"]) == (500_000, 0)
    assert _due(stage, series) == 770_997
    stage.world.pays_in(("obligor", 99_500_000, INVOICE))
    last = distributions_of(series_id=series.id)[-1]
    assert (last["interest_minor"], last["residual_minor"]) == (770_997, 5_009_003)
    assert _due(stage, series) == 0


def test_money_valued_on_friday_and_read_on_monday_earns_to_friday(stage: Stage) -> None:
    """The weekend's accrual is taken back: interest runs to the value date."""
    series = stage.issued()
    days_pass(world=stage.world, until=date(2026, 5, 15))  # a Friday, day 59
    day_end_now(actor=stage.world.actors["ops"], at=stage.world.at)  # accrued to Monday
    stage.world.pays_in(("A", 100_000_000, "模拟"))
    with transaction.atomic():
        _move(stage, series, value_date=date(2026, 5, 15))
    (run,) = distributions_of(series_id=series.id)
    assert run["interest_minor"] == 833_209  # 59 days
    assert _due(stage, series) == 0
    assert series_get(series_id=series.id).state == "redeemed"
    assert book_prove(programme_id=stage.world.programme_id).ok


def test_a_part_payment_valued_earlier_keeps_the_proofs(stage: Stage) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=date(2026, 5, 15))
    day_end_now(actor=stage.world.actors["ops"], at=stage.world.at)
    stage.world.pays_in(("A", 100_000_000, "模拟"))
    with transaction.atomic():
        _move(stage, series, value_date=date(2026, 5, 15), minor=60_000_000)
    (run,) = distributions_of(series_id=series.id)
    assert run["interest_minor"] == 833_209
    assert run["principal_left_minor"] == 93_720_000 - (60_000_000 - 833_209)
    assert book_prove(programme_id=stage.world.programme_id).ok


def _move(stage: Stage, series: Any, value_date: Any, minor: Any = 100_000_000) -> None:
    """Free cash stands in for the obligor's: put it back and collect it with an older value date."""
    from ledger.operations.posting import journal_post
    from ledger.values import Leg

    reading = Reading(world=stage.world, series=series)
    journal_post(
        key="back",
        kind="test",
        book=stage.world.programme.book,
        legs=[
            Leg(
                reading.books.available(stage.world.party("A")),
                reading.books.unallocated,
                minor,
            )
        ],
        effective_date=stage.world.today,
        booked_at=stage.world.at,
    )
    collection_apply(
        programme_id=stage.world.programme_id,
        entry_id=1,
        claim_id=series.claim_id,
        amount_minor=minor,
        value_date=value_date,
        business_date=stage.world.today,
        at=stage.world.at,
    )
