"""Receiving files and moving batches along their states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from ledger.errors import DomainError
from scf.imports.lifecycle import TRANSITIONS, BatchState, MatchStage
from scf.imports.models import (
    BatchFile,
    BatchSource,
    ImportBatch,
    RowIssue,
    SourceChunk,
    SourceFile,
)
from scf.imports.parsers.containers import Blob
from scf.imports.plan import Fact, Plan, PlannedFile
from scf.trade.bulk import rows_copy

PIECE_BYTES = 1024 * 1024
PARSER_VERSION = 1
_ENDED = (BatchState.UNDONE, BatchState.FAILED)


def batch_receive(
    *,
    programme_id: int,
    blobs: Sequence[Blob],
    name: str,
    options: Mapping[str, Fact],
    is_dry_run: bool,
    uploaded_by: str,
    party_id: int | None,
    at: datetime,
) -> tuple[int, bool]:
    """(batch, whether it is new). The same set of bytes for the same party is the same batch."""
    hashes = [hashlib.sha256(blob.data).hexdigest() for blob in blobs]
    identity = "|".join([*sorted(hashes), f"party:{party_id}"])
    set_hash = hashlib.sha256(identity.encode()).hexdigest()
    known = _live(programme_id, set_hash)
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.create(
                programme_id=programme_id,
                set_hash=set_hash,
                name=name[:255],
                options=dict(options),
                is_dry_run=is_dry_run,
                uploaded_by=uploaded_by,
                party_id=party_id,
                received_at=at,
            )
            for position, (blob, sha256) in enumerate(zip(blobs, hashes, strict=True)):
                source = _source(programme_id, blob, sha256, at)
                BatchSource.objects.create(
                    batch=batch, source=source, position=position, name=blob.name[:255]
                )
    except IntegrityError:
        # Two uploads of the same set at once: the other one is the batch.
        known = _live(programme_id, set_hash)
        if known is None:
            raise
        return known, False
    return batch.pk, True


def _live(programme_id: int, set_hash: str) -> int | None:
    rows = ImportBatch.objects.filter(programme_id=programme_id, set_hash=set_hash)
    return rows.exclude(state__in=_ENDED).values_list("pk", flat=True).first()


def _source(programme_id: int, blob: Blob, sha256: str, at: datetime) -> SourceFile:
    source, created = SourceFile.objects.get_or_create(
        programme_id=programme_id,
        sha256=sha256,
        defaults={"name": blob.name[:255], "size_bytes": len(blob.data), "received_at": at},
    )
    if created:
        for position, start in enumerate(range(0, len(blob.data), PIECE_BYTES)):
            SourceChunk.objects.create(
                source=source, position=position, content=blob.data[start : start + PIECE_BYTES]
            )
    return source


def batch_lock(*, batch_id: int) -> ImportBatch:
    """The batch's row, locked for this transaction. Raises ``imports.batch_unknown``."""
    found = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if found is None:
        raise DomainError("imports.batch_unknown", batch=batch_id)
    return found


def batch_step(*, batch_id: int, to: BatchState) -> None:
    """Move a batch to a state. Raises ``imports.state_conflict``."""
    batch = batch_lock(batch_id=batch_id)
    if to not in TRANSITIONS[BatchState(batch.state)]:
        raise DomainError("imports.state_conflict", state=batch.state)
    batch.state = to
    batch.save(update_fields=["state"])


def batch_plan_record(*, batch_id: int, plan: Plan) -> dict[int, int]:
    """Keep what reading found: the tables and their headers; file number -> its row here."""
    batch = batch_lock(batch_id=batch_id)
    if batch.cursor and batch.parser_version != PARSER_VERSION:
        # Another parser may cut the plan differently: begin anew, under the same record ids.
        _counts_reset(batch)
    batch.format = plan.format
    batch.parser_version = PARSER_VERSION
    batch.rows_known = plan.row_count
    batch.state = BatchState.CHECKING
    batch.save()
    known = dict(BatchFile.objects.filter(batch=batch).values_list("file_no", "pk"))
    for file in plan.files:
        if file.file_no in known:
            continue
        row = BatchFile.objects.create(
            batch=batch,
            file_no=file.file_no,
            name=file.name[:255],
            sheet=file.sheet[:120],
            table=file.table,
            encoding=file.encoding,
            header_row=file.header_row,
            headers=list(file.headers),
            rows_known=len(file.rows),
        )
        known[file.file_no] = row.pk
        rows_copy(
            table="imports_rowissue",
            columns=ISSUE_COLUMNS,
            rows=(
                issue_row(batch_id, row.pk, None, 0, each.column, each.code, each.severity, "",
                          each.facts)
                for each in file.issues
            ),
        )  # fmt: skip
    return known


