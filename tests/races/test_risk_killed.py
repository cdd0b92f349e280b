"""kill -9 of a worker in the middle of a run: its shard is taken over, nothing lost or twice."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from ledger.models import WorkItem
from ledger.queries import works_list
from risk.models import GateDecision, Report, RunShard
from risk.operations.runs import risk_run_start, snapshot_store
from risk.queries.reports import RunProgress, run_progress
from risk.snapshot import snapshot_build
from scf.tasks import relay_once
from tests.risk.chain_made import chain_facts
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT
from tests.support.worker import CeleryWorker

PROGRAMME = "programme:7"
FIRMS = 620
RUN_SECONDS = 120.0

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def workers(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sequence[CeleryWorker]]:
    """Two workers without a scheduler: the test is the relay."""
    folder = tmp_path_factory.mktemp
    own = [CeleryWorker(folder=folder(f"risk{n}"), concurrency=1, beat=False) for n in range(2)]
    starting = [threading.Thread(target=one.start) for one in own]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    yield own
    for one in own:
        one.stop()


def started() -> int:
    facts = chain_facts(suppliers=FIRMS // 2, distributors=FIRMS // 2, orders=6_000)
    snapshot = snapshot_build(facts, as_of=AS_OF)
    snapshot_id = snapshot_store(programme_ref=PROGRAMME, snapshot=snapshot, at=AT)
    return risk_run_start(programme_ref=PROGRAMME, snapshot_id=snapshot_id, at=AT)


def relayed_until(run_id: int, *, done: int) -> RunProgress:
    deadline = time.monotonic() + RUN_SECONDS
    while True:
        relay_once(at=datetime.now(tz=UTC))
        progress = run_progress(run_id=run_id)
        if progress.state == "done" or (done and progress.done >= done):
            return progress
        assert time.monotonic() < deadline, works_list(limit=20)
        time.sleep(0.02)


def made(run_id: int) -> list[tuple[str, str]]:
    rows = Report.objects.filter(run_id=run_id).order_by("party_ref")
    return list(rows.values_list("party_ref", "payload_hash"))


def test_a_run_whose_worker_is_killed_ends_the_same(workers: Sequence[CeleryWorker]) -> None:
    calm = started()
    whole = relayed_until(calm, done=0)
    assert (whole.state, whole.done) == ("done", whole.total)
    assert RunShard.objects.filter(run_id=calm).count() > 2

    storm = started()
    relayed_until(storm, done=1)
    victim = random.Random(3).choice(list(workers))
    victim.kill()
    reborn = threading.Thread(target=victim.start)
    reborn.start()
    last = relayed_until(storm, done=0)
    reborn.join()
    assert (last.state, last.done) == ("done", whole.total)
    assert made(storm) == made(calm)
    assert sum(shard.done for shard in RunShard.objects.filter(run_id=storm)) == last.total
    assert GateDecision.objects.filter(report__run_id=storm).count() == last.total
    own = WorkItem.objects.filter(kind__in=("risk.run", "risk.shard"))
    assert set(own.values_list("state", flat=True)) == {"done"}
