"""A reminder reaches the desk whose turn it is, once a business day."""

from typing import Any

from scf.journeys.asking import receivable_ask
from scf.journeys.day_end import day_end_now
from scf.network.operations import party_kyb_set
from scf.network.queries import notifications_list
from scf.network.values import KybState
from tests.scf.journeys.conftest import Refusing, Stage


def _ask(stage: Stage, receivable_id: int) -> Any:
    return receivable_ask(
        actor=stage.world.actors["supplier"], receivable_id=receivable_id, at=stage.world.at
    )


def _inbox(stage: Stage, who: str) -> list[str]:
    actor = stage.world.actors[who]
    rows = notifications_list(user_id=actor.user_id, programme_id=actor.programme_id)
    return [row["code"] for row in rows if row["code"].startswith("asked.")]


def test_without_a_gate_the_risk_desk_is_asked_once_a_day(stage: Stage) -> None:
    receivable_id = stage.receivable()
    assert _ask(stage, receivable_id).code == "asked.gate"
    _ask(stage, receivable_id)
    assert _inbox(stage, "risk") == ["asked.gate"]
    day_end_now(actor=stage.world.actors["ops"], at=stage.world.at)
    _ask(stage, receivable_id)
    assert _inbox(stage, "risk") == ["asked.gate"] * 2


def test_a_registered_claim_waits_for_operations(stage: Stage) -> None:
    claim = stage.registered()
    assert _ask(stage, claim.receivable_id).code == "asked.list"
    assert _inbox(stage, "ops") == ["asked.list"]


def test_an_expired_check_is_for_operations(stage: Stage) -> None:
    receivable_id = stage.sellable()
    party_kyb_set(party_id=stage.world.party("supplier"), state=KybState.PENDING, expiry_date=None)
    assert _ask(stage, receivable_id).code == "asked.kyb"


def test_what_is_ready_is_the_supplier_s_own_turn(stage: Stage, refused: Refusing) -> None:
    receivable_id = stage.sellable()
    with refused("financing.nobody_to_ask"):
        _ask(stage, receivable_id)


def test_another_firm_s_receivable_is_not_there(stage: Stage, refused: Refusing) -> None:
    with refused("trade.receivable_unknown"):
        _ask(stage, 0)
