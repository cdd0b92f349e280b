"""What the simulator makes: firms, items and the lines of one deal's documents. Pure.

Money is in fen (``_minor``), quantities in thousandths (``_milli``), unit prices in
millionths of a yuan (``_e6``) per ``price_unit`` pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

VAT_PERCENT = 13
SOURCE_SYSTEM = "SAP-P01"


@dataclass(frozen=True, slots=True)
class ChainSpec:
    """How large a chain, from when to when. The same spec gives the same bytes.

    ``business_date`` is the day the demo opens on; the last document is of the day before.
    The history is fifteen months, so that a quarter has its own quarter of last year.
    """

    seed: int = 20260318
    supplier_count: int = 300
    distributor_count: int = 1000
    order_lines: int = 50_000
    business_date: date = date(2026, 3, 18)
    history_days: int = 457

    @property
    def first_date(self) -> date:
        return self.business_date - timedelta(days=self.history_days)

    @property
    def last_date(self) -> date:
        return self.business_date - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """What is traded. ``lot_milli`` is the usual quantity of an order line."""

    code: str
    name: str
    unit: str
    price_e6: int
    price_unit: int
    lot_milli: int


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm of the chain. ``weight`` is its share of orders, ``growth`` its yearly drift."""

    code: str
    name: str
    role: str
    uscc: str
    region: str
    city: str
    industry: str
    registered_date: date
    bank_name: str
    bank_code: str
    bank_account: str
    email: str
    phone: str
    legal_representative: str = ""
    address: str = ""
    weight: float = 0.0
    growth: float = 0.0
    payment_days: int = 0
    company_code: str = ""
    items: tuple[Item, ...] = ()
    prepays: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Everyone who takes part. The obligors are the anchor's entities."""

    spec: ChainSpec
    obligors: tuple[Firm, ...]
    suppliers: tuple[Firm, ...]
    distributors: tuple[Firm, ...]
    carriers: tuple[Firm, ...]

    def firms(self) -> tuple[Firm, ...]:
        """Everyone, obligors first."""
        return self.obligors + self.suppliers + self.distributors + self.carriers


@dataclass(frozen=True, slots=True)
class OrderLine:
    company_code: str
    order_no: str
    order_line: int
    order_date: date
    partner_code: str
    direction: str
    item: Item
    qty_milli: int
    price_e6: int
    delivery_date: date
    payment_days: int
    line_state: str = "open"
    line_type: str = "standard"
    source_system: str = SOURCE_SYSTEM


@dataclass(frozen=True, slots=True)
class DespatchLine:
    company_code: str
    despatch_no: str
    despatch_line: int
    despatch_date: date
    delivered_date: date | None
    partner_code: str
    direction: str
    item: Item
    qty_milli: int
    order_no: str
    order_line: int
    carrier_code: str
    waybill_no: str
    origin: str
    destination: str
    source_system: str = SOURCE_SYSTEM


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    company_code: str
    receipt_no: str
    receipt_line: int
    receipt_date: date
    partner_code: str
    direction: str
    item: Item
    qty_milli: int
    order_no: str
    order_line: int
    delivery_note: str
    movement: str = "receipt"
    original_receipt_no: str = ""
    original_receipt_line: int | None = None
    source_system: str = SOURCE_SYSTEM


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    company_code: str
    invoice_no: str
    invoice_line: int
    invoice_date: date
    due_date: date
    partner_code: str
    direction: str
    item: Item
    qty_milli: int
    price_e6: int
    net_minor: int
    tax_minor: int
    order_no: str
    order_line: int | None
    receipt_no: str = ""
    receipt_line: int | None = None
    kind: str = "invoice"
    original_invoice_no: str = ""
    original_invoice_line: int | None = None
    source_system: str = SOURCE_SYSTEM

    @property
    def gross_minor(self) -> int:
        return self.net_minor + self.tax_minor


@dataclass(frozen=True, slots=True)
class PaymentLine:
    company_code: str
    payment_no: str
    payment_date: date
    partner_code: str
    direction: str
    amount_minor: int
    kind: str = "settlement"
    invoice_no: str = ""
    order_no: str = ""
    due_date: date | None = None
    source_system: str = SOURCE_SYSTEM


@dataclass(frozen=True, slots=True)
class Deal:
    """One order with everything that followed from it."""

    orders: tuple[OrderLine, ...]
    despatches: tuple[DespatchLine, ...] = ()
    receipts: tuple[ReceiptLine, ...] = ()
    invoices: tuple[InvoiceLine, ...] = ()
    payments: tuple[PaymentLine, ...] = ()


def net_minor_of(*, qty_milli: int, price_e6: int, price_unit: int) -> int:
    """Fen for a quantity at a price, half up."""
    divisor = 10_000_000 * price_unit
    return (2 * qty_milli * price_e6 + divisor) // (2 * divisor)


def tax_minor_of(*, net_minor: int) -> int:
    """VAT in fen at the standard rate, half up."""
    return (2 * net_minor * VAT_PERCENT + 100) // 200
