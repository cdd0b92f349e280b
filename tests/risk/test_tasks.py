import pytest

from ledger.operations.running import WorkOutcome, work_run_steps
from risk.queries.reports import run_progress
from risk.tasks import risk_run, risk_shard
from tests.risk.runs_made import run_started


@pytest.mark.django_db(transaction=True)
def test_a_worker_carries_a_run_to_its_end() -> None:
    run_id = run_started()
    key = f"run:{run_id}"
    done = work_run_steps(kind="risk.run", key=key, worker="w", effect=risk_run)
    assert done is WorkOutcome.DONE
    assert run_progress(run_id=run_id).state == "running"
    done = work_run_steps(kind="risk.shard", key=f"{key}:0", worker="w", effect=risk_shard)
    assert done is WorkOutcome.DONE
    finished = run_progress(run_id=run_id)
    assert finished.state == "done"
    assert finished.finished_at is not None
