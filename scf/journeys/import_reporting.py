"""An import from beginning to end in one call, with its report: what the command line runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledger.errors import DomainError
from scf.imports.chunks import plan_chunks
from scf.imports.issues import ISSUES
from scf.imports.lifecycle import BatchState
from scf.imports.operations.batches import batch_restart
from scf.imports.plan import Fact, Severity
from scf.imports.queries import (
    BatchFacts,
    batch_document_ids,
    batch_files_list,
    batch_get,
    issues_grouped,
    issues_list,
)
from scf.journeys.import_storing import documents_store_within
from scf.journeys.importing import batch_open, import_run, plan_of
from scf.journeys.matching import match_run, match_within
from scf.trade.report import match_report

# Beyond this a list helps nobody; the groups still count them all.
ISSUES_SHOWN = 10_000
# Tables whose rows are order lines.
ORDER_LINES = ("EKPO", "orders")


@dataclass(frozen=True, slots=True)
class SetImported:
    """A batch after a run, what this run made of the rows, and how its order lines agree."""

    batch: BatchFacts
    counts: Mapping[str, int]
    repeated: bool
    match: Mapping[str, Any]


def import_set(
    *,
    programme_id: int,
    files: Sequence[tuple[str, bytes]],
    options: dict[str, Fact],
    is_dry_run: bool,
    at: datetime,
) -> SetImported:
    """Import a set and match it, without a worker.

    A set that was imported before is read again: what it said then is now unchanged. Raises
    the refusal of a set that cannot be read.
    """
    received = batch_open(
        programme_id=programme_id,
        files=files,
        options=options,
        is_dry_run=is_dry_run,
        uploaded_by="command",
        party_id=None,
        at=at,
        enqueue=False,
    )
    batch_id = received.batch_id
    before = batch_get(batch_id=batch_id)
    if before.state in (BatchState.COMMITTED, BatchState.DRY_RUN):
        with transaction.atomic(durable=True):
            # A committed batch stays one: there is nothing left of it to preview.
            is_preview = is_dry_run and before.committed_at is None
            batch_restart(batch_id=batch_id, is_dry_run=is_preview)
    repeated = before.committed_at is not None
    batch = import_run(batch_id=batch_id, at=at)
    if batch.state == BatchState.FAILED:
        raise DomainError(batch.failure_code, **batch.failure_facts)
    if batch.is_dry_run:
        match = _match_preview(batch, at)
    else:
        if not repeated or batch.documents_created + batch.documents_changed > 0:
            match_run(batch_id=batch_id, at=at)
        match = _match_report(batch, batch_document_ids(batch_id=batch_id))
    counts = _counts_of_repeat(before, batch) if repeated else batch.counts
    return SetImported(batch, counts, repeated, match)


def batch_report(result: SetImported) -> dict[str, Any]:
    """The run as plain data: counts, files, every error and warning with its place, match.

    ``issue_groups`` counts all issues by repair, those of ignored rows too.
    """
    batch = result.batch
    return {
        "batch": batch.id,
        "state": batch.state,
        "format": batch.format,
        "repeated": result.repeated,
        "counts": dict(result.counts),
        "documents": {"created": batch.documents_created, "changed": batch.documents_changed},
        "files": [_file(file) for file in batch_files_list(batch_id=batch.id)],
        "issues": [_issue(issue) for issue in _issues(batch.id)],
        "issue_groups": [_group(group) for group in issues_grouped(batch_id=batch.id)],
        "match": dict(result.match),
    }


def _issues(batch_id: int) -> list[dict[str, Any]]:
    severities = (Severity.ERROR, Severity.WARNING)
    return issues_list(batch_id=batch_id, severities=severities, limit=ISSUES_SHOWN)


def _file(file: Mapping[str, Any]) -> dict[str, Any]:
    names = ("name", "sheet", "table", "encoding", "read", "accepted", "unchanged", "quarantined",
             "ignored")  # fmt: skip
    return {name: file[name] for name in names}


def _issue(issue: Mapping[str, Any]) -> dict[str, Any]:
    message, fix = ISSUES[issue["code"]]
    return {
        "file": issue["file__name"],
        "sheet": issue["file__sheet"],
        "row": issue["row_no"],
        "column": issue["column"],
        "code": issue["code"],
        "severity": issue["severity"],
        "value": issue["raw_value"],
        "facts": issue["facts"],
        "message": str(message),
        "fix": str(fix),
    }


def _group(group: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": group["code"],
        "severity": group["severity"],
        "file": group["file__name"],
        "sheet": group["file__sheet"],
        "column": group["column"],
        "count": group["count"],
        "first_row": group["first_row"],
    }


def _counts_of_repeat(before: BatchFacts, after: BatchFacts) -> dict[str, int]:
    """What a repeated run found: rows that were accepted long ago are unchanged today."""
    accepted = max(after.accepted - before.accepted, 0)
    return {
        "read": after.read,
        "accepted": accepted,
        "unchanged": after.accepted + after.unchanged - accepted,
        "quarantined": after.quarantined,
        "ignored": after.ignored,
    }


def _match_preview(batch: BatchFacts, at: datetime) -> dict[str, Any]:
    """What the match would say: the very same steps, taken back at the end."""
    chunks = plan_chunks(plan_of(batch))
    with transaction.atomic(durable=True):
        stored = [
            document_id
            for chunk in chunks
            for document_id in documents_store_within(batch=batch, chunk=chunk, at=at)
        ]
        match_within(programme_id=batch.programme_id, batch_id=batch.id, at=at)
        report = _match_report(batch, stored)
        transaction.set_rollback(True)
    return report


def _match_report(batch: BatchFacts, document_ids: Sequence[int]) -> dict[str, Any]:
    files = batch_files_list(batch_id=batch.id)
    lost = sum(file["quarantined"] for file in files if file["table"] in ORDER_LINES)
    return match_report(
        programme_id=batch.programme_id, document_ids=document_ids, not_imported=lost
    )
