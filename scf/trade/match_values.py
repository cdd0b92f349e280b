"""What the three-way match is given and what it answers. Pure.

Quantities in millionths of the line's unit, amounts in minor units, prices as
``ledger.quantity.line_minor`` reads them. An order key is (order document id, line no).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from scf.trade.values import LineType, MatchState, Movement, Reason

OrderKey = tuple[int, str]


@dataclass(frozen=True, slots=True)
class MatchPolicy:
    """Tolerances. Price: the smaller of a share of the line and a sum; rounding in minor units."""

    price_ppm: int = 5_000
    price_minor: int = 50_000
    rounding_line_minor: int = 1
    rounding_document_minor: int = 100


DEFAULT_POLICY = MatchPolicy()


@dataclass(frozen=True, slots=True)
class OrderLine:
    order_id: int
    line_no: str
    version_id: int
    seller_id: int
    currency: str
    unit: str
    qty_micro: int
    price_micro: int
    price_unit: int = 1
    over_ppm: int | None = None  # None: nothing over; -1: without limit
    receipt_required: bool = True
    line_type: LineType = LineType.STANDARD
    is_closed: bool = False
    is_cancelled: bool = False
    item_code: str = ""

    @property
    def key(self) -> OrderKey:
        return (self.order_id, self.line_no)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    receipt_id: int
    line_no: str
    version_id: int
    number: str
    receipt_date: date
    order: OrderKey
    unit: str
    qty_micro: int
    movement: Movement = Movement.RECEIPT
    original_number: str = ""
    original_line_no: str = ""
    delivery_note: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    invoice_id: int
    line_no: str
    version_id: int
    invoice_date: date
    seller_id: int
    currency: str
    net_minor: int
    tax_minor: int
    qty_micro: int = 0
    unit: str = ""
    order: OrderKey | None = None
    receipt_number: str = ""
    receipt_line_no: str = ""
    delivery_note: str = ""
    item_code: str = ""
    is_reversed: bool = False
    is_duplicate: bool = False
    is_advance: bool = False
    is_self_billed: bool = False

    @property
    def key(self) -> tuple[int, str]:
        return (self.invoice_id, self.line_no)

    def linked(self, order: OrderKey) -> InvoiceLine:
        """The same line, tied to an order line."""
        return replace(self, order=order)


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A credit note's line; ``qty_micro`` 0 is a price or rebate credit."""

    credit_id: int
    line_no: str
    version_id: int
    credit_date: date
    net_minor: int
    tax_minor: int
    qty_micro: int = 0
    unit: str = ""
    order: OrderKey | None = None
    invoice_id: int | None = None
    invoice_line_no: str = ""


@dataclass(frozen=True, slots=True)
class Allocation:
    receipt_id: int
    version_id: int
    line_no: str
    qty_micro: int


@dataclass(frozen=True, slots=True)
class CreditPart:
    """What one credit note takes off one invoice line, gross."""

    credit_id: int
    version_id: int
    gross_minor: int


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """One invoice line: its state, why, and how much the documents support."""

    invoice_id: int
    line_no: str
    version_id: int
    order: OrderKey | None
    order_version_id: int | None
    state: MatchState
    reasons: tuple[Reason, ...]
    qty_micro: int
    supported_net_minor: int = 0
    supported_gross_minor: int = 0
    rounding_minor: int = 0
    allocations: tuple[Allocation, ...] = ()
    credits: tuple[CreditPart, ...] = ()

    @property
    def allocated_micro(self) -> int:
        return sum(each.qty_micro for each in self.allocations)


@dataclass(frozen=True, slots=True)
class OrderVerdict:
    """One order line: how far order, receipt and invoice agree."""

    order_id: int
    line_no: str
    version_id: int
    state: MatchState
    reasons: tuple[Reason, ...]
    ordered_micro: int
    received_micro: int
    invoiced_micro: int
