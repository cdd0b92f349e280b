"""Which receivables the demo tells about. Reads only."""

from __future__ import annotations

from datetime import date

from ledger.errors import InvariantViolated
from scf.financing.queries import receivables_financed
from scf.network.values import Role, Scope
from scf.simulator.play.cast import Cast
from scf.trade.queries import receivables_list
from scf.trade.values import ReceivableFacts


def receivable_named(*, cast: Cast, supplier: str, invoice_no: str) -> ReceivableFacts:
    """A supplier's receivable by its printed invoice number."""
    for row in _ready(cast=cast, supplier=supplier, ready_only=False, due_from=date.min):
        if row.invoice_number == invoice_no:
            return row
    raise InvariantViolated(f"{supplier} has no receivable {invoice_no}")


def receivable_due(
    *, cast: Cast, supplier: str, first: date, last: date, least_minor: int = 5_000_000
) -> ReceivableFacts | None:
    """The largest ready, unfinanced receivable of a supplier due in a window, if there is one."""
    rows = [
        row
        for row in _ready(cast=cast, supplier=supplier, ready_only=True, due_from=first)
        if row.due_date is not None
        and row.due_date <= last
        and row.financeable_minor >= least_minor
    ]
    taken = receivables_financed(
        programme_id=cast.programme_id, receivable_ids=[row.id for row in rows]
    )
    free = [row for row in rows if row.id not in taken]
    return max(free, key=lambda row: (row.financeable_minor, row.id), default=None)


def _ready(*, cast: Cast, supplier: str, ready_only: bool, due_from: date) -> list[ReceivableFacts]:
    return receivables_list(
        scope=Scope(programme_id=cast.programme_id, role=Role.OPERATIONS, party_ids=None),
        supplier_id=cast.party_ids[supplier],
        due_from=due_from,
        ready_only=ready_only,
    )
