"""What a match holds in memory, and how lines find their order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from scf.trade.match_values import CreditLine, InvoiceLine, OrderKey, OrderLine, ReceiptLine
from scf.trade.models import DocumentLine
from scf.trade.values import DocumentKind

# order number -> (source system, company code, order id)
OrderIndex = dict[str, list[tuple[str, str, int]]]


@dataclass(slots=True)
class MatchSet:
    """Everything around some order lines, by order key."""

    orders: dict[OrderKey, OrderLine] = field(default_factory=dict)
    receipts: dict[OrderKey, list[ReceiptLine]] = field(default_factory=lambda: defaultdict(list))
    invoices: dict[OrderKey, list[InvoiceLine]] = field(default_factory=lambda: defaultdict(list))
    credits: dict[OrderKey, list[CreditLine]] = field(default_factory=lambda: defaultdict(list))
    by_note: dict[str, list[ReceiptLine]] = field(default_factory=lambda: defaultdict(list))


def lines_current(programme_id: int, kind: DocumentKind) -> QuerySet[DocumentLine]:
    """Lines of the current versions of one kind of document.

    What disappeared from its source proves nothing any more; an invoice is still judged.
    """
    rows = DocumentLine.objects.all()
    if kind is not DocumentKind.INVOICE:
        rows = rows.filter(version__document__disappeared_at=None)
    return rows.filter(
        version__document__programme_id=programme_id,
        version__document__kind=kind,
        version__document__current_id=F("version_id"),
    )


def order_key(
    index: OrderIndex, system: str, company: str, number: str, line_no: str
) -> OrderKey | None:
    """The order line that a line names.

    The same source system and company first: a supplier's own upload, or another company
    code, finds an order only when no second one carries that number.
    """
    candidates = index.get(number)
    if not number or not candidates:
        return None
    for wanted in ((system, company), (None, company), (None, None)):
        found = [
            order_id
            for its_system, its_company, order_id in candidates
            if wanted[0] in (None, its_system) and wanted[1] in (None, its_company)
        ]
        if len(found) == 1:
            return (found[0], line_no)
    return None
