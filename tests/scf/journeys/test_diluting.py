"""Credit notes, disputes and wrong payees after the close."""

from datetime import timedelta
from typing import Any

from ledger.queries import balance_get
from scf.financing.queries import claim_adjustments, claim_get
from scf.journeys.diluting import claim_dispute, dispute_resolve, misdirection_report
from scf.journeys.verifying import book_prove
from scf.products.queries import distributions_of
from scf.simulator.worked.figures import Reading
from scf.simulator.worked.life import INVOICE, days_pass
from scf.simulator.worked.papers import credit_deliver
from scf.simulator.worked.receivable import TUESDAY
from tests.scf.journeys.conftest import Refusing, Stage


def _credit(stage: Stage, minor: Any, number: Any = "CN-1") -> None:
    credit_deliver(world=stage.world, number=number, invoice=INVOICE, gross_minor=minor)


def _balances(stage: Stage, series: Any) -> Any:
    reading = Reading(world=stage.world, series=series)
    book = stage.world.programme.book
    return (
        balance_get(ref=reading.books.claim_series, book=book).net,
        balance_get(ref=reading.books.recourse_series, book=book).net,
    )


def test_a_small_credit_note_falls_on_the_residual(stage: Stage) -> None:
    series = stage.issued()
    _credit(stage, 2_000_000)
    assert _balances(stage, series) == (98_000_000, 0)
    assert claim_get(claim_id=series.claim_id).face_minor == 100_000_000


def test_a_large_one_makes_the_supplier_owe_what_investors_lack(stage: Stage) -> None:
    series = stage.issued()
    _credit(stage, 7_000_000)
    assert _balances(stage, series) == (93_000_000, 1_990_997)
    (row,) = claim_adjustments(claim_id=series.claim_id)
    assert (row["kind"], row["amount_minor"], row["recourse_minor"]) == (
        "credit_note",
        7_000_000,
        1_990_997,
    )


def test_the_same_credit_note_twice_is_one_and_two_add_up(stage: Stage) -> None:
    series = stage.issued()
    _credit(stage, 4_000_000)
    _credit(stage, 4_000_000)
    assert _balances(stage, series) == (96_000_000, 0)
    _credit(stage, 3_000_000, number="CN-2")
    assert _balances(stage, series) == (93_000_000, 1_990_997)


def test_after_settlement_the_series_is_untouched(stage: Stage) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=90))
    stage.world.pays_in(("obligor", 100_000_000, INVOICE))
    _credit(stage, 7_000_000)
    assert _balances(stage, series) == (0, 0)
    assert len(distributions_of(series_id=series.id)) == 1
    assert claim_adjustments(claim_id=series.claim_id) == []


def test_a_deduction_is_disputed_and_only_recourse_when_upheld(
    stage: Stage, refused: Refusing
) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=90))
    stage.world.pays_in(("obligor", 93_000_000, INVOICE))
    actor, at = stage.world.actors["ops"], stage.world.at
    with refused("financing.reason_missing"):
        claim_dispute(actor=actor, claim_id=series.claim_id, reason="", at=at)
    claim_dispute(actor=actor, claim_id=series.claim_id, reason="买方称质量扣款", at=at)
    assert claim_get(claim_id=series.claim_id).is_disputed
    assert _balances(stage, series) == (7_000_000, 0)
    checker = stage.world.actors["ops2"]
    with refused("access.denied"):
        dispute_resolve(
            actor=stage.world.actors["anchor2"],
            claim_id=series.claim_id,
            upheld_minor=1,
            reason="x",
            at=at,
        )
    dispute_resolve(
        actor=checker, claim_id=series.claim_id, upheld_minor=7_000_000, reason="属实", at=at
    )
    with refused("financing.not_disputed"):
        dispute_resolve(
            actor=checker, claim_id=series.claim_id, upheld_minor=7_000_000, reason="属实", at=at
        )
    assert _balances(stage, series) == (0, 1_990_997)
    assert not claim_get(claim_id=series.claim_id).is_disputed


def test_a_dismissed_dispute_leaves_the_claim_owed(stage: Stage) -> None:
    series = stage.issued()
    actor, at = stage.world.actors["ops"], stage.world.at
    claim_dispute(actor=actor, claim_id=series.claim_id, reason="质量", at=at)
    checker = stage.world.actors["ops2"]
    dispute_resolve(actor=checker, claim_id=series.claim_id, upheld_minor=0, reason="不属实", at=at)
    assert _balances(stage, series) == (100_000_000, 0)


def test_paid_to_the_supplier_by_mistake_and_turned_over(stage: Stage) -> None:
    series = stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=90))
    claim = claim_get(claim_id=series.claim_id)
    misdirection_report(
        actor=stage.world.actors["ops"],
        claim_id=claim.id,
        reason="付到供应商账户",
        at=stage.world.at,
    )
    assert claim_get(claim_id=claim.id).is_misdirected
    assert _balances(stage, series) == (100_000_000, 0)
    stage.world.pays_in(("supplier", 100_000_000, claim.number))
    after = claim_get(claim_id=claim.id)
    assert (after.state, after.is_misdirected) == ("settled", False)
    assert book_prove(programme_id=stage.world.programme_id).ok
