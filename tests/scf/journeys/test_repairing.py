"""Stopped work goes round again, and proposals are sent back with a reason."""

from typing import Any

from ledger.operations.work import work_claim, work_enqueue, work_fail
from ledger.queries import work_get
from scf.journeys.defaulting import write_off_submit
from scf.journeys.repairing import proposal_refuse, work_retry
from scf.network.queries import approvals_of
from tests.scf.journeys.conftest import Refusing, Stage


def test_only_operations_sends_stopped_work_round(stage: Stage, refused: Refusing) -> None:
    world = stage.world
    work_enqueue(kind="t.repair", key="1", payload={}, at=world.at)
    claim = work_claim(kind="t.repair", key="1", worker="w")
    assert claim is not None
    with refused("ledger.work_unknown"):
        work_retry(actor=world.actors["ops"], kind="t.repair", key="1")
    work_fail(claim=claim, error_code="boom", detail="", is_final=True)
    with refused("access.denied"):
        work_retry(actor=world.actors["risk"], kind="t.repair", key="1")
    work_retry(actor=world.actors["ops"], kind="t.repair", key="1")
    found = work_get(kind="t.repair", key="1")
    assert found is not None
    assert found.state == "ready"


def test_a_proposal_is_sent_back_by_another_with_a_reason(stage: Stage, refused: Refusing) -> None:
    series, world = stage.issued(), stage.world
    asked = write_off_submit(
        actor=world.actors["ops"], claim_id=series.claim_id, reason="破产", at=world.at
    )
    seen: dict[str, Any] = {
        "approval_id": asked.id,
        "content_hash_seen": asked.content_hash,
        "at": world.at,
    }
    with refused("financing.reason_missing"):
        proposal_refuse(actor=world.actors["ops2"], reason=" ", **seen)
    with refused("access.own_work"):
        proposal_refuse(actor=world.actors["ops"], reason="再追", **seen)
    proposal_refuse(actor=world.actors["ops2"], reason="再追", **seen)
    assert [one.state for one in approvals_of(subject_ref=f"claim:{series.claim_id}")][-1] == (
        "refused"
    )
