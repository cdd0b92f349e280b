"""Stress runs: the list, one result, and whether it can be made again."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger.errors import DomainError
from risk.models import StressRun
from risk.stress.facts import StressFacts, facts_load
from risk.stress.result import stress_bytes
from risk.stress.scenario import Scenario, scenario_load

SHOWN = 200
LIGHT = ("facts", "result")


@dataclass(frozen=True, slots=True)
class StressRow:
    """A run as lists show it; the figures are None until it is done."""

    id: int
    scenario: Scenario
    state: str
    as_of: date
    draws_done: int
    draws_total: int
    snapshot_hash: str
    facts_hash: str
    result_hash: str
    code_version: str
    by_ref: str
    requested_at: datetime
    finished_at: datetime | None
    error_code: str


def stress_list(*, programme_ref: str) -> tuple[StressRow, ...]:
    """The programme's latest runs, the newest first."""
    runs = StressRun.objects.filter(programme_ref=programme_ref).select_related("snapshot")
    light = runs.defer(*LIGHT, "snapshot__data").order_by("-pk")[:SHOWN]
    return tuple(_row(run) for run in light)


def stress_get(*, stress_id: int, programme_ref: str) -> StressRow:
    """Raises `risk.stress_unknown`, also for a run of another programme."""
    runs = StressRun.objects.select_related("snapshot").defer(*LIGHT, "snapshot__data")
    found = runs.filter(pk=stress_id, programme_ref=programme_ref).first()
    if found is None:
        raise DomainError("risk.stress_unknown", run=stress_id)
    return _row(found)


def stress_result(*, stress_id: int) -> dict[str, Any] | None:
    """The result as data; None while there is none."""
    data = StressRun.objects.filter(pk=stress_id).values_list("result", flat=True).first()
    return None if data is None else json.loads(bytes(data))


def stress_file(*, stress_id: int) -> bytes | None:
    """The result's canonical bytes."""
    data = StressRun.objects.filter(pk=stress_id).values_list("result", flat=True).first()
    return None if data is None else bytes(data)


def stress_facts(*, stress_id: int) -> StressFacts | None:
    """What the run knows; None before it was frozen."""
    data = StressRun.objects.filter(pk=stress_id).values_list("facts", flat=True).first()
    return None if data is None else facts_load(zlib.decompress(bytes(data)))


def stress_replay(*, stress_id: int) -> bool:
    """Make a finished run again from its stored facts: True when every byte is the same.

    Raises `risk.stress_unknown` for a run without a result.
    """
    run = StressRun.objects.filter(pk=stress_id, state="done").first()
    facts = stress_facts(stress_id=stress_id)
    if run is None or facts is None or run.result is None:
        raise DomainError("risk.stress_unknown", run=stress_id)
    again = stress_bytes(facts, scenario_load(run.scenario), progress=lambda _done: None)
    return again == bytes(run.result)


def _row(run: StressRun) -> StressRow:
    return StressRow(
        id=run.pk,
        scenario=scenario_load(run.scenario),
        state=run.state,
        as_of=run.as_of_date,
        draws_done=run.draws_done,
        draws_total=run.draws_total,
        snapshot_hash=run.snapshot.digest if run.snapshot else "",
        facts_hash=run.facts_hash,
        result_hash=run.result_hash,
        code_version=run.code_version,
        by_ref=run.by_ref,
        requested_at=run.requested_at,
        finished_at=run.finished_at,
        error_code=run.error_code,
    )
