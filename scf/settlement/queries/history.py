"""What came and what left for one party, in one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from scf.network.values import Scope
from scf.settlement.queries.payouts import payouts_list
from scf.settlement.queries.statements import allocations_list


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One movement; money in is positive. ``state`` is the payout's, or received/undone."""

    at: datetime
    on_date: date | None
    kind: str
    ref: str
    amount_minor: int
    state: str
    journal_id: int | None


def settlement_history(*, scope: Scope, party_id: int) -> list[HistoryLine]:
    """A party's receipts and payouts, newest first; outside the scope it is empty."""
    received = [
        HistoryLine(
            at=each.allocated_at,
            on_date=each.on_date,
            kind=each.kind,
            ref=each.ref,
            amount_minor=each.amount_minor,
            state="received" if each.undone_at is None else "undone",
            journal_id=each.journal_id,
        )
        for each in allocations_list(scope=scope, party_id=party_id)
        if each.kind not in ("payout", "return")
    ]
    paid = [
        HistoryLine(
            at=each.changed_at,
            on_date=None,
            kind=each.purpose,
            ref=f"payout:{each.id}",
            amount_minor=-each.amount_minor,
            state=each.state,
            journal_id=None,
        )
        for each in payouts_list(scope=scope, party_id=party_id)
    ]
    return sorted([*received, *paid], key=lambda line: line.at, reverse=True)
