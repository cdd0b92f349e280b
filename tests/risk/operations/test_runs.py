import pytest

from ledger.errors import DomainError
from ledger.models import OutboxEvent, WorkItem
from risk.models import RiskRun, RunShard, StoredPolicy, StoredSnapshot
from risk.operations import runs
from risk.operations.runs import (
    policy_store,
    risk_run_divide,
    risk_run_fail,
    risk_run_start,
    run_shard_advance,
    snapshot_store,
)
from risk.policy import DEFAULT_POLICY
from risk.snapshot import snapshot_load
from tests.risk.cases import chain_snapshot
from tests.risk.runs_made import AT, PROGRAMME, run_started

pytestmark = pytest.mark.django_db


def test_a_snapshot_and_a_policy_are_kept_once() -> None:
    snapshot = chain_snapshot()
    first = snapshot_store(programme_ref=PROGRAMME, snapshot=snapshot, at=AT)
    assert snapshot_store(programme_ref=PROGRAMME, snapshot=snapshot, at=AT) == first
    stored = StoredSnapshot.objects.get(pk=first)
    assert snapshot_load(bytes(stored.data)).digest == stored.digest == snapshot.digest
    assert policy_store(policy=DEFAULT_POLICY) == policy_store(policy=DEFAULT_POLICY)
    assert StoredPolicy.objects.get().version == "v1"


def test_a_run_is_queued_as_durable_work() -> None:
    run_id = run_started()
    item = WorkItem.objects.get(kind="risk.run")
    assert item.payload == {"run_id": run_id}
    assert item.state == "ready"
    assert RiskRun.objects.get().state == "queued"


def test_an_unknown_snapshot_or_another_programme_s_is_refused() -> None:
    snapshot_id = snapshot_store(programme_ref=PROGRAMME, snapshot=chain_snapshot(), at=AT)
    for programme, snapshot in ((PROGRAMME, 404), ("programme:2", snapshot_id)):
        with pytest.raises(DomainError, match=r"risk\.snapshot_unknown"):
            risk_run_start(programme_ref=programme, snapshot_id=snapshot, at=AT)


def test_a_run_is_dealt_out_to_shards_and_ends_with_the_last_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "SHARD_FIRMS", 3)
    run_id = run_started()
    assert risk_run_divide(run_id=run_id, parties_total=8, at=AT) == 3
    keys = WorkItem.objects.filter(kind="risk.shard").order_by("id").values_list("key", "payload")
    assert list(keys) == [(f"run:{run_id}:{n}", {"run_id": run_id, "shard": n}) for n in range(3)]
    bounds = list(RunShard.objects.order_by("number").values_list("first", "last"))
    assert bounds == [(0, 3), (3, 6), (6, 8)]
    for number, done in ((1, 2), (0, 3), (2, 2)):
        run_shard_advance(run_id=run_id, number=number, done=done, at=AT)
    run = RiskRun.objects.get()
    assert (run.state, run.parties_done) == ("running", 7)
    assert run.parties_done == sum(shard.done for shard in RunShard.objects.all())
    assert not OutboxEvent.objects.exists()
    run_shard_advance(run_id=run_id, number=1, done=3, at=AT)
    run = RiskRun.objects.get()
    assert (run.state, run.parties_done, run.finished_at) == ("done", 8, AT)
    assert OutboxEvent.objects.get().name == "risk.run.finished"
    with pytest.raises(DomainError, match=r"risk\.step_refused"):
        risk_run_fail(run_id=run_id, error_code="x", at=AT)


def test_a_run_without_firms_is_done_at_once() -> None:
    run_id = run_started()
    assert risk_run_divide(run_id=run_id, parties_total=0, at=AT) == 0
    assert RiskRun.objects.get().state == "done"


def test_a_run_that_cannot_be_done_says_why() -> None:
    run_id = run_started()
    risk_run_fail(run_id=run_id, error_code="risk.facts_uneven", at=AT)
    run = RiskRun.objects.get()
    assert (run.state, run.error_code) == ("failed", "risk.facts_uneven")
