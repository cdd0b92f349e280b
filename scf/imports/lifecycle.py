"""States of a batch. Pure."""

from __future__ import annotations

from enum import StrEnum


class BatchState(StrEnum):
    RECEIVED = "received"
    READING = "reading"
    CHECKING = "checking"
    DRY_RUN = "dry_run"
    COMMITTED = "committed"
    UNDONE = "undone"
    FAILED = "failed"


TRANSITIONS: dict[BatchState, frozenset[BatchState]] = {
    BatchState.RECEIVED: frozenset({BatchState.READING, BatchState.FAILED}),
    BatchState.READING: frozenset({BatchState.CHECKING, BatchState.FAILED}),
    BatchState.CHECKING: frozenset(
        {BatchState.DRY_RUN, BatchState.COMMITTED, BatchState.FAILED, BatchState.READING}
    ),
    # A previewed batch is read again to be committed; a committed one when rows of it may now pass.
    BatchState.DRY_RUN: frozenset({BatchState.READING}),
    BatchState.COMMITTED: frozenset({BatchState.READING, BatchState.UNDONE}),
    BatchState.UNDONE: frozenset(),
    BatchState.FAILED: frozenset({BatchState.READING}),
}


class MatchStage(StrEnum):
    """How far the match that follows a batch has come."""

    NONE = "none"
    ORDERS = "orders"
    UNLINKED = "unlinked"
    RECEIVABLES = "receivables"
    DONE = "done"
