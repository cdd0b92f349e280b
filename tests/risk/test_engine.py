from typing import Any

import pytest

from ledger.errors import DomainError
from ledger.models import WorkItem
from ledger.operations.running import WorkOutcome, work_run_steps
from ledger.operations.work import WorkClaim, work_claim
from risk import analysis, engine, report
from risk.engine import parties_reported, run_carry, run_execute, shard_execute
from risk.models import GateDecision, Report, RiskRun, RunShard, StoredPolicy
from risk.operations import runs
from risk.queries.reports import run_progress
from tests.risk.cases import FAILING, NEW, SLOW, STEADY, chain_snapshot
from tests.risk.runs_made import AT, run_carried, run_done, run_started

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_measured() -> None:
    engine._measured.clear()


class Killed(BaseException):
    """The worker is gone in the middle of its work."""


def turn(kind: str, key: str) -> WorkOutcome:
    execute: Any = run_execute if kind == "risk.run" else shard_execute

    def effect(claim: WorkClaim) -> None:
        execute(claim=claim, at=AT)

    return work_run_steps(kind=kind, key=key, worker="w", effect=effect)


def test_a_run_reports_every_firm_but_the_anchor_and_decides_its_gate() -> None:
    run_id = run_done()
    assert {r.party_ref for r in Report.objects.all()} == {STEADY, SLOW, FAILING, NEW}
    assert GateDecision.objects.count() == 4
    progress = run_progress(run_id=run_id)
    assert (progress.state, progress.done, progress.total) == ("done", 4, 4)
    assert run_carried(run_id) is WorkOutcome.IDLE


def test_shards_are_reported_in_any_order_and_the_last_one_ends_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = run_done()
    monkeypatch.setattr(runs, "SHARD_FIRMS", 1)
    run_id = run_started()
    assert turn("risk.run", f"run:{run_id}") is WorkOutcome.DONE
    for done, number in enumerate((2, 0, 3, 1), start=1):
        assert run_progress(run_id=run_id).state == "running"
        assert turn("risk.shard", f"run:{run_id}:{number}") is WorkOutcome.DONE
        assert run_progress(run_id=run_id).done == done
    assert run_progress(run_id=run_id).state == "done"
    assert turn("risk.shard", f"run:{run_id}:1") is WorkOutcome.IDLE

    def made(run: int) -> list[tuple[str, str]]:
        rows = Report.objects.filter(run_id=run).order_by("party_ref")
        return list(rows.values_list("party_ref", "payload_hash"))

    assert made(run_id) == made(whole)


def test_a_shard_whose_worker_died_goes_on_and_writes_nothing_twice(
    monkeypatch: pytest.MonkeyPatch, owner_connection: Any
) -> None:
    monkeypatch.setattr(engine, "BATCH", 1)
    run_id = run_started()
    assert turn("risk.run", f"run:{run_id}") is WorkOutcome.DONE
    made = report.report_bytes
    seen: list[str] = []

    def dies_at_the_third(analysis: Any, *, party_ref: str) -> bytes:
        seen.append(party_ref)
        if len(seen) == 3:
            raise Killed
        return made(analysis, party_ref=party_ref)

    monkeypatch.setattr(engine, "report_bytes", dies_at_the_third)
    claim = work_claim(kind="risk.shard", key=f"run:{run_id}:0", worker="doomed")
    assert claim is not None
    with pytest.raises(Killed):
        shard_execute(claim=claim, at=AT)
    assert run_progress(run_id=run_id).done == RunShard.objects.get().done == 2
    owner_connection.execute("UPDATE ledger_workitem SET due_at = now() - interval '1 second'")
    assert run_carried(run_id) is WorkOutcome.DONE
    assert sorted(Report.objects.values_list("party_ref", flat=True)) == [
        STEADY,
        SLOW,
        FAILING,
        NEW,
    ]
    assert GateDecision.objects.count() == 4
    assert RiskRun.objects.get().state == "done"
    assert len(seen) == 5  # the two that were committed were not made again


def test_who_lost_the_lease_writes_nothing(owner_connection: Any) -> None:
    run_id = run_started()
    assert turn("risk.run", f"run:{run_id}") is WorkOutcome.DONE
    late = work_claim(kind="risk.shard", key=f"run:{run_id}:0", worker="late")
    assert late is not None
    owner_connection.execute("UPDATE ledger_workitem SET due_at = now() - interval '1 second'")
    assert run_carried(run_id) is WorkOutcome.DONE
    with pytest.raises(DomainError, match=r"ledger\.work_lost"):
        shard_execute(claim=late, at=AT)
    assert Report.objects.count() == 4
    assert RiskRun.objects.get().parties_done == 4


def test_the_chain_is_measured_once_for_all_shards_of_a_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "SHARD_FIRMS", 1)
    measured: list[str] = []
    real = analysis.chain_analyse

    def counted(snapshot: Any, *, policy: Any) -> Any:
        measured.append(snapshot.digest)
        return real(snapshot, policy=policy)

    monkeypatch.setattr(engine, "chain_analyse", counted)
    run_done()
    assert len(measured) == 1
    assert engine._measured == {}  # and forgotten when the run is at its end


def test_a_run_whose_rules_this_code_does_not_know_has_failed() -> None:
    run_id = run_started()
    StoredPolicy.objects.update(data={"version": "v9", "tomorrow": 1})
    assert run_carry(run_id=run_id, worker="w", at=AT) is WorkOutcome.IDLE
    progress = run_progress(run_id=run_id)
    assert (progress.state, progress.error_code) == ("failed", "risk.policy_invalid")
    assert WorkItem.objects.get(kind="risk.run").state == "dead"


def test_the_anchor_s_entities_are_not_borrowers() -> None:
    assert parties_reported(chain_snapshot()) == [STEADY, SLOW, FAILING, NEW]
