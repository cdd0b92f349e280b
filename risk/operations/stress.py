"""Writes of stress runs: asked, frozen, carried, ended."""

from __future__ import annotations

import zlib
from datetime import date, datetime

from django.db import transaction

from ledger.operations.work import work_enqueue
from risk.canonical import sha256_hex
from risk.lifecycle import RUN, step_check
from risk.models import StressRun
from risk.stress.facts import StressFacts, facts_dump
from risk.stress.scenario import Scenario, scenario_check, scenario_data
from risk.stress.version import stress_version

WORK_KIND = "stress.run"


@transaction.atomic
def stress_request(
    *, programme_ref: str, scenario: Scenario, as_of: date, by: str, key: str, at: datetime
) -> int:
    """Ask a question; a worker gathers and answers. Returns the run's id: the same person's
    same key is the same run.

    Raises `risk.scenario_invalid`.
    """
    scenario_check(scenario)
    run, is_new = StressRun.objects.get_or_create(
        programme_ref=programme_ref,
        by_ref=by,
        request_key=key,
        defaults={
            "scenario": scenario_data(scenario),
            "as_of_date": as_of,
            "code_version": stress_version(),
            "draws_total": 2 * scenario.draws,
            "requested_at": at,
        },
    )
    if not is_new:
        return run.pk
    work_enqueue(
        kind=WORK_KIND,
        key=f"stress:{run.pk}",
        payload={"stress_id": run.pk, "programme_ref": programme_ref},
        queue="long",
        at=at,
    )
    return run.pk


@transaction.atomic
def stress_freeze(*, stress_id: int, snapshot_id: int, facts: StressFacts) -> None:
    """What the run knows, once; a worker that takes it over reads the same."""
    run = StressRun.objects.select_for_update().get(pk=stress_id)
    run.state = step_check(RUN, current=run.state, to="running")
    data = facts_dump(facts)
    run.snapshot_id = snapshot_id
    run.facts, run.facts_hash = zlib.compress(data), sha256_hex(data)
    run.save(update_fields=["state", "snapshot", "facts", "facts_hash"])


@transaction.atomic
def stress_advance(*, stress_id: int, draws_done: int) -> None:
    """So many draws are made."""
    StressRun.objects.filter(pk=stress_id).update(draws_done=draws_done)


@transaction.atomic
def stress_finish(*, stress_id: int, result: bytes, at: datetime) -> None:
    """The result, for good."""
    run = StressRun.objects.select_for_update().get(pk=stress_id)
    run.state, run.finished_at = step_check(RUN, current=run.state, to="done"), at
    run.result, run.result_hash, run.draws_done = result, sha256_hex(result), run.draws_total
    run.save(update_fields=["state", "finished_at", "result", "result_hash", "draws_done"])


@transaction.atomic
def stress_fail(*, stress_id: int, error_code: str, at: datetime) -> None:
    """There is no answer, and why."""
    run = StressRun.objects.select_for_update().get(pk=stress_id)
    run.state, run.finished_at = step_check(RUN, current=run.state, to="failed"), at
    run.error_code = error_code
    run.save(update_fields=["state", "finished_at", "error_code"])
