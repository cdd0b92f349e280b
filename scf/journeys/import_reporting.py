"""An import from beginning to end in one call, with its report: what the command line runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledger.errors import DomainError
from scf.imports.chunks import plan_chunks
from scf.imports.lifecycle import BatchState
from scf.imports.operations.batches import batch_restart
from scf.imports.plan import Fact
from scf.imports.queries import (
    BatchFacts,
    batch_document_ids,
    batch_files_list,
    batch_get,
    issues_grouped,
)
from scf.journeys.import_storing import documents_store_within
from scf.journeys.importing import batch_open, import_run, plan_of
from scf.journeys.matching import match_run, match_within
from scf.trade.report import match_report

ISSUES_SHOWN = 200
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
    """The run as plain data: counts, files, issues by repair, match."""
    batch = result.batch
    files = batch_files_list(batch_id=batch.id)
    issues = issues_grouped(batch_id=batch.id)
    return {
        "batch": batch.id,
        "state": batch.state,
        "format": batch.format,
        "repeated": result.repeated,
        "counts": dict(result.counts),
        "documents": {"created": batch.documents_created, "changed": batch.documents_changed},
        "files": [
            {
                key: file[key]
                for key in (
                    "name", "sheet", "table", "encoding", "read", "accepted", "unchanged",
                    "quarantined", "ignored",
                )
            }
            for file in files
        ],
        "issues": [
            {
                "code": issue["code"],
                "severity": issue["severity"],
                "file": issue["file__name"],
                "sheet": issue["file__sheet"],
                "column": issue["column"],
                "count": issue["count"],
                "first_row": issue["first_row"],
            }
            for issue in issues[:ISSUES_SHOWN]
        ],
        "match": dict(result.match),
    }  # fmt: skip


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
