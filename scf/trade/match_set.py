"""What a match holds in memory, and how lines find their order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from scf.trade.match_values import CreditLine, InvoiceLine, OrderKey, OrderLine, ReceiptLine
from scf.trade.models import DocumentLine
from scf.trade.values import DocumentKind

OrderIndex = dict[tuple[str, str], list[tuple[str, int]]]


@dataclass(slots=True)
class MatchSet:
    """Everything around some order lines, by order key."""

    orders: dict[OrderKey, OrderLine] = field(default_factory=dict)
    receipts: dict[OrderKey, list[ReceiptLine]] = field(default_factory=lambda: defaultdict(list))
    invoices: dict[OrderKey, list[InvoiceLine]] = field(default_factory=lambda: defaultdict(list))
    credits: dict[OrderKey, list[CreditLine]] = field(default_factory=lambda: defaultdict(list))
    by_note: dict[str, list[ReceiptLine]] = field(default_factory=lambda: defaultdict(list))


def lines_current(programme_id: int, kind: DocumentKind) -> QuerySet[DocumentLine]:
    """Lines of the current versions of one kind of document."""
    return DocumentLine.objects.filter(
        version__document__programme_id=programme_id,
        version__document__kind=kind,
        version__document__current_id=F("version_id"),
    )


def order_key(
    index: OrderIndex, system: str, company: str, number: str, line_no: str
) -> OrderKey | None:
    """The order line that a line names; another company's order only when it is the only one."""
    candidates = index.get((system, number))
    if not number or not candidates:
        return None
    for code, order_id in candidates:
        if code == company:
            return (order_id, line_no)
    return (candidates[0][1], line_no) if len(candidates) == 1 else None
