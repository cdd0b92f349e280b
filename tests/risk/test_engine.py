from typing import Any

import pytest

from ledger.operations.running import WorkOutcome
from ledger.operations.work import work_claim
from risk import engine, report
from risk.engine import parties_reported, run_execute
from risk.models import GateDecision, Report, RiskRun
from risk.queries.reports import run_progress
from tests.risk.cases import FAILING, NEW, SLOW, STEADY, chain_snapshot
from tests.risk.runs_made import AT, run_carried, run_done, run_started

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The worker is gone in the middle of its work."""


def test_a_run_reports_every_firm_but_the_anchor_and_decides_its_gate() -> None:
    run_id = run_done()
    assert {r.party_ref for r in Report.objects.all()} == {STEADY, SLOW, FAILING, NEW}
    assert GateDecision.objects.count() == 4
    progress = run_progress(run_id=run_id)
    assert (progress.state, progress.done, progress.total) == ("done", 4, 4)
    assert run_carried(run_id) is WorkOutcome.IDLE


def test_a_run_whose_worker_died_goes_on_and_writes_nothing_twice(
    monkeypatch: pytest.MonkeyPatch, owner_connection: Any
) -> None:
    monkeypatch.setattr(engine, "BATCH", 1)
    run_id = run_started()
    made = report.report_bytes
    seen: list[str] = []

    def dies_at_the_third(analysis: Any, *, party_ref: str) -> bytes:
        seen.append(party_ref)
        if len(seen) == 3:
            raise Killed
        return made(analysis, party_ref=party_ref)

    monkeypatch.setattr(engine, "report_bytes", dies_at_the_third)
    claim = work_claim(kind="risk.run", key=f"run:{run_id}", worker="doomed")
    assert claim is not None
    with pytest.raises(Killed):
        run_execute(claim=claim, at=AT)
    assert run_progress(run_id=run_id).done == 2
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


def test_the_anchor_s_entities_are_not_borrowers() -> None:
    assert parties_reported(chain_snapshot()) == [STEADY, SLOW, FAILING, NEW]
