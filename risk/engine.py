"""A run: every firm's report and gate decision, in short transactions, from where it stood.

The chain is measured once (a second or two, and again after a crash); reports are written
in batches, each with its progress and its claim on the work in one transaction, so that a
run taken over by another worker writes nothing twice.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.work import WorkClaim, work_finish, work_progress
from risk.analysis import Analysis, chain_analyse
from risk.casework import case_drafts
from risk.models import RiskRun
from risk.operations.cases import Seen, cases_record
from risk.operations.gates import gates_decide
from risk.operations.reports import Source, reports_store
from risk.operations.runs import risk_run_advance, risk_run_begin, risk_run_finish
from risk.policy import policy_load
from risk.report import report_bytes
from risk.snapshot import Snapshot, snapshot_load

BATCH = 200


def run_execute(*, claim: WorkClaim, at: datetime) -> None:
    """Carry a claimed run to its end, from `claim.rows_done` on.

    Raises `risk.run_unknown`, `ledger.work_lost` when another worker took over.
    """
    run_id = int(str(claim.payload["run_id"]))
    run = RiskRun.objects.select_related("snapshot", "policy").filter(pk=run_id).first()
    if run is None:
        raise DomainError("risk.run_unknown", run=run_id)
    snapshot = snapshot_load(bytes(run.snapshot.data))
    analysis = chain_analyse(snapshot, policy=policy_load(run.policy.data))
    refs = parties_reported(snapshot)
    source = Source(run.programme_ref, run.snapshot_id, run.policy_id, run_id)
    with transaction.atomic(durable=True):
        risk_run_begin(run_id=run_id, parties_total=len(refs))
        work_progress(claim=claim, rows_done=claim.rows_done, rows_known=len(refs))
    for start in range(claim.rows_done, len(refs), BATCH):
        batch = refs[start : start + BATCH]
        _batch_write(claim, source, analysis, batch, start + len(batch), at)
    with transaction.atomic(durable=True):
        # First the claim: whoever lost it opens no case.
        work_finish(claim=claim)
        _cases_open(run, analysis, at)
        risk_run_finish(run_id=run_id, at=at)


def _cases_open(run: RiskRun, analysis: Analysis, at: datetime) -> None:
    """Every suspicion of the run is a case from the moment on in which the run is done."""
    findings = (one for found in analysis.findings.values() for one in found)
    seen = Seen(run.programme_ref, run.pk, analysis.snapshot.as_of, analysis.policy.cases, at)
    names = {party.ref: party.name for party in analysis.snapshot.parties}
    cases_record(seen=seen, drafts=case_drafts(findings), names=names)


def parties_reported(snapshot: Snapshot) -> list[str]:
    """Every firm but the anchor's own entities, in order of reference."""
    anchor = snapshot.anchor_mask().tolist()
    return [p.ref for p, is_anchor in zip(snapshot.parties, anchor, strict=True) if not is_anchor]


def _batch_write(
    claim: WorkClaim, source: Source, analysis: Analysis, refs: list[str], done: int, at: datetime
) -> None:
    data = [report_bytes(analysis, party_ref=ref) for ref in refs]
    with transaction.atomic(durable=True):
        reports = reports_store(source=source, analysis=analysis, reports=data, at=at)
        gates_decide(reports=reports, policy=analysis.policy, as_of=analysis.snapshot.as_of, at=at)
        if source.run_id is not None:
            risk_run_advance(run_id=source.run_id, parties_done=done)
        work_progress(claim=claim, rows_done=done)
