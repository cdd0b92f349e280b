"""Work items: leases, fencing, retries, and the dead."""

from __future__ import annotations

import pytest
from django.db import connection

from ledger.operations.work import (
    FAILURES_MAX,
    TAKEOVERS_MAX,
    WorkClaim,
    work_claim,
    work_enqueue,
    work_fail,
    work_finish,
    work_progress,
    work_renew,
    work_requeue,
    work_wake_list,
)
from ledger.queries import work_get
from tests.ledger.books import AT, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def item() -> None:
    assert work_enqueue(kind="sum", key="1", payload={"id": 1}, at=AT)


def claim(worker: str = "w1") -> WorkClaim | None:
    return work_claim(kind="sum", key="1", worker=worker)


def claimed(worker: str = "w1") -> WorkClaim:
    found = claim(worker)
    assert found is not None
    return found


def time_passes(seconds: int) -> None:
    """Let the lease clock run: what was due in so many seconds is due now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_workitem SET due_at = due_at - make_interval(secs => %s), "
            "wake_at = wake_at - make_interval(secs => %s)",
            [seconds, seconds],
        )


def state() -> str:
    view = work_get(kind="sum", key="1")
    assert view is not None
    return view.state


def test_the_same_work_is_enqueued_once() -> None:
    assert not work_enqueue(kind="sum", key="1", payload={"id": 2}, at=AT)
    assert claimed().payload == {"id": 1}


def test_an_item_has_one_worker_at_a_time() -> None:
    assert claimed().attempt == 1
    assert claim("w2") is None


def test_a_lease_that_ran_out_is_taken_over_and_the_first_worker_loses() -> None:
    first = claimed("w1")
    time_passes(16)
    second = claimed("w2")
    assert second.attempt == 2
    for attempted in (
        lambda: work_renew(claim=first),
        lambda: work_progress(claim=first, rows_done=1),
        lambda: work_finish(claim=first),
        lambda: work_fail(claim=first, error_code="x"),
    ):
        with refused("ledger.work_lost"):
            attempted()
    work_finish(claim=second)
    assert state() == "done"


def test_a_renewed_lease_is_not_taken_over() -> None:
    first = claimed()
    time_passes(14)
    work_renew(claim=first)
    time_passes(14)
    assert claim("w2") is None


def test_what_is_done_is_not_done_again() -> None:
    work_finish(claim=claimed())
    time_passes(3_600)
    assert claim() is None
    assert work_wake_list(limit=9) == ()


def test_progress_is_kept_for_the_one_who_takes_over() -> None:
    first = claimed()
    work_progress(claim=first, rows_done=400, rows_known=1_000)
    work_progress(claim=first, rows_done=500)
    view = work_get(kind="sum", key="1")
    assert view is not None
    assert (view.rows_done, view.rows_known) == (500, 1_000)
    time_passes(16)
    assert claimed("w2").rows_done == 500


def test_a_failure_is_tried_again_later_and_not_for_ever() -> None:
    for turn in range(FAILURES_MAX):
        again = work_fail(claim=claimed(), error_code="room.broken", detail="why\0")
        assert again is (turn + 1 < FAILURES_MAX)
        assert claim() is None  # not at once
        time_passes(600)
    assert state() == "dead"
    assert claim() is None
    view = work_get(kind="sum", key="1")
    assert view is not None
    assert (view.error_code, view.error_detail) == ("room.broken", "why")


def test_a_verdict_is_final_until_a_person_sends_it_round_again() -> None:
    assert not work_fail(claim=claimed(), error_code="room.refused", is_final=True)
    work_requeue(kind="sum", key="1")
    work_finish(claim=claimed())
    assert state() == "done"
    with refused("ledger.work_unknown"):
        work_requeue(kind="sum", key="1")


def test_an_item_that_kills_its_workers_ends() -> None:
    for _ in range(TAKEOVERS_MAX + 1):
        claimed()
        time_passes(16)
    assert claim() is None
    assert state() == "dead"
    work_requeue(kind="sum", key="1")
    assert claimed().attempt > TAKEOVERS_MAX


def test_the_relay_wakes_for_what_is_ready_or_expired_and_not_every_second() -> None:
    assert [ref.key for ref in work_wake_list(limit=9)] == ["1"]
    assert work_wake_list(limit=9) == ()
    time_passes(6)
    claimed()
    assert work_wake_list(limit=9) == ()
    time_passes(16)
    assert [(ref.kind, ref.queue) for ref in work_wake_list(limit=9)] == [("sum", "default")]
