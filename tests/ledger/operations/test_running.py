"""Running work: the effect and its end are one; what fails is counted."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, connections, transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit, events_claim
from ledger.operations.running import WorkOutcome, lease_kept, work_run, work_run_steps
from ledger.operations.work import (
    WorkClaim,
    work_claim,
    work_enqueue,
    work_finish,
    work_progress,
)
from ledger.queries import work_counts, work_get, works_list
from tests.ledger.books import AT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def item() -> None:
    work_enqueue(kind="tell", key="1", payload={"id": 1}, at=AT)


def effect(claim: WorkClaim) -> None:
    event_emit(name="told", payload=claim.payload, at=AT)


def told() -> int:
    with transaction.atomic():
        return len(events_claim(limit=99))


def expire() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_workitem SET due_at = clock_timestamp()")


def test_the_effect_happens_once() -> None:
    outcomes = [work_run(kind="tell", key="1", worker="w", effect=effect) for _ in range(3)]
    assert outcomes == [WorkOutcome.DONE, WorkOutcome.IDLE, WorkOutcome.IDLE]
    assert told() == 1
    assert work_counts() == {"done": 1}


def test_a_refusal_is_a_verdict_and_leaves_no_effect() -> None:
    def refusing(claim: WorkClaim) -> None:
        effect(claim)
        raise DomainError("room.refused")

    assert work_run(kind="tell", key="1", worker="w", effect=refusing) is WorkOutcome.DEAD
    assert told() == 0
    assert [view.error_code for view in works_list(state="dead")] == ["room.refused"]


def test_a_fault_is_tried_again_and_leaves_no_effect() -> None:
    def failing(claim: WorkClaim) -> None:
        effect(claim)
        raise OSError("the disk")

    assert work_run(kind="tell", key="1", worker="w", effect=failing) is WorkOutcome.RETRY
    assert told() == 0
    view = work_get(kind="tell", key="1")
    assert view is not None
    assert (view.state, view.failures, view.error_detail) == ("ready", 1, "OSError: the disk")


def test_a_worker_taken_for_dead_loses_its_effect() -> None:
    def overtaken(claim: WorkClaim) -> None:
        effect(claim)
        other = threading.Thread(target=take_over)
        other.start()
        other.join()

    def take_over() -> None:
        expire()
        assert work_run(kind="tell", key="1", worker="w2", effect=effect) is WorkOutcome.DONE
        connections.close_all()

    assert work_run(kind="tell", key="1", worker="w1", effect=overtaken) is WorkOutcome.LOST
    assert told() == 1


def test_a_long_effect_goes_on_from_its_last_step() -> None:
    steps: list[int] = []

    def stepping(claim: WorkClaim) -> None:
        for step in range(claim.rows_done, 4):
            with transaction.atomic():
                effect(claim)
                steps.append(step)
                work_progress(claim=claim, rows_done=step + 1, rows_known=4)
                if step == 1 and claim.attempt == 1:
                    raise OSError("killed in the third step")
                if step == 3:
                    work_finish(claim=claim)

    assert work_run_steps(kind="tell", key="1", worker="w", effect=stepping) is WorkOutcome.RETRY
    expire()
    assert work_run_steps(kind="tell", key="1", worker="w", effect=stepping) is WorkOutcome.DONE
    assert steps == [0, 1, 1, 2, 3]
    assert told() == 4


def test_a_lease_is_kept_while_the_effect_runs() -> None:
    claim = work_claim(kind="tell", key="1", worker="w")
    assert claim is not None
    with lease_kept(claim=claim, every_seconds=0.02):
        expire()
        time.sleep(0.3)
        assert work_claim(kind="tell", key="1", worker="w2") is None
    expire()
    assert work_claim(kind="tell", key="1", worker="w2") is not None
