"""The three-way match that follows a batch: orders, then loose invoices, then receivables.

Each chunk is its own transaction with the batch's cursor. A chunk judges its documents from
scratch, so that running it again gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from scf.imports.lifecycle import MatchStage
from scf.imports.operations.batches import match_stage_set
from scf.imports.queries import BatchFacts, batch_get
from scf.trade.match_scope import invoices_touched, orders_touched
from scf.trade.operations.matching import orders_match, unlinked_match
from scf.trade.operations.receivables import receivables_refresh

CHUNK_DOCUMENTS = 5_000
OnStep = Callable[[int, int | None, bool], None]
_STAGES = (MatchStage.ORDERS, MatchStage.UNLINKED, MatchStage.RECEIVABLES)


def match_run(*, batch_id: int, at: datetime, on_step: OnStep | None = None) -> BatchFacts:
    """Match what a batch (or its undoing) touched, from wherever an earlier run stopped.

    A batch that was matched since it was last stored needs nothing more.
    """
    step = on_step or _nothing
    batch = batch_get(batch_id=batch_id)
    if _is_matched(batch):
        with transaction.atomic(durable=True):
            step(batch.match_done, batch.match_known, True)
        return batch
    programme_id = batch.programme_id
    gone_at = batch.finished_at
    orders = orders_touched(programme_id=programme_id, batch_id=batch_id, gone_at=gone_at)
    invoices = invoices_touched(programme_id=programme_id, batch_id=batch_id, gone_at=gone_at)
    known = len(orders) + 2 * len(invoices)
    if batch.match_stage in (MatchStage.NONE, MatchStage.DONE):
        with transaction.atomic(durable=True):
            _record(batch_id, MatchStage.ORDERS, 0, 0, known, at)
            step(0, known, False)
    batch = batch_get(batch_id=batch_id)
    done = batch.match_done
    stages = _STAGES[_STAGES.index(MatchStage(batch.match_stage)) :]
    cursor = batch.match_cursor
    for stage in stages:
        documents = orders if stage is MatchStage.ORDERS else invoices
        left = [each for each in documents if each > cursor]
        for start in range(0, len(left), CHUNK_DOCUMENTS):
            part = left[start : start + CHUNK_DOCUMENTS]
            done += len(part)
            with transaction.atomic(durable=True):
                _chunk(stage, programme_id, part, at)
                _record(batch_id, stage, part[-1], done, known, None)
                step(done, known, False)
        cursor = 0
        with transaction.atomic(durable=True):
            _record(batch_id, _next(stage), 0, done, known, None)
            step(done, known, stage is _STAGES[-1])
    return batch_get(batch_id=batch_id)


def match_within(*, programme_id: int, batch_id: int, at: datetime) -> None:
    """The same in one go inside the caller's transaction: for a preview that is taken back."""
    orders = orders_touched(programme_id=programme_id, batch_id=batch_id)
    invoices = invoices_touched(programme_id=programme_id, batch_id=batch_id)
    for stage in _STAGES:
        _chunk(stage, programme_id, orders if stage is MatchStage.ORDERS else invoices, at)


def _is_matched(batch: BatchFacts) -> bool:
    if batch.match_stage != MatchStage.DONE or batch.matched_at is None:
        return False
    return batch.finished_at is not None and batch.matched_at >= batch.finished_at


def _chunk(stage: MatchStage, programme_id: int, ids: Sequence[int], at: datetime) -> None:
    if stage is MatchStage.ORDERS:
        orders_match(programme_id=programme_id, order_ids=ids, at=at)
    elif stage is MatchStage.UNLINKED:
        unlinked_match(programme_id=programme_id, invoice_ids=ids, at=at)
    else:
        receivables_refresh(programme_id=programme_id, invoice_ids=ids, at=at)


def _record(
    batch_id: int, stage: MatchStage, cursor: int, done: int, known: int, at: datetime | None
) -> None:
    match_stage_set(batch_id=batch_id, stage=stage, cursor=cursor, done=done, known=known, at=at)


def _next(stage: MatchStage) -> MatchStage:
    place = _STAGES.index(stage) + 1
    return _STAGES[place] if place < len(_STAGES) else MatchStage.DONE


def _nothing(rows_done: int, rows_known: int | None, is_last: bool) -> None:
    """Nobody waits for progress."""
