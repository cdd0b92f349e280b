"""The end of a business date: lapse, accrue, age, lock, turn; killed anywhere, done once."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections

from ledger.queries import balance_get
from scf.access.policy import scope_for
from scf.financing.queries import claim_get, quotes_list
from scf.journeys.accepting import quote_accept, quote_accept_approve
from scf.journeys.checking import claim_check
from scf.journeys.day_end import STEPS, day_end_now, day_end_request, day_end_run
from scf.network.queries import approvals_pending, business_day_get
from scf.simulator.worked.figures import Reading
from scf.simulator.worked.life import days_pass
from scf.simulator.worked.receivable import TUESDAY
from tests.scf.journeys.conftest import Refusing, Stage


def _due(stage: Stage, series: Any) -> Any:
    reading = Reading(world=stage.world, series=series)
    return balance_get(ref=reading.books.yield_due, book=stage.world.programme.book).net


def test_a_weekend_is_jumped_and_its_days_are_accrued(stage: Stage) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=date(2026, 3, 20))
    assert _due(stage, series) == 42_367  # 3 days
    assert day_end_now(actor=stage.world.actors["ops"], at=stage.world.at) == date(2026, 3, 23)
    assert _due(stage, series) == 84_733  # 6 days, cumulative, half up


def test_yield_stops_at_the_due_date(stage: Stage) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=100))
    assert _due(stage, series) == 1_270_997


@pytest.mark.parametrize(
    ("day", "state"), [(87, "scheduled"), (90, "due"), (92, "grace"), (97, "overdue")]
)
def test_an_unpaid_claim_ages(stage: Stage, day: Any, state: Any) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=day))
    assert claim_get(claim_id=series.claim_id).payment_state == state


def test_quotes_and_baskets_lapse(stage: Stage) -> None:
    quote = stage.quote(stage.sellable())
    claim = quote_accept(
        actor=stage.world.actors["supplier"],
        quote_id=quote.id,
        key="k",
        consent=True,
        at=stage.world.at,
    )
    day_end_now(actor=stage.world.actors["ops"], at=stage.world.at)
    scope = scope_for(stage.world.actors["supplier"])
    assert quotes_list(scope=scope)[0].state == "expired"
    assert claim_get(claim_id=claim.id).state == "withdrawn"
    assert approvals_pending(scope=scope) == []


def test_an_obligor_that_does_not_confirm_lets_the_claim_lapse(stage: Stage) -> None:
    quote = stage.quote(stage.sellable())
    claim = quote_accept(
        actor=stage.world.actors["supplier"],
        quote_id=quote.id,
        key="k",
        consent=True,
        at=stage.world.at,
    )
    approval = approvals_pending(scope=scope_for(stage.world.actors["supplier2"]))[0]
    quote_accept_approve(
        actor=stage.world.actors["supplier2"],
        approval_id=approval.id,
        content_hash=approval.content_hash,
        at=stage.world.at,
    )
    assert claim_check(claim_id=claim.id, at=stage.world.at).state == "matched"
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=8))
    after = claim_get(claim_id=claim.id)
    assert (after.state, after.reason) == ("expired", "not_confirmed")


class Killed(Exception):
    """The worker died here."""


@pytest.mark.parametrize("step", range(1, len(STEPS) + 1))
def test_killed_inside_any_step_it_is_taken_over_and_done_once(stage: Stage, step: Any) -> None:
    series = stage.issued()
    day = day_end_request(actor=stage.world.actors["ops"], at=stage.world.at)

    def die(number: Any) -> None:
        if number == step:
            raise Killed

    with pytest.raises(Killed):
        day_end_run(business_day_id=day.id, at=stage.world.at, on_step=die)
    assert business_day_get(business_day_id=day.id).steps_done == step - 1
    day_end_run(business_day_id=day.id, at=stage.world.at, on_step=lambda _: None)
    assert stage.world.today == date(2026, 3, 18)
    assert _due(stage, series) == 14_122
    assert business_day_get(business_day_id=day.id).state == "closed"


def test_asking_twice_is_one_end_of_day(stage: Stage) -> None:
    first = day_end_request(actor=stage.world.actors["ops"], at=stage.world.at)
    assert day_end_request(actor=stage.world.actors["ops2"], at=stage.world.at).id == first.id


def test_a_closed_date_takes_no_more_postings(stage: Stage, refused: Refusing) -> None:
    from ledger.operations.posting import journal_post
    from ledger.values import AccountRef, Leg

    day_end_now(actor=stage.world.actors["ops"], at=stage.world.at)
    with refused("ledger.period_locked"):
        journal_post(
            key="late",
            kind="test",
            book=stage.world.programme.book,
            legs=[Leg(AccountRef("bank.escrow", "CNY"), AccountRef("unallocated", "CNY"), 1)],
            effective_date=TUESDAY,
            booked_at=stage.world.at,
        )


def test_two_that_close_the_same_day_at_once_do_it_once(stage: Stage) -> None:
    """The background worker and a person: each step is done by one, and both come to the end."""
    series = stage.issued()
    day = day_end_request(actor=stage.world.actors["ops"], at=stage.world.at)
    at, errors = stage.world.at, []

    def close() -> None:
        try:
            day_end_run(business_day_id=day.id, at=at, on_step=lambda _: None)
        except Exception as error:  # shown by the assertion
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=close) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert business_day_get(business_day_id=day.id).state == "closed"
    assert _due(stage, series) == 14_122
