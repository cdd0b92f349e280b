"""Freeze, repurchase, write-off and recovery: four eyes, and the books stay whole."""

from datetime import timedelta
from typing import Any

from ledger.queries import balance_get
from scf.financing.queries import claim_get
from scf.journeys.defaulting import (
    repurchase_demand,
    series_freeze,
    unfreeze_approve,
    unfreeze_submit,
    write_off_approve,
    write_off_submit,
)
from scf.journeys.verifying import book_prove
from scf.products.queries import distributions_of, series_get
from scf.simulator.worked.figures import Reading
from scf.simulator.worked.life import INVOICE, days_pass, issued, money_leaves
from scf.simulator.worked.receivable import BIDS, TUESDAY
from tests.scf.journeys.conftest import Refusing, Stage


def _until(stage: Stage, day: Any) -> None:
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=day))


def _write_off(stage: Stage, claim_id: Any, checker: Any = "ops2") -> Any:
    asked = write_off_submit(
        actor=stage.world.actors["ops"], claim_id=claim_id, reason="破产", at=stage.world.at
    )
    return write_off_approve(
        actor=stage.world.actors[checker],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        at=stage.world.at,
    )


def test_a_frozen_series_collects_and_does_not_distribute_until_two_people_unfreeze(
    stage: Stage, refused: Refusing
) -> None:
    series = stage.issued()
    _until(stage, 90)
    series_freeze(
        actor=stage.world.actors["ops"], series_id=series.id, reason="疑伪造", at=stage.world.at
    )
    stage.world.pays_in(("obligor", 100_000_000, INVOICE))
    assert distributions_of(series_id=series.id) == []
    asked = unfreeze_submit(
        actor=stage.world.actors["ops"], series_id=series.id, reason="核实无误", at=stage.world.at
    )
    with refused("access.denied"):
        unfreeze_approve(
            actor=stage.world.actors["ops"],
            approval_id=asked.id,
            content_hash_seen=asked.content_hash,
            at=stage.world.at,
        )
    unfreeze_approve(
        actor=stage.world.actors["ops2"],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        at=stage.world.at,
    )
    (run,) = distributions_of(series_id=series.id)
    assert (run["interest_minor"], run["residual_minor"]) == (1_270_997, 5_009_003)
    assert series_get(series_id=series.id).state == "redeemed"


def test_proceeds_that_have_not_left_are_used_first(stage: Stage) -> None:
    """Fraud found on the day of the close: the supplier owes only what the frozen payout lacks."""
    series = issued(world=stage.world, series=stage.listed(), bids=BIDS)
    rest = repurchase_demand(
        actor=stage.world.actors["ops2"],
        claim_id=series.claim_id,
        forged=True,
        reason="确权系伪造",
        at=stage.world.at,
    )
    assert rest == 93_720_000 - 93_581_346
    stage.world.pays_in(("supplier", rest, claim_get(claim_id=series.claim_id).number))
    reading = Reading(world=stage.world, series=series)
    book = stage.world.programme.book
    assert balance_get(ref=reading.books.claim_obligor, book=book).net == 0
    assert balance_get(ref=reading.books.claim_supplier, book=book).net == 0
    assert claim_get(claim_id=series.claim_id).state == "repurchased"
    assert series_get(series_id=series.id).state == "redeemed"
    money_leaves(world=stage.world)
    assert book_prove(programme_id=stage.world.programme_id).ok


def test_written_off_under_four_eyes_and_recovered_later(stage: Stage) -> None:
    series = stage.issued()
    _until(stage, 90)
    stage.world.pays_in(("obligor", 30_000_000, INVOICE))
    assert _write_off(stage, series.claim_id).state == "impaired"
    assert claim_get(claim_id=series.claim_id).state == "written_off"
    _until(stage, 100)
    stage.world.pays_in(("obligor", 10_000_000, INVOICE))
    runs = distributions_of(series_id=series.id)
    assert [run["kind"] for run in runs] == ["collection", "recovery"]
    assert runs[1]["principal_minor"] == 10_000_000
    assert book_prove(programme_id=stage.world.programme_id).ok


def test_money_that_came_in_between_voids_the_write_off(stage: Stage, refused: Refusing) -> None:
    series = stage.issued()
    _until(stage, 90)
    asked = write_off_submit(
        actor=stage.world.actors["ops"], claim_id=series.claim_id, reason="破产", at=stage.world.at
    )
    stage.world.pays_in(("obligor", 30_000_000, INVOICE))
    with refused("network.approval_changed"):
        write_off_approve(
            actor=stage.world.actors["ops2"],
            approval_id=asked.id,
            content_hash_seen=asked.content_hash,
            at=stage.world.at,
        )


def test_what_waited_frozen_earns_to_the_day_it_came(stage: Stage) -> None:
    series = stage.issued()
    _until(stage, 90 - 7)
    series_freeze(
        actor=stage.world.actors["ops"], series_id=series.id, reason="核查", at=stage.world.at
    )
    stage.world.pays_in(("obligor", 100_000_000, INVOICE))
    _until(stage, 90)
    asked = unfreeze_submit(
        actor=stage.world.actors["ops"], series_id=series.id, reason="无误", at=stage.world.at
    )
    unfreeze_approve(
        actor=stage.world.actors["ops2"],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        at=stage.world.at,
    )
    (run,) = distributions_of(series_id=series.id)
    assert run["interest_minor"] == 1_172_142  # 83 days, not 90
    assert book_prove(programme_id=stage.world.programme_id).ok


def test_a_repurchase_that_came_short_waits_for_the_rest(stage: Stage) -> None:
    series = stage.issued()
    _until(stage, 30 - 1)
    owed = repurchase_demand(
        actor=stage.world.actors["ops2"],
        claim_id=series.claim_id,
        forged=False,
        reason="确权有误",
        at=stage.world.at,
    )
    number = claim_get(claim_id=series.claim_id).number
    _until(stage, 31)
    stage.world.pays_in(("supplier", owed, number))
    assert claim_get(claim_id=series.claim_id).state == "assigned"
    assert distributions_of(series_id=series.id) == []
    stage.world.pays_in(("supplier", 28_245, number))
    assert claim_get(claim_id=series.claim_id).state == "repurchased"
    assert series_get(series_id=series.id).state == "redeemed"
    assert book_prove(programme_id=stage.world.programme_id).ok


def test_every_step_wants_a_reason(stage: Stage, refused: Refusing) -> None:
    series = stage.issued()
    at, ops = stage.world.at, stage.world.actors["ops"]
    with refused("financing.reason_missing"):
        series_freeze(actor=ops, series_id=series.id, reason="", at=at)
    with refused("financing.reason_missing"):
        write_off_submit(actor=ops, claim_id=series.claim_id, reason=" ", at=at)
    with refused("financing.reason_missing"):
        repurchase_demand(
            actor=stage.world.actors["ops2"],
            claim_id=series.claim_id,
            forged=False,
            reason="",
            at=at,
        )
    with refused("products.not_frozen"):
        unfreeze_submit(actor=ops, series_id=series.id, reason="x", at=at)
