from __future__ import annotations

import pytest

from ledger.operations.work import work_enqueue
from scf.management.background import WorkStuck, clock, work_await, work_inline

pytestmark = pytest.mark.django_db


def test_the_clock_tells_the_time_zone() -> None:
    assert clock().utcoffset() is not None


def test_work_done_here_leaves_nothing_open() -> None:
    with work_inline() as drain:
        drain()
        work_await(seconds=5)  # nothing was asked for: at rest at once


def test_work_that_dies_is_told_with_its_name() -> None:
    work_enqueue(kind="claim.check", key="event:1", payload={"claim_id": 0}, at=clock())
    with work_inline() as drain, pytest.raises(WorkStuck, match=r"claim\.check event:1"):
        drain()
