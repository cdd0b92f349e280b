import pytest

from ledger.errors import DomainError
from ledger.models import OutboxEvent, WorkItem
from risk.models import RiskRun, StoredPolicy, StoredSnapshot
from risk.operations.runs import (
    policy_store,
    risk_run_advance,
    risk_run_begin,
    risk_run_fail,
    risk_run_finish,
    risk_run_start,
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


def test_a_run_tells_when_it_is_done() -> None:
    run_id = run_started()
    risk_run_begin(run_id=run_id, parties_total=4)
    risk_run_begin(run_id=run_id, parties_total=4)  # taken over by another worker
    risk_run_advance(run_id=run_id, parties_done=3)
    assert RiskRun.objects.get().parties_done == 3
    risk_run_finish(run_id=run_id, at=AT)
    run = RiskRun.objects.get()
    assert (run.state, run.parties_done, run.finished_at) == ("done", 4, AT)
    assert OutboxEvent.objects.get().name == "risk.run.finished"
    with pytest.raises(DomainError, match=r"risk\.step_refused"):
        risk_run_fail(run_id=run_id, error_code="x", at=AT)


def test_a_run_that_cannot_be_done_says_why() -> None:
    run_id = run_started()
    risk_run_fail(run_id=run_id, error_code="risk.facts_uneven", at=AT)
    run = RiskRun.objects.get()
    assert (run.state, run.error_code) == ("failed", "risk.facts_uneven")
