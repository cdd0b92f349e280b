"""Which receivables the demo tells about. Reads only."""

from __future__ import annotations

from ledger.errors import InvariantViolated
from scf.network.values import Role, Scope
from scf.simulator.play.cast import Cast
from scf.trade.queries import receivables_list
from scf.trade.values import ReceivableFacts


def receivable_named(*, cast: Cast, supplier: str, invoice_no: str) -> ReceivableFacts:
    """A supplier's receivable by its printed invoice number."""
    rows = receivables_list(
        scope=Scope(programme_id=cast.programme_id, role=Role.OPERATIONS, party_ids=None),
        supplier_id=cast.party_ids[supplier],
    )
    for row in rows:
        if row.invoice_number == invoice_no:
            return row
    raise InvariantViolated(f"{supplier} has no receivable {invoice_no}")