def _file_create(batch: ImportBatch, file: PlannedFile) -> int:
    row = BatchFile.objects.create(
        batch=batch,
        file_no=file.file_no,
        name=file.name[:255],
        sheet=file.sheet[:120],
        table=file.table,
        encoding=file.encoding,
        header_row=file.header_row,
        headers=list(file.headers),
        rows_known=len(file.rows),
    )
    return row.pk


ISSUE_COLUMNS = ("batch_id file_id record_id row_no column code severity raw_value facts").split()


def issue_row(
    batch_id: int,
    file_id: int,
    record_id: int | None,
    row_no: int,
    column: str,
    code: str,
    severity: str,
    raw: str,
    facts: Mapping[str, Fact],
) -> tuple[object, ...]:
    """An issue as a row for COPY."""
    return (
        batch_id,
        file_id,
        record_id,
        row_no,
        column.replace("\x00", "")[:120],
        code,
        str(severity),
        raw.replace("\x00", "")[:200],
        json.dumps(dict(facts), ensure_ascii=False),
    )


def batch_restart(*, batch_id: int, is_dry_run: bool) -> None:
    """Make a batch ready to be read again; its counts start anew, its records are replaced
    chunk by chunk and keep their ids.

    Raises ``imports.state_conflict``.
    """
    batch = batch_lock(batch_id=batch_id)
    if BatchState.READING not in TRANSITIONS[BatchState(batch.state)]:
        raise DomainError("imports.state_conflict", state=batch.state)
    _counts_reset(batch)
    batch.state = BatchState.READING
    batch.is_dry_run = is_dry_run
    batch.rows_known = None
    batch.failure_code, batch.failure_facts = "", {}
    batch.save()


def _counts_reset(batch: ImportBatch) -> None:
    counts = dict.fromkeys(("read", "accepted", "unchanged", "quarantined", "ignored"), 0)
    BatchFile.objects.filter(batch=batch).update(**counts)
    RowIssue.objects.filter(batch=batch, record=None).delete()
    for name, value in counts.items():
        setattr(batch, name, value)
    batch.run_no += 1
    batch.cursor = batch.documents_created = batch.documents_changed = 0


def batch_finish(*, batch_id: int, at: datetime) -> None:
    """All rows are accounted for: committed, or previewed where it is a dry run."""
    batch = batch_lock(batch_id=batch_id)
    batch.state = BatchState.DRY_RUN if batch.is_dry_run else BatchState.COMMITTED
    batch.finished_at = at
    if not batch.is_dry_run and batch.committed_at is None:
        batch.committed_at = at
    batch.save(update_fields=["state", "finished_at", "committed_at"])


def batch_fail(*, batch_id: int, error: DomainError, at: datetime) -> None:
    """The set is refused as a whole; nothing of it was stored."""
    batch = batch_lock(batch_id=batch_id)
    batch.state = BatchState.FAILED
    batch.failure_code = error.code
    batch.failure_facts = {name: str(fact) for name, fact in error.facts.items()}
    batch.finished_at = at
    batch.save(update_fields=["state", "failure_code", "failure_facts", "finished_at"])


def batch_undo_mark(*, batch_id: int, by: str, at: datetime) -> None:
    """Undone: its documents no longer count. Raises ``imports.batch_not_undoable``."""
    batch = batch_lock(batch_id=batch_id)
    if batch.state != BatchState.COMMITTED:
        raise DomainError("imports.batch_not_undoable", state=batch.state)
    batch.state = BatchState.UNDONE
    batch.undone_at, batch.undone_by = at, by
    batch.match_stage = MatchStage.NONE
    batch.save(update_fields=["state", "undone_at", "undone_by", "match_stage"])


def match_stage_set(
    *, batch_id: int, stage: MatchStage, cursor: int, done: int, known: int, at: datetime | None
) -> None:
    """How far the match of a batch has come; ``at`` stamps its start."""
    batch = batch_lock(batch_id=batch_id)
    batch.match_stage, batch.match_cursor = stage, cursor
    batch.match_done, batch.match_known = done, known
    if at is not None:
        batch.matched_at = at
    batch.save(
        update_fields=["match_stage", "match_cursor", "match_done", "match_known", "matched_at"]
    )
