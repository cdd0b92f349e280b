from __future__ import annotations

import pytest

from ledger.operations.work import work_claim, work_enqueue
from ledger.queries import work_get
from scf.management.background import WorkStuck, clock, work_await, work_inline

pytestmark = pytest.mark.django_db


def test_the_clock_tells_the_time_zone() -> None:
    assert clock().utcoffset() is not None


def test_work_done_here_leaves_nothing_open() -> None:
    with work_inline() as drain:
        drain()
        work_await(seconds=5)  # nothing was asked for: at rest at once


def test_what_a_killed_process_held_is_taken_over_when_its_lease_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ledger.operations.work.LEASE_SECONDS", 1)
    programme_id = 0
    work_enqueue(
        kind="entries.apply", key="event:2", payload={"programme_id": programme_id}, at=clock()
    )
    assert work_claim(kind="entries.apply", key="event:2", worker="killed") is not None
    with work_inline() as drain, pytest.raises(WorkStuck, match=r"entries\.apply"):
        drain()  # taken over, and ended with its own refusal: there is no such programme
    item = work_get(kind="entries.apply", key="event:2")
    assert item is not None
    assert (item.state, item.attempt) == ("dead", 2)


def test_work_that_dies_is_told_with_its_name() -> None:
    work_enqueue(kind="claim.check", key="event:1", payload={"claim_id": 0}, at=clock())
    with work_inline() as drain, pytest.raises(WorkStuck, match=r"claim\.check event:1"):
        drain()
