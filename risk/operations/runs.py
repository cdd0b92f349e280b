"""Snapshots, policies and runs: what was known, by which rules, and how far it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from ledger.operations.work import work_enqueue
from risk.canonical import code_version
from risk.lifecycle import RUN, step_check
from risk.models import RiskRun, StoredPolicy, StoredSnapshot
from risk.policy import DEFAULT_POLICY, Policy, policy_data, policy_hash
from risk.snapshot import Snapshot, snapshot_dump


@transaction.atomic
def snapshot_store(*, programme_ref: str, snapshot: Snapshot, at: datetime) -> int:
    """Keep a snapshot's bytes, once a hash; returns its id."""
    known = StoredSnapshot.objects.filter(
        programme_ref=programme_ref, digest=snapshot.digest
    ).values_list("pk", flat=True)
    if known:
        return known[0]
    row, _ = StoredSnapshot.objects.get_or_create(
        programme_ref=programme_ref,
        digest=snapshot.digest,
        defaults={
            "as_of_date": snapshot.as_of,
            "data": snapshot_dump(snapshot),
            "parties": len(snapshot.parties),
            "rows": len(snapshot.flows),
            "stored_at": at,
        },
    )
    return row.pk


@transaction.atomic
def policy_store(*, policy: Policy) -> int:
    """Keep a policy, once a hash; returns its id."""
    row, _ = StoredPolicy.objects.get_or_create(
        digest=policy_hash(policy),
        defaults={"version": policy.version, "data": policy_data(policy)},
    )
    return row.pk


@transaction.atomic
def risk_run_start(
    *,
    programme_ref: str,
    snapshot_id: int,
    at: datetime,
    policy: Policy = DEFAULT_POLICY,
) -> int:
    """Queue a run over all firms of a snapshot; returns its id.

    The work is a durable item "risk.run"; a worker takes it up and goes on where another
    one died. Raises `risk.snapshot_unknown`.
    """
    snapshot = StoredSnapshot.objects.filter(pk=snapshot_id, programme_ref=programme_ref)
    found = snapshot.values_list("parties", flat=True)
    if not found:
        raise DomainError("risk.snapshot_unknown", snapshot=snapshot_id)
    run = RiskRun.objects.create(
        programme_ref=programme_ref,
        snapshot_id=snapshot_id,
        policy_id=policy_store(policy=policy),
        code_version=code_version(),
        parties_total=found[0],
        requested_at=at,
    )
    work_enqueue(
        kind="risk.run", key=f"run:{run.pk}", payload={"run_id": run.pk}, queue="long", at=at
    )
    return run.pk


@transaction.atomic
def risk_run_begin(*, run_id: int, parties_total: int) -> None:
    """A worker takes the run up, the first time or after another one died."""
    run = RiskRun.objects.select_for_update().get(pk=run_id)
    if run.state != "running":
        run.state = step_check(RUN, current=run.state, to="running")
    run.parties_total = parties_total
    run.save(update_fields=["state", "parties_total"])


@transaction.atomic
def risk_run_advance(*, run_id: int, parties_done: int) -> None:
    """So many firms are reported; in the transaction of their reports."""
    RiskRun.objects.filter(pk=run_id).update(parties_done=parties_done)


@transaction.atomic
def risk_run_finish(*, run_id: int, at: datetime) -> None:
    """All firms are reported and their gates decided; tells "risk.run.finished"."""
    run = RiskRun.objects.select_for_update().get(pk=run_id)
    run.state, run.finished_at = step_check(RUN, current=run.state, to="done"), at
    run.parties_done = run.parties_total
    run.save(update_fields=["state", "finished_at", "parties_done"])
    event_emit(name="risk.run.finished", payload={"run_id": run_id}, at=at)


@transaction.atomic
def risk_run_fail(*, run_id: int, error_code: str, at: datetime) -> None:
    """The run cannot be done; what it reported so far stays and counts."""
    run = RiskRun.objects.select_for_update().get(pk=run_id)
    run.state, run.finished_at = step_check(RUN, current=run.state, to="failed"), at
    run.error_code = error_code
    run.save(update_fields=["state", "finished_at", "error_code"])
