"""The close is delivery versus payment in one journal; an unfilled series ends as if it never was."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from ledger.queries import balance_get, journals_list
from scf.financing.queries import claim_get, fingerprints_live_elsewhere, registrations_of
from scf.financing.terms import AllocationRule
from scf.journeys.closing import allotments_of, series_cancel, series_close, series_deadline_pass
from scf.journeys.defaulting import series_freeze
from scf.network.calendar import business_day_next
from scf.network.operations import party_kyb_set
from scf.network.values import KybState
from scf.products.queries import holders_of, series_get, subscriptions_of
from scf.simulator.worked.figures import Reading
from scf.simulator.worked.life import INVOICE, bid, claim_offered, days_pass, listed
from scf.simulator.worked.papers import credit_deliver
from scf.simulator.worked.receivable import BIDS, FACE, TENOR, TUESDAY
from scf.simulator.worked.world import TERMS, world_make
from tests.scf.journeys.conftest import Refusing, Stage


def _close(stage: Stage, series: Any) -> Any:
    return series_close(actor=stage.world.actors["ops"], series_id=series.id, at=stage.world.at)


def test_money_claim_and_units_change_hands_in_one_journal(stage: Stage) -> None:
    series = stage.listed()
    bid(world=stage.world, series=series, bids=BIDS)
    reading = Reading(world=stage.world, series=series)
    assert _close(stage, series).state == "issued"
    closes = [
        row for row in journals_list(book=stage.world.programme.book) if row.kind == "series.closed"
    ]
    assert len(closes) == 1
    book = stage.world.programme.book
    assert balance_get(ref=reading.books.payable_supplier, book=book).net == 93_581_346
    assert balance_get(ref=reading.books.fee_payable, book=book).net == 138_654
    assert balance_get(ref=reading.books.claim_series, book=book).net == FACE
    for who, units in BIDS.items():
        held = reading.books.held(stage.world.party(who))
        hold = reading.books.hold(stage.world.party(who))
        assert balance_get(ref=held, book=book).net == units
        assert balance_get(ref=hold, book=book).net == 0
    assert claim_get(claim_id=series.claim_id).state == "assigned"
    assert [holder.units for _, holder in holders_of(series_id=series.id)] == [5_000, 3_000, 1_372]


def test_the_register_is_searched_again_at_the_close(stage: Stage) -> None:
    series = stage.issued()
    purposes = [(row["kind"], row["purpose"]) for row in registrations_of(claim_id=series.claim_id)]
    assert ("search", "listing") in purposes
    assert ("search", "close") in purposes
    assert fingerprints_live_elsewhere(claim_id=series.claim_id) == []


def test_an_unfilled_series_does_not_close(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    bid(world=stage.world, series=series, bids={"A": 5_000})
    with refused("products.not_funded"):
        _close(stage, series)


def test_a_frozen_series_does_not_close(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    bid(world=stage.world, series=series, bids=BIDS)
    series_freeze(
        actor=stage.world.actors["ops"], series_id=series.id, reason="核查", at=stage.world.at
    )
    with refused("products.frozen"):
        _close(stage, series)


def test_an_investor_whose_kyb_lapsed_stops_the_close(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    bid(world=stage.world, series=series, bids=BIDS)
    party_kyb_set(party_id=stage.world.party("B"), state=KybState.EXPIRED, expiry_date=None)
    with refused("financing.kyb_invalid"):
        _close(stage, series)


def test_called_off_every_hold_is_let_go_and_the_claim_is_free_again(
    stage: Stage, refused: Refusing
) -> None:
    series = stage.listed()
    bid(world=stage.world, series=series, bids={"A": 5_000})
    with refused("financing.reason_missing"):
        series_cancel(
            actor=stage.world.actors["ops"], series_id=series.id, reason="", at=stage.world.at
        )
    series_cancel(
        actor=stage.world.actors["ops"], series_id=series.id, reason="重新定价", at=stage.world.at
    )
    reading = Reading(world=stage.world, series=series)
    available = reading.books.available(stage.world.party("A"))
    assert balance_get(ref=available, book=stage.world.programme.book).free == 50_000_000
    claim = claim_get(claim_id=series.claim_id)
    assert claim.state == "released"
    assert "deregistration" in [row["kind"] for row in registrations_of(claim_id=claim.id)]
    assert stage.quote(claim.receivable_id).proceeds_minor == 93_581_346


@pytest.fixture
def pro_rata(transactional_db: Any) -> Any:
    return world_make(
        code="prorata",
        start=TUESDAY,
        terms=replace(TERMS, allocation=AllocationRule.PRO_RATA, subscription_days=2),
    )


def test_pro_rata_takes_more_bids_than_units_and_gives_by_largest_remainder(pro_rata: Any) -> None:
    world = pro_rata
    series = listed(
        world=world, claim=claim_offered(world=world, face_minor=FACE, tenor_days=TENOR)
    )
    bid(world=world, series=series, bids={"A": 9_372, "B": 9_372, "C": 5_000})
    assert series_get(series_id=series.id).state == "listed"
    assert series.deadline_date is not None
    days_pass(world=world, until=business_day_next(series.deadline_date))
    assert series_get(series_id=series.id).state == "funded"
    rows = allotments_of(series=series_get(series_id=series.id))
    assert sum(row.given for row in rows) == 9_372
    assert [row.given for row in rows] == [3_699, 3_699, 1_974]
    series_close(actor=world.actors["ops"], series_id=series.id, at=world.at)
    given = {row.investor_id: row.allotted_units for row in subscriptions_of(series_id=series.id)}
    assert given == {world.party("A"): 3_699, world.party("B"): 3_699, world.party("C"): 1_974}
    reading = Reading(world=world, series=series)
    free = balance_get(
        ref=reading.books.available(world.party("C")), book=world.programme.book
    ).free
    assert free == (5_000 - 1_974) * 10_000


def test_before_its_deadline_nothing_passes_but_an_open_series_is_left_alone(stage: Stage) -> None:
    series = stage.issued()
    with transaction.atomic():
        again = series_deadline_pass(series_id=series.id, by="system", at=stage.world.at)
    assert again.state == "issued"


def test_the_issued_series_starts_its_interest_on_the_business_date(stage: Stage) -> None:
    series = stage.issued()
    assert series_get(series_id=series.id).issue_date == TUESDAY
    assert series.due_date == TUESDAY + timedelta(days=TENOR)


def test_a_credit_note_before_the_close_stops_it(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    bid(world=stage.world, series=series, bids=BIDS)
    credit_deliver(world=stage.world, number="CN-1", invoice=INVOICE, gross_minor=7_000_000)
    with refused("products.claim_not_ready"):
        _close(stage, series)


def test_a_funded_series_that_never_closed_lets_its_money_go(stage: Stage) -> None:
    series = stage.listed()
    bid(world=stage.world, series=series, bids=BIDS)
    series_freeze(
        actor=stage.world.actors["ops"], series_id=series.id, reason="核查", at=stage.world.at
    )
    days_pass(world=stage.world, until=business_day_next(series.due_date))
    assert series_get(series_id=series.id).state == "cancelled"
    reading = Reading(world=stage.world, series=series)
    available = reading.books.available(stage.world.party("A"))
    assert balance_get(ref=available, book=stage.world.programme.book).free == 50_000_000
