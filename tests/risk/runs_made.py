"""The small chain stored and run, for tests on the database."""

from datetime import UTC, datetime

from ledger.operations.running import WorkOutcome
from risk.engine import run_carry
from risk.facts import RequestFact
from risk.operations.runs import risk_run_start, snapshot_store
from tests.risk.cases import chain_snapshot

AT = datetime(2026, 3, 17, 10, 0, tzinfo=UTC)
PROGRAMME = "programme:1"


def run_started(*requests: RequestFact, at: datetime = AT) -> int:
    snapshot_id = snapshot_store(programme_ref=PROGRAMME, snapshot=chain_snapshot(*requests), at=at)
    return risk_run_start(programme_ref=PROGRAMME, snapshot_id=snapshot_id, at=at)


def run_done(*requests: RequestFact, at: datetime = AT) -> int:
    run_id = run_started(*requests, at=at)
    assert run_carried(run_id, at=at) is WorkOutcome.DONE
    return run_id


def run_carried(run_id: int, *, at: datetime = AT) -> WorkOutcome:
    return run_carry(run_id=run_id, worker="test", at=at)
