"""The relay and a worker's turn: an event becomes work, the work is done once."""

from typing import Any

import pytest

from ledger.operations.outbox import event_emit
from ledger.queries import works_list
from risk.queries.limits import limit_changes_list
from scf.access.policy import scope_for
from scf.financing.models import Claim
from scf.financing.queries import claim_get
from scf.journeys.accepting import quote_accept, quote_accept_approve
from scf.journeys.advancing import days_advance_request
from scf.journeys.assessing import risk_assess_request
from scf.journeys.day_end import day_end_now, day_end_request
from scf.network.models import Programme
from scf.network.queries import approvals_pending, notifications_unread
from scf.tasks import relay_once, work_turn
from tests.scf.journeys.conftest import Refusing, Stage, refused, stage

__all__ = ["refused", "stage"]
pytestmark = pytest.mark.django_db(transaction=True)


def _drain(stage: Stage) -> None:
    """Events become work and messages on the real broker; the turns are taken in this process."""
    while relay_once(at=stage.world.at):
        for work in works_list(state="ready"):
            work_turn(kind=work.kind, key=work.key, worker="test")


def _submitted(stage: Stage) -> Any:
    quote = stage.quote(stage.sellable())
    claim = quote_accept(
        actor=stage.world.actors["supplier"],
        quote_id=quote.id,
        key="k",
        consent=True,
        at=stage.world.at,
    )
    approval = approvals_pending(scope=scope_for(stage.world.actors["supplier2"]))[0]
    quote_accept_approve(
        actor=stage.world.actors["supplier2"],
        approval_id=approval.id,
        content_hash=approval.content_hash,
        at=stage.world.at,
    )
    return claim


def test_an_accepted_quote_is_checked_in_the_background_and_the_treasury_is_told(
    stage: Stage,
) -> None:
    claim = _submitted(stage)
    _drain(stage)
    assert claim_get(claim_id=claim.id).state == "matched"
    signer = stage.world.actors["anchor2"]
    assert notifications_unread(user_id=signer.user_id, programme_id=signer.programme_id) == 1
    assert not [work for work in works_list() if work.state != "done"]
    work_turn(kind="claim.check", key=works_list(kind="claim.check")[0].key, worker="again")
    assert claim_get(claim_id=claim.id).state == "matched"


def test_a_days_end_runs_as_steps(stage: Stage) -> None:
    before = stage.world.today
    day_end_request(actor=stage.world.actors["ops"], at=stage.world.at)
    _drain(stage)
    assert stage.world.today > before
    (work,) = works_list(kind="day.end")
    assert (work.state, work.rows_done) == ("done", work.rows_known)


def test_a_demo_moves_on_by_several_days(stage: Stage, refused: Refusing) -> None:
    with refused("network.not_a_demo"):
        days_advance_request(actor=stage.world.actors["ops"], days=3, at=stage.world.at)
    Programme.objects.update(is_demo=True)
    with refused("network.days_invalid"):
        days_advance_request(actor=stage.world.actors["ops"], days=0, at=stage.world.at)
    days_advance_request(actor=stage.world.actors["ops"], days=3, at=stage.world.at)
    _drain(stage)
    assert stage.world.today.isoformat() == "2026-03-20"
    (work,) = works_list(kind="day.advance")
    assert (work.state, work.rows_done) == ("done", 3)


def test_an_event_nobody_reacts_to_is_told_and_done(stage: Stage) -> None:
    event_emit(name="products.subscription.placed", payload={}, at=stage.world.at)
    _drain(stage)
    assert works_list() == works_list(kind="nothing")


def test_a_day_that_was_closed_by_hand_leaves_no_work_behind(stage: Stage) -> None:
    day_end_now(actor=stage.world.actors["ops"], at=stage.world.at)
    _drain(stage)
    (work,) = works_list(kind="day.end")
    assert work.state == "done"


def test_after_a_run_its_drift_is_looked_at_and_limits_move(stage: Stage) -> None:
    series = stage.issued()
    Claim.objects.filter(pk=series.claim_id).update(payment_state="overdue")
    risk_assess_request(actor=stage.world.actors["risk"], at=stage.world.at)
    _drain(stage)
    for kind in ("risk.run", "scores.monitor", "limits.float"):
        assert {work.state for work in works_list(kind=kind)} == {"done"}
    latest = limit_changes_list(programme_ref=stage.world.programme.book)[0]
    assert (latest.is_machine, latest.grounds) == (True, ("overdue",))
