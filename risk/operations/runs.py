"""Snapshots, policies and runs: what was known, by which rules, and how far it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from ledger.operations.work import work_enqueue
from risk.canonical import code_version
from risk.lifecycle import RUN, step_check
from risk.models import RiskRun, RunShard, StoredPolicy, StoredSnapshot
from risk.policy import DEFAULT_POLICY, Policy, policy_data, policy_hash
from risk.snapshot import Snapshot, snapshot_dump

SHARD_FIRMS = 200


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

    The work is a durable item "risk.run" that measures the chain, and then one for each shard
    of its firms. Raises `risk.snapshot_unknown`.
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
def risk_run_divide(*, run_id: int, parties_total: int, at: datetime) -> int:
    """The chain is measured: deal its firms out to shards, each a durable item "risk.shard".

    Returns how many there are; a run without firms is finished at once.
    """
    run = RiskRun.objects.select_for_update().get(pk=run_id)
    run.state, run.parties_total = step_check(RUN, current=run.state, to="running"), parties_total
    run.save(update_fields=["state", "parties_total"])
    bounds = [
        (first, min(first + SHARD_FIRMS, parties_total))
        for first in range(0, parties_total, SHARD_FIRMS)
    ]
    RunShard.objects.bulk_create(
        RunShard(run_id=run_id, number=number, first=first, last=last)
        for number, (first, last) in enumerate(bounds)
    )
    for number in range(len(bounds)):
        work_enqueue(
            kind="risk.shard",
            key=f"run:{run_id}:{number}",
            payload={"run_id": run_id, "shard": number},
            queue="long",
            at=at,
        )
    if not bounds:
        risk_run_finish(run_id=run_id, at=at)
    return len(bounds)


@transaction.atomic
def run_shard_advance(*, run_id: int, number: int, done: int, at: datetime) -> None:
    """So many firms of a shard are reported, in the transaction of their reports; the shard
    that is done last ends the run.

    The run's row is locked from here to the commit, so that of two last ones one sees both.
    """
    shard = RunShard.objects.select_for_update().get(run_id=run_id, number=number)
    fresh = done - shard.done
    shard.done = done
    shard.finished_at = at if done == shard.last - shard.first else None
    shard.save(update_fields=["done", "finished_at"])
    run = RiskRun.objects.select_for_update().get(pk=run_id)
    run.parties_done += fresh
    run.save(update_fields=["parties_done"])
    if run.parties_done == run.parties_total:
        risk_run_finish(run_id=run_id, at=at)


@transaction.atomic
def risk_run_finish(*, run_id: int, at: datetime) -> None:
    """All firms are reported and their gates decided; tells "risk.run.finished"."""
    run = RiskRun.objects.select_for_update().get(pk=run_id)
    run.state, run.finished_at = step_check(RUN, current=run.state, to="done"), at
    run.save(update_fields=["state", "finished_at"])
    event_emit(name="risk.run.finished", payload={"run_id": run_id}, at=at)


@transaction.atomic
def risk_run_fail(*, run_id: int, error_code: str, at: datetime) -> None:
    """The run cannot be done; what it reported so far stays and counts."""
    run = RiskRun.objects.select_for_update().get(pk=run_id)
    run.state, run.finished_at = step_check(RUN, current=run.state, to="failed"), at
    run.error_code = error_code
    run.save(update_fields=["state", "finished_at", "error_code"])
