"""Files come in: received, read, checked, stored as documents; previewed, undone.

Reading is deterministic and storing goes in chunks, each its own transaction with the batch's
cursor, so that a run that is killed anywhere goes on where it stopped and ends the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from scf.access.policy import require
from scf.financing.queries import receivables_financed
from scf.imports.chunks import Chunk, plan_chunks
from scf.imports.lifecycle import BatchState
from scf.imports.operations.batches import (
    batch_fail,
    batch_finish,
    batch_lock,
    batch_plan_record,
    batch_receive,
    batch_restart,
    batch_step,
    batch_undo_mark,
)
from scf.imports.parsers.cells import DateOrder
from scf.imports.parsers.containers import Blob, Limits
from scf.imports.parsers.read import ReadOptions, plan_read
from scf.imports.plan import Fact, Plan
from scf.imports.queries import (
    BatchFacts,
    batch_blobs,
    batch_document_ids,
    batch_get,
    batches_undone,
)
from scf.journeys.import_storing import chunk_store
from scf.network.queries import programme_get
from scf.network.values import Actor, Role
from scf.trade.match_scope import invoices_touched
from scf.trade.operations.documents import (
    batch_withdraw,
    documents_disappear,
    statistics_refresh,
)
from scf.trade.operations.receivables import receivables_lock

# rows done, rows known, whether this was the last step; called inside each step's transaction.
OnStep = Callable[[int, int | None, bool], None]


@dataclass(frozen=True, slots=True)
class Received:
    """The batch of an upload, and whether these bytes are new."""

    batch_id: int
    created: bool


def import_limits() -> Limits:
    """What the settings allow."""
    return Limits(
        max_bytes=settings.HUOSHUI_UPLOAD_MAX_BYTES,
        max_rows=settings.HUOSHUI_UPLOAD_MAX_ROWS,
        max_unpacked_bytes=settings.HUOSHUI_UPLOAD_MAX_UNPACKED_BYTES,
    )


def import_receive(
    *,
    actor: Actor,
    files: Sequence[tuple[str, bytes]],
    is_dry_run: bool = True,
    date_order: DateOrder = DateOrder.UNKNOWN,
    at: datetime,
) -> Received:
    """Keep uploaded files as one set and have them read; the same set is the same batch.

    A supplier speaks about itself only, an obligor entity about its own books. Raises
    ``imports.file_too_large``, ``imports.no_rows`` and what the access policy raises.
    """
    require(actor, "import.upload")
    is_platform = actor.role in (Role.OPERATIONS, Role.ANCHOR)
    options: dict[str, Fact] = {
        "format": "auto",
        "date_order": str(date_order),
        "create_parties": int(is_platform),
        # A company code is an obligor: only the platform's own desk takes in a new one.
        "create_companies": int(actor.role is Role.OPERATIONS),
        "role": str(actor.role),
    }
    if actor.role is Role.SUPPLIER:
        # Never the ERP's own name: what a supplier says must not pass for the buyer's books.
        options["source_system"] = f"party-{actor.party_id}"
    return batch_open(
        programme_id=actor.programme_id,
        files=files,
        options=options,
        is_dry_run=is_dry_run,
        uploaded_by=actor.ref,
        party_id=_speaks_for(actor),
        at=at,
    )


def _speaks_for(actor: Actor) -> int | None:
    """The only party an upload may be about; None for the platform and the anchor as a whole."""
    if actor.role is Role.OPERATIONS:
        return None
    is_anchor = actor.party_id == programme_get(programme_id=actor.programme_id).anchor_id
    return None if actor.role is Role.ANCHOR and is_anchor else actor.party_id


def batch_open(
    *,
    programme_id: int,
    files: Sequence[tuple[str, bytes]],
    options: dict[str, Fact],
    is_dry_run: bool,
    uploaded_by: str,
    party_id: int | None,
    at: datetime,
    enqueue: bool = True,
) -> Received:
    """Store a set of files; with ``enqueue`` a worker will read it.

    A known batch is read again when it failed to take all its rows, or waits as a preview.
    """
    limits = import_limits()
    blobs = [Blob(name, data) for name, data in files]
    for blob in blobs:
        if len(blob.data) > limits.max_bytes:
            raise DomainError("imports.file_too_large", file=blob.name, limit=limits.max_bytes)
    if not blobs:
        raise DomainError("imports.no_rows", files=0)
    with transaction.atomic(durable=True):
        batch_id, created = batch_receive(
            programme_id=programme_id,
            blobs=blobs,
            name=blobs[0].name if len(blobs) == 1 else f"{blobs[0].name} +{len(blobs) - 1}",
            options=options,
            is_dry_run=is_dry_run,
            uploaded_by=uploaded_by,
            party_id=party_id,
            at=at,
        )
        if enqueue:
            _run_soon(programme_id, batch_id, is_dry_run=is_dry_run, created=created, at=at)
    return Received(batch_id, created)


def _run_soon(
    programme_id: int, batch_id: int, *, is_dry_run: bool, created: bool, at: datetime
) -> None:
    """Have a worker read a new batch, or a known one that may now take more of its rows."""
    batch = batch_lock(batch_id=batch_id)
    again = batch.state == BatchState.COMMITTED and batch.quarantined > 0
    if not created and (again or batch.state == BatchState.DRY_RUN):
        batch_restart(batch_id=batch_id, is_dry_run=is_dry_run and not again)
    elif not created:
        return
    payload = {"batch_id": batch_id, "programme_id": programme_id}
    event_emit(name="imports.batch.received", payload=payload, at=at)


def import_commit(*, actor: Actor, batch_id: int, at: datetime) -> None:
    """Store a previewed batch for good. Raises ``imports.state_conflict``."""
    require(actor, "import.commit")
    with transaction.atomic(durable=True):
        batch = _own_batch(actor, batch_id)
        if batch.state != BatchState.DRY_RUN:
            raise DomainError("imports.state_conflict", state=batch.state)
        batch_restart(batch_id=batch_id, is_dry_run=False)
        payload = {"batch_id": batch_id, "programme_id": batch.programme_id}
        event_emit(name="imports.batch.received", payload=payload, at=at)


def import_undo(*, actor: Actor, batch_id: int, at: datetime) -> int:
    """Take a committed batch back as a whole; how many documents it had made or changed.

    Nothing is deleted: documents fall back to what they said before. Refused with
    ``imports.batch_financed`` while an invoice of the batch is being financed.
    """
    require(actor, "import.undo")
    with transaction.atomic(durable=True):
        batch = _own_batch(actor, batch_id)
        financed = _financed(batch.programme_id, batch_id)
        if financed:
            raise DomainError("imports.batch_financed", count=financed)
        batch_undo_mark(batch_id=batch_id, by=actor.ref, at=at)
        documents = batch_withdraw(
            programme_id=batch.programme_id,
            batch_id=batch_id,
            withdrawn=batches_undone(programme_id=batch.programme_id),
            at=at,
        )
        payload = {"batch_id": batch_id, "programme_id": batch.programme_id}
        event_emit(name="imports.batch.undone", payload=payload, at=at)
    return len(documents)


def import_run(*, batch_id: int, at: datetime, on_step: OnStep | None = None) -> BatchFacts:
    """Read a batch and store it, from wherever an earlier run stopped.

    A set that is refused as a whole ends as failed with its reason; one that has ended before
    is left as it is.
    """
    step = on_step or _nothing
    batch = _begun(batch_id)
    if batch.state not in (BatchState.READING, BatchState.CHECKING):
        with transaction.atomic(durable=True):
            step(batch.read, batch.rows_known, True)
        return batch
    try:
        plan = plan_of(batch)
    except DomainError as error:
        with transaction.atomic(durable=True):
            batch_fail(batch_id=batch_id, error=error, at=at)
            step(0, None, True)
        return batch_get(batch_id=batch_id)
    with transaction.atomic(durable=True):
        file_ids = batch_plan_record(batch_id=batch_id, plan=plan)
        batch = batch_get(batch_id=batch_id)
        step(batch.read, plan.row_count, False)
    chunks = plan_chunks(plan, done=batch.cursor)
    for number, chunk in enumerate(chunks):
        with transaction.atomic(durable=True):
            # What a killed run had sent to the database may be committed only now.
            if batch_lock(batch_id=batch_id).cursor < chunk.end:
                chunk_store(batch=batch, chunk=chunk, file_ids=file_ids, at=at)
            step(batch_get(batch_id=batch_id).read, plan.row_count, False)
        chunks[number] = Chunk()  # the rows are stored, memory may have them back
    with transaction.atomic(durable=True):
        batch_finish(batch_id=batch_id, at=at)
        if not batch.is_dry_run:
            if batch.options.get("snapshot"):
                documents_disappear(
                    programme_id=batch.programme_id,
                    present=batch_document_ids(batch_id=batch_id),
                    at=at,
                )
            statistics_refresh()
            payload = {"batch_id": batch_id, "programme_id": batch.programme_id}
            event_emit(name="imports.batch.committed", payload=payload, at=at)
        step(plan.row_count, plan.row_count, True)
    return batch_get(batch_id=batch_id)


def plan_of(batch: BatchFacts) -> Plan:
    """What a batch's files say, read again from their bytes."""
    options = ReadOptions(
        format=str(batch.options.get("format", "auto")),
        source_system=str(batch.options.get("source_system", "")),
        date_order=DateOrder(str(batch.options.get("date_order", "unknown"))),
    )
    return plan_read(blobs=batch_blobs(batch_id=batch.id), limits=import_limits(), options=options)


def _begun(batch_id: int) -> BatchFacts:
    """The batch, taken up for reading where it only waited."""
    with transaction.atomic(durable=True):
        if batch_get(batch_id=batch_id).state == BatchState.RECEIVED:
            batch_step(batch_id=batch_id, to=BatchState.READING)
        return batch_get(batch_id=batch_id)


def _own_batch(actor: Actor, batch_id: int) -> BatchFacts:
    batch_lock(batch_id=batch_id)
    batch = batch_get(batch_id=batch_id)
    is_theirs = _speaks_for(actor) in (None, batch.party_id)
    if batch.programme_id != actor.programme_id or not is_theirs:
        raise DomainError("imports.batch_unknown", batch=batch_id)
    return batch


def _financed(programme_id: int, batch_id: int) -> int:
    """How many receivables that the batch touches have a live claim."""
    invoices = invoices_touched(programme_id=programme_id, batch_id=batch_id)
    ids = receivables_lock(invoice_ids=invoices)
    return len(receivables_financed(programme_id=programme_id, receivable_ids=ids))


def _nothing(rows_done: int, rows_known: int | None, is_last: bool) -> None:
    """Nobody waits for progress."""
