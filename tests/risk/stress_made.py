"""Stress runs in the database for tests of risk alone."""

from datetime import UTC, datetime
from uuid import uuid4

from risk.operations.runs import snapshot_store
from risk.operations.stress import stress_finish, stress_freeze, stress_request
from risk.stress.facts import StressFacts
from risk.stress.result import stress_bytes
from risk.stress.scenario import Scenario
from tests.risk.cases import chain_snapshot
from tests.risk.stress.pools import AS_OF, pool

AT = datetime(2026, 3, 18, 1, tzinfo=UTC)
PROGRAMME = "programme:1"
QUICK = Scenario(draws=600)


def asked(scenario: Scenario = QUICK, *, key: str = "") -> int:
    return stress_request(
        programme_ref=PROGRAMME,
        scenario=scenario,
        as_of=AS_OF,
        by="user:1",
        key=key or uuid4().hex,
        at=AT,
    )


def frozen(stress_id: int, facts: StressFacts | None = None) -> StressFacts:
    known = facts or pool()
    snapshot_id = snapshot_store(programme_ref=PROGRAMME, snapshot=chain_snapshot(), at=AT)
    stress_freeze(stress_id=stress_id, snapshot_id=snapshot_id, facts=known)
    return known


def answered(scenario: Scenario = QUICK) -> int:
    stress_id = asked(scenario)
    facts = frozen(stress_id)
    result = stress_bytes(facts, scenario, progress=lambda done: None)
    stress_finish(stress_id=stress_id, result=result, at=AT)
    return stress_id
