"""A run: the chain measured once, then its firms reported in shards by as many workers.

One work item measures (and puts the chain where pages map it), then deals the firms out.
Each shard is a work item of its own: reports are written in batches, each with its gate
decisions, its progress and its claim on the work in one transaction, so that a shard taken
over by another worker writes nothing twice. The shard that is done last ends the run.

Work items carry ids, never rows: a worker measures the stored snapshot itself and keeps the
result for the run's other shards that come to it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.running import WorkOutcome, work_run_steps
from ledger.operations.work import WorkClaim, work_finish, work_progress
from risk.analysis import Analysis, chain_analyse
from risk.casework import case_drafts
from risk.models import RiskRun, RunShard, StoredSnapshot
from risk.operations.cases import Seen, cases_record
from risk.operations.gates import gates_decide
from risk.operations.reports import Source, reports_store
from risk.operations.runs import risk_run_divide, risk_run_fail, run_shard_advance
from risk.policy import policy_load
from risk.queries.chain import chain_view_open
from risk.report import report_bytes
from risk.snapshot import Snapshot, snapshot_load

BATCH = 100
LOOK_AGAIN_SECONDS = 0.2
PATIENCE_SECONDS = 180.0
# The last chain measured in this process, by the hashes of snapshot and policy.
_measured: dict[tuple[str, str], Analysis] = {}


def run_execute(*, claim: WorkClaim, at: datetime) -> None:
    """Measure the chain of a claimed run and deal its firms out to shards.

    Raises `risk.run_unknown`, `ledger.work_lost` when another worker took over; any other
    refusal fails the run.
    """
    run = _run_get(claim)
    analysis = _or_fail(run.pk, at, lambda: _analysis(run))
    chain_view_open(snapshot_id=run.snapshot_id, policy_id=run.policy_id)
    total = len(parties_reported(analysis.snapshot))
    with transaction.atomic(durable=True):
        work_progress(claim=claim, rows_done=0, rows_known=total)
        # First the claim: whoever lost it opens no case.
        work_finish(claim=claim)
        risk_run_divide(run_id=run.pk, parties_total=total, at=at)
        _cases_open(run, analysis, at)


def shard_execute(*, claim: WorkClaim, at: datetime) -> None:
    """Report the firms of a claimed shard, from `claim.rows_done` on; raises as above."""
    run, number = _run_get(claim), int(str(claim.payload["shard"]))
    shard = RunShard.objects.get(run=run, number=number)
    analysis = _or_fail(run.pk, at, lambda: _analysis(run))
    refs = parties_reported(analysis.snapshot)[shard.first : shard.last]
    source = Source(run.programme_ref, run.snapshot_id, run.policy_id, run.pk)
    for start in range(claim.rows_done, len(refs), BATCH):
        batch = refs[start : start + BATCH]
        data = [report_bytes(analysis, party_ref=ref) for ref in batch]
        done = start + len(batch)
        with transaction.atomic(durable=True):
            work_progress(claim=claim, rows_done=done, rows_known=len(refs))
            reports = reports_store(source=source, analysis=analysis, reports=data, at=at)
            gates_decide(
                reports=reports, policy=analysis.policy, as_of=analysis.snapshot.as_of, at=at
            )
            run_shard_advance(run_id=run.pk, number=number, done=done, at=at)
            if done == len(refs):
                work_finish(claim=claim)
    if not RiskRun.objects.filter(pk=run.pk, state="running").exists():
        _measured.clear()


def run_carry(*, run_id: int, worker: str, at: datetime) -> WorkOutcome:
    """Carry a queued run to its end in this process, beside whatever other workers take.

    What others hold is waited for. DONE when this process did some of it and the run is at
    its end, IDLE when there was nothing left to do.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    did = False
    while True:
        did |= _turn("risk.run", f"run:{run_id}", worker, run_execute, at)
        for number in _shards_open(run_id):
            did |= _turn("risk.shard", f"run:{run_id}:{number}", worker, shard_execute, at)
        state = RiskRun.objects.values_list("state", flat=True).get(pk=run_id)
        if state in ("done", "failed") or time.monotonic() > deadline:
            return WorkOutcome.DONE if did else WorkOutcome.IDLE
        time.sleep(LOOK_AGAIN_SECONDS)


def parties_reported(snapshot: Snapshot) -> list[str]:
    """Every firm but the anchor's own entities, in order of reference."""
    anchor = snapshot.anchor_mask().tolist()
    return [p.ref for p, is_anchor in zip(snapshot.parties, anchor, strict=True) if not is_anchor]


def _cases_open(run: RiskRun, analysis: Analysis, at: datetime) -> None:
    """Every suspicion of the run is a case once its chain is measured."""
    findings = (one for found in analysis.findings.values() for one in found)
    seen = Seen(run.programme_ref, run.pk, analysis.snapshot.as_of, analysis.policy.cases, at)
    names = {party.ref: party.name for party in analysis.snapshot.parties}
    cases_record(seen=seen, drafts=case_drafts(findings), names=names)


def _turn(kind: str, key: str, worker: str, execute: Callable[..., None], at: datetime) -> bool:
    def effect(claim: WorkClaim) -> None:
        execute(claim=claim, at=at)

    return work_run_steps(kind=kind, key=key, worker=worker, effect=effect) is WorkOutcome.DONE


def _shards_open(run_id: int) -> list[int]:
    rows = RunShard.objects.filter(run_id=run_id, finished_at=None).order_by("number")
    return list(rows.values_list("number", flat=True))


def _run_get(claim: WorkClaim) -> RiskRun:
    run_id = int(str(claim.payload["run_id"]))
    rows = RiskRun.objects.select_related("snapshot", "policy").defer("snapshot__data")
    run = rows.filter(pk=run_id).first()
    if run is None:
        raise DomainError("risk.run_unknown", run=run_id)
    return run


def _analysis(run: RiskRun) -> Analysis:
    key = (run.snapshot.digest, run.policy.digest)
    if key not in _measured:
        _measured.clear()
        data = StoredSnapshot.objects.values_list("data", flat=True).get(pk=run.snapshot_id)
        policy = policy_load(run.policy.data)
        _measured[key] = chain_analyse(snapshot_load(bytes(data)), policy=policy)
    return _measured[key]


def _or_fail(run_id: int, at: datetime, make: Callable[[], Analysis]) -> Analysis:
    """A refusal (a policy of other code, say) will not go away: the run has failed."""
    try:
        return make()
    except DomainError as error:
        with transaction.atomic(durable=True):
            if RiskRun.objects.filter(pk=run_id, state__in=("queued", "running")).exists():
                risk_run_fail(run_id=run_id, error_code=error.code, at=at)
        raise
