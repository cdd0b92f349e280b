"""The end of a loss: BOOKS' insolvent obligor, recovers 300,000, and then nothing more comes."""

from datetime import timedelta
from typing import Any

from ledger.queries import balances_list
from scf.financing.queries import claim_get
from scf.journeys.closing_at_loss import loss_close_approve, loss_close_submit
from scf.journeys.verifying import book_prove
from scf.products.queries import series_get
from scf.simulator.worked.life import INVOICE, days_pass, money_leaves
from scf.simulator.worked.receivable import TUESDAY
from tests.scf.journeys.conftest import Refusing, Stage
from tests.scf.journeys.test_defaulting import _write_off

LOST = 93_720_000 - 28_729_003


def _written_off(stage: Stage) -> Any:
    series = stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=90))
    stage.world.pays_in(("obligor", 30_000_000, INVOICE))
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=182))
    _write_off(stage, series.claim_id)
    return series_get(series_id=series.id)


def _submit(stage: Stage, claim_id: int) -> Any:
    return loss_close_submit(
        actor=stage.world.actors["ops"], claim_id=claim_id, reason="破产分配完毕", at=stage.world.at
    )


def _approve(stage: Stage, asked: Any, who: str = "ops2") -> Any:
    return loss_close_approve(
        actor=stage.world.actors[who],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        at=stage.world.at,
    )


def test_two_people_end_it_and_the_book_still_proves_itself(stage: Stage) -> None:
    series = _written_off(stage)
    asked = _submit(stage, series.claim_id)
    assert asked.amount_minor == LOST == 64_990_997
    assert _approve(stage, asked).state == "closed_at_loss"
    assert claim_get(claim_id=series.claim_id).state == "closed_at_loss"
    money_leaves(world=stage.world)
    book = stage.world.programme.book
    left = {
        (ref.code, ref.asset): balance.net
        for ref, balance in balances_list(book=book)
        if balance.net and ref.code not in ("available", "bank.escrow", "authorised", "redeemed")
    }
    assert left == {}
    assert book_prove(programme_id=stage.world.programme_id).ok


def test_nobody_ends_a_loss_alone_or_too_early(stage: Stage, refused: Refusing) -> None:
    series = stage.issued()
    with refused("financing.not_written_off"):
        _submit(stage, series.claim_id)


def test_the_maker_does_not_check_himself(stage: Stage, refused: Refusing) -> None:
    series = _written_off(stage)
    asked = _submit(stage, series.claim_id)
    with refused("access.denied"):
        _approve(stage, asked, who="ops")
    assert series_get(series_id=series.id).state == "impaired"


def test_what_is_recovered_meanwhile_changes_what_was_seen(stage: Stage, refused: Refusing) -> None:
    series = _written_off(stage)
    asked = _submit(stage, series.claim_id)
    stage.world.pays_in(("obligor", 1_000_000, INVOICE))
    with refused("network.approval_changed"):
        _approve(stage, asked)
    paid = series_get(series_id=series.id).position
    assert paid is not None
    assert paid.principal_minor == LOST - 1_000_000
