"""From the desk's button to the answer, with the pool's facts from the books."""

from uuid import uuid4

import pytest

from ledger.errors import DomainError
from ledger.models import WorkItem
from ledger.operations.running import WorkOutcome
from risk.queries.stress import stress_facts, stress_get, stress_list, stress_replay, stress_result
from risk.stress.scenario import Scenario
from scf.journeys.stressing import stress_ask, stress_carry
from scf.network.values import party_ref
from scf.simulator.worked.receivable import FACE
from scf.simulator.worked.world import World
from scf.tasks import work_turn
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)
QUICK = Scenario(draws=1_000)


def ask(world: World, scenario: Scenario = QUICK) -> int:
    return stress_ask(actor=world.actors["risk"], scenario=scenario, key=uuid4().hex, at=world.at)


def test_the_pool_is_what_the_books_say(stage: Stage) -> None:
    series = stage.issued()
    world = stage.world
    stress_id = ask(world)
    assert stress_carry(stress_id=stress_id, at=world.at) is WorkOutcome.DONE
    facts = stress_facts(stress_id=stress_id)
    assert facts is not None
    (product,) = facts.products
    assert product.number == series.number
    assert product.face_minor == FACE
    assert product.principal_minor == series.principal_minor
    assert product.interest_minor > 0
    assert sum(units for _, units in product.holders) == series.units
    obligor = facts.firms[facts.place_of(product.obligor_ref)]
    assert (obligor.is_anchor, obligor.pd_ppm) == (True, 5_000)
    assert facts.trade
    row = stress_get(stress_id=stress_id, programme_ref=world.programme.book)
    assert (row.state, row.snapshot_hash) == ("done", facts.snapshot_hash)
    assert stress_replay(stress_id=stress_id)


def test_the_obligors_failure_is_answered_in_principal_and_dates(stage: Stage) -> None:
    series = stage.issued()
    world = stage.world
    failing = Scenario(kind="obligor", party_ref=party_ref(series.obligor_id), draws=500)
    stress_id = ask(world, failing)
    stress_carry(stress_id=stress_id, at=world.at)
    result = stress_result(stress_id=stress_id)
    assert result is not None
    lost = series.principal_minor - FACE * 400_000 // 1_000_000
    assert result["losses"]["expected_minor"] == result["losses"]["p99_minor"] == lost
    assert result["investors"]["below_mean_ppm"] == 1_000_000
    assert result["gaps"][0]["on_date"] == series.payment_date.isoformat()


def test_a_worker_answers_and_shows_how_far_it_is(stage: Stage) -> None:
    stage.issued()
    stress_id = ask(stage.world, Scenario(draws=5_000))
    work_turn(kind="stress.run", key=f"stress:{stress_id}", worker="w")
    item = WorkItem.objects.get(kind="stress.run")
    assert (item.state, item.rows_done, item.rows_known) == ("done", 10_000, 10_000)
    (row,) = stress_list(programme_ref=stage.world.programme.book)
    assert (row.state, row.draws_done) == ("done", 10_000)


def test_without_products_there_is_no_guess(stage: Stage) -> None:
    stress_id = ask(stage.world)
    assert stress_carry(stress_id=stress_id, at=stage.world.at) is WorkOutcome.DONE
    row = stress_get(stress_id=stress_id, programme_ref=stage.world.programme.book)
    assert (row.state, row.error_code) == ("failed", "risk.pool_empty")


def test_a_firm_that_is_not_in_the_chain_ends_the_run_with_its_code(stage: Stage) -> None:
    stage.issued()
    stress_id = ask(stage.world, Scenario(kind="obligor", party_ref="party:0"))
    stress_carry(stress_id=stress_id, at=stage.world.at)
    row = stress_get(stress_id=stress_id, programme_ref=stage.world.programme.book)
    assert row.error_code == "risk.party_unknown"


def test_only_the_risk_desk_asks(stage: Stage) -> None:
    world = stage.world
    with pytest.raises(DomainError, match=r"access\.denied"):
        stress_ask(actor=world.actors["supplier"], scenario=QUICK, key="k", at=world.at)
