"""Four eyes: asked once, decided once, by somebody else at the same desk, on what was seen."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from scf.access.policy import scope_for
from scf.network.operations import approval_decide, approval_request, approvals_withdraw
from scf.network.queries import approval_get, approvals_of, approvals_pending
from scf.network.values import Seat
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def _ask(stage: Stage, who: Any = "ops", subject: Any = "thing:1") -> Any:
    with transaction.atomic():
        return approval_request(
            actor=stage.world.actors[who],
            verb="thing.do",
            subject_ref=subject,
            payload={"thing": 1},
            content_hash="a" * 64,
            amount_minor=5,
            at=stage.world.at,
        )


def _decide(
    stage: Stage,
    approval: Any,
    who: Any = "ops2",
    seen: Any = "a" * 64,
    approve: Any = True,
    verb: str = "thing.do",
) -> Any:
    with transaction.atomic():
        return approval_decide(
            actor=stage.world.actors[who] if isinstance(who, str) else who,
            verb=verb,
            approval_id=approval.id,
            approve=approve,
            content_hash=seen,
            reason="",
            at=stage.world.at,
        )


def test_asked_once_and_decided_once(stage: Stage, refused: Refusing) -> None:
    asked = _ask(stage)
    with refused("network.approval_pending"):
        _ask(stage)
    assert _decide(stage, asked).state == "approved"
    with refused("network.approval_decided"):
        _decide(stage, asked)
    assert [row.state for row in approvals_of(subject_ref="thing:1")] == ["approved"]


def test_who_may_not(stage: Stage, refused: Refusing) -> None:
    asked = _ask(stage, who="ops2")
    with refused("network.four_eyes"):
        _decide(stage, asked)
    with refused("network.seat_cannot_check"):
        _decide(stage, asked, who="ops")
    with refused("network.approval_unknown"):
        _decide(stage, asked, who="risk2")
    viewer = replace(stage.world.actors["ops"], seat=Seat.VIEWER)
    with refused("network.seat_cannot_make"), transaction.atomic():
        approval_request(
            actor=viewer,
            verb="v",
            subject_ref="s:1",
            payload={},
            content_hash="",
            amount_minor=None,
            at=stage.world.at,
        )


def test_what_changed_is_not_approved(stage: Stage, refused: Refusing) -> None:
    asked = _ask(stage)
    with refused("network.approval_changed"):
        _decide(stage, asked, seen="b" * 64)
    scope = scope_for(stage.world.actors["ops2"])
    assert approval_get(scope=scope, approval_id=asked.id).state == "pending"


def test_moot_requests_end(stage: Stage) -> None:
    _ask(stage)
    assert approvals_withdraw(subject_ref="thing:1", at=stage.world.at) == 1
    assert approvals_pending(scope=scope_for(stage.world.actors["ops2"])) == []


def test_a_request_for_another_act_cannot_stand_in(stage: Stage, refused: Refusing) -> None:
    asked = _ask(stage)
    with refused("network.approval_unknown"):
        _decide(stage, asked, verb="money.move")
    scope = scope_for(stage.world.actors["ops2"])
    with refused("network.approval_unknown"):
        approval_get(scope=scope, approval_id=asked.id, verb="money.move")
