"""The book proves itself, and a fee that stayed is an alarm."""

from scf.journeys.day_end import day_end_now
from scf.journeys.verifying import book_prove
from scf.simulator.worked.life import issued
from scf.simulator.worked.receivable import BIDS
from tests.scf.journeys.conftest import Stage


def test_every_proof_of_the_design_is_run(stage: Stage) -> None:
    stage.issued()
    report = book_prove(programme_id=stage.world.programme_id)
    assert report.ok
    names = {proof.name for proof in report.proofs}
    assert {"escrow", "client_money", "units", "entitlement", "fees"} <= names


def test_a_fee_not_swept_on_its_day_is_an_alarm(stage: Stage) -> None:
    issued(world=stage.world, series=stage.listed(), bids=BIDS)
    assert book_prove(programme_id=stage.world.programme_id).ok
    day_end_now(actor=stage.world.actors["ops"], at=stage.world.at)
    report = book_prove(programme_id=stage.world.programme_id)
    (broken,) = [proof for proof in report.proofs if not proof.ok]
    assert (broken.name, broken.difference) == ("fees", 138_654)
