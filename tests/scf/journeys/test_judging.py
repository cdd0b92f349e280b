"""The risk desk decides in its own programme only, with the verdict in force."""

from datetime import timedelta

from risk.queries.gates import GateState, gate_get
from risk.queries.limits import limits_list
from scf.journeys.assessing import risk_assess_now
from scf.journeys.judging import (
    firm_refuse,
    limit_approve,
    limit_decline,
    limit_propose,
    override_approve,
    override_decline,
    override_propose,
)
from scf.network.values import party_ref
from scf.simulator.worked.receivable import TUESDAY
from scf.simulator.worked.world import world_make
from tests.scf.journeys.conftest import Refusing, Stage


def judged(stage: Stage) -> int:
    """The supplier's decision in force: nobody can judge it, a person has to."""
    stage.receivable()
    world = stage.world
    risk_assess_now(programme_id=world.programme_id, as_of=world.today, at=world.at)
    decision_id = state(stage).decision_id
    assert decision_id is not None
    return decision_id


def state(stage: Stage) -> GateState:
    world = stage.world
    ref = party_ref(world.party("supplier"))
    return gate_get(programme_ref=world.programme.book, party_ref=ref, on=world.today)


def proposed(stage: Stage, who: str = "risk") -> int:
    world = stage.world
    return override_propose(
        actor=world.actors[who],
        party_id=world.party("supplier"),
        decision_id=judged(stage),
        grant="named_only",
        until=world.today + timedelta(days=30),
        reason="已核实",
        at=world.at,
    )


def test_an_override_is_another_s_to_approve(stage: Stage, refused: Refusing) -> None:
    world = stage.world
    override_id = proposed(stage, "risk2")
    with refused("access.own_work"):
        override_approve(actor=world.actors["risk2"], override_id=override_id, at=world.at)
    with refused("access.denied"):
        override_approve(actor=world.actors["ops2"], override_id=override_id, at=world.at)
    assert not state(stage).passed


def test_approved_it_opens_and_one_person_closes_it_again(stage: Stage) -> None:
    world = stage.world
    decision_id = override_approve(
        actor=world.actors["risk2"], override_id=proposed(stage), at=world.at
    )
    assert state(stage).passed
    firm_refuse(
        actor=world.actors["risk"],
        party_id=world.party("supplier"),
        decision_id=decision_id,
        reason="货物造假",
        at=world.at,
    )
    assert state(stage).outcome == "failed"


def test_another_programme_s_proposals_are_unknown(stage: Stage, refused: Refusing) -> None:
    override_id = proposed(stage)
    other = world_make(code="elsewhere", start=TUESDAY)
    with refused("risk.override_unknown"):
        override_decline(
            actor=other.actors["risk2"], override_id=override_id, reason="x", at=other.at
        )
    decision_id = state(stage).decision_id
    assert decision_id is not None
    with refused("risk.decision_stale"):
        firm_refuse(
            actor=other.actors["risk"],
            party_id=other.party("supplier"),
            decision_id=decision_id,
            reason="x",
            at=other.at,
        )


def test_a_limit_moves_with_two_people(stage: Stage, refused: Refusing) -> None:
    world = stage.world
    ref = party_ref(world.party("supplier"))

    def asked(who: str) -> int:
        return limit_propose(
            actor=world.actors[who],
            scope="party",
            subject_ref=ref,
            base_minor=500_000_000,
            floating_minor=0,
            reason="收紧",
            at=world.at,
        )

    first = asked("risk2")
    with refused("access.own_work"):
        limit_approve(actor=world.actors["risk2"], change_id=first, at=world.at)
    with refused("access.denied"):
        limit_decline(actor=world.actors["risk"], change_id=first, reason="x", at=world.at)
    with refused("risk.change_unknown"):
        limit_approve(actor=world.actors["risk2"], change_id=0, at=world.at)
    assert limits_list(programme_ref=world.programme.book, party_ref=ref)[0].base_minor != (
        500_000_000
    )
