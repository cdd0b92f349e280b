"""Documents in the database become a judged chain: reports, gates, and the next sale."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ledger.models import OutboxEvent, WorkItem
from ledger.operations.running import WorkOutcome
from risk.engine import run_carry
from risk.queries.gates import gate_get
from risk.queries.reports import (
    report_latest,
    report_payload_get,
    run_latest,
    run_progress,
    run_replay,
)
from scf.journeys.assessing import (
    ASSESS_EVERY_DAYS,
    chain_freeze,
    risk_assess,
    risk_assess_due_within,
    risk_assess_now,
    risk_assess_request,
)
from scf.network.values import party_ref
from scf.simulator.worked.life import claim_from
from scf.tasks import relay_once, work_turn
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def assess(stage: Stage, *, days_later: int = 0) -> int:
    world = stage.world
    return risk_assess_now(
        programme_id=world.programme_id,
        as_of=world.today + timedelta(days=days_later),
        at=world.at,
    )


def test_documents_become_flows_and_firms_become_parties(stage: Stage) -> None:
    stage.receivable()
    snapshot = chain_freeze(programme=stage.world.programme, as_of=stage.world.today)
    supplier = party_ref(stage.world.party("supplier"))
    own = [p for p in snapshot.parties if p.ref == supplier]
    assert [party.roles for party in own] == [("supplier",)]
    assert len(snapshot.flows) == 3
    assert {snapshot.flows.parties[s] for s in snapshot.flows.supplier} == {supplier}
    assert snapshot.requests == ()
    # Investors and the platform are no part of the chain.
    assert all(set(p.roles) <= {"anchor", "obligor", "supplier"} for p in snapshot.parties)


def test_a_new_firm_is_referred_to_a_person_with_its_reasons(stage: Stage) -> None:
    stage.receivable()
    run_id = assess(stage)
    supplier = party_ref(stage.world.party("supplier"))
    gate = gate_get(
        programme_ref=stage.world.programme.book, party_ref=supplier, on=stage.world.today
    )
    assert (gate.outcome, gate.verdict) == ("referred", "ABSTAIN")
    assert [reason["code"] for reason in gate.reasons] == ["history"]
    report = report_latest(programme_ref=stage.world.programme.book, party_ref=supplier)
    assert report is not None
    payload = report_payload_get(report_id=report.id)
    # One invoice of one piece: order, receipt and invoice agree.
    assert payload["reliability"]["reconciled_ppm"] == 1_000_000
    assert payload["graph"]["invoice"]["total_out_minor"] == 100_000_000
    assert run_replay(run_id=run_id) == ()


def test_what_a_supplier_has_on_offer_is_its_request(stage: Stage) -> None:
    claim = claim_from(world=stage.world, receivable_id=stage.sellable())
    snapshot = chain_freeze(programme=stage.world.programme, as_of=stage.world.today)
    asked = [(request.party_ref, request.amount_minor) for request in snapshot.requests]
    assert asked == [(party_ref(claim.supplier_id), claim.face_minor)]


def test_a_queued_run_is_carried_once(stage: Stage) -> None:
    stage.receivable()
    world = stage.world
    run_id = risk_assess(programme_id=world.programme_id, as_of=world.today, at=world.at)
    assert run_progress(run_id=run_id).state == "queued"
    assert run_carry(run_id=run_id, worker="test", at=world.at) is WorkOutcome.DONE
    assert run_carry(run_id=run_id, worker="test", at=world.at) is WorkOutcome.IDLE
    assert run_progress(run_id=run_id).state == "done"


def test_the_desk_asks_and_a_worker_carries_it(stage: Stage, refused: Callable[[str], Any]) -> None:
    world = stage.world
    with refused("access.denied"):
        risk_assess_request(actor=world.actors["supplier"], at=world.at)
    assert not OutboxEvent.objects.filter(name="risk.run.requested").exists()
    risk_assess_request(actor=world.actors["risk"], at=world.at)
    for _ in range(4):  # the event, its gathering, the run, its shards
        relay_once(at=world.at)
        for item in WorkItem.objects.filter(state="ready"):
            work_turn(kind=item.kind, key=item.key, worker="test")
    latest = run_latest(programme_ref=world.programme.book)
    assert latest is not None
    assert (latest.state, latest.as_of) == ("done", world.today)


def test_after_a_day_s_end_only_an_old_run_is_repeated(stage: Stage) -> None:
    world = stage.world
    assess(stage)
    assert risk_assess_due_within(programme_id=world.programme_id, at=world.at) is None
    earlier = world.today - timedelta(days=ASSESS_EVERY_DAYS)
    old = risk_assess(programme_id=world.programme_id, as_of=earlier, at=world.at)
    run_id = risk_assess_due_within(programme_id=world.programme_id, at=world.at)
    assert run_id is not None
    assert run_id > old
    assert run_progress(run_id=run_id).as_of == world.today
