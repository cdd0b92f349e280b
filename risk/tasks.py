"""Risk's part of the work items: what a worker does with one, thin."""

from __future__ import annotations

from datetime import UTC, datetime

from ledger.operations.work import WorkClaim
from risk.engine import run_execute


def risk_run(claim: WorkClaim) -> None:
    """The effect of a "risk.run" item: several transactions, the last one ends the item."""
    run_execute(claim=claim, at=datetime.now(tz=UTC))
