"""Risk's part of the work items: what a worker does with one, thin."""

from __future__ import annotations

from datetime import UTC, datetime

from ledger.operations.work import WorkClaim
from risk.engine import run_execute, shard_execute
from risk.operations.watching import run_watch


def risk_run(claim: WorkClaim) -> None:
    """The effect of a "risk.run" item: the chain measured, its firms dealt out to shards."""
    run_execute(claim=claim, at=datetime.now(tz=UTC))


def risk_shard(claim: WorkClaim) -> None:
    """The effect of a "risk.shard" item: several transactions, the last one ends the item."""
    shard_execute(claim=claim, at=datetime.now(tz=UTC))


def warnings_raise(claim: WorkClaim) -> None:
    """The effect of a "warnings.raise" item: measured first, raised in one transaction."""
    run_watch(claim=claim, at=datetime.now(tz=UTC))
