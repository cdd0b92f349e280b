"""Documents as rows of the canonical import format (``docs/import-format.md``). Pure."""

from __future__ import annotations

from datetime import date

from scf.simulator.values import (
    SOURCE_SYSTEM,
    VAT_PERCENT,
    DespatchLine,
    Firm,
    InvoiceLine,
    OrderLine,
    PaymentLine,
    ReceiptLine,
    net_minor_of,
)

HEADERS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "parties": (
            "party_code name role source_system uscc country region city industry "
            "registered_date bank_name bank_code bank_account account_name email phone "
            "legal_representative address"
        ),
        "orders": (
            "source_system company_code order_no order_line order_date partner_code "
            "direction item_code item_name quantity unit unit_price price_unit net_amount "
            "tax_rate delivery_date payment_days line_state line_type"
        ),
        "despatches": (
            "source_system company_code despatch_no despatch_line despatch_date "
            "partner_code direction item_code item_name quantity unit order_no order_line "
            "carrier_code waybill_no origin destination delivered_date"
        ),
        # The warehouse exports in Chinese; the importer knows both names.
        "receipts": (
            "来源系统 公司代码 收货单号 收货行 收货日期 往来单位编码 方向 物料编码 品名 数量 "
            "单位 订单号 订单行 送货单号 移动类型 原收货单号 原收货行"
        ),
        "invoices": (
            "source_system company_code invoice_no invoice_line invoice_date due_date "
            "partner_code direction type item_code item_name quantity unit unit_price "
            "price_unit net_amount tax_rate tax_amount gross_amount order_no order_line "
            "receipt_no receipt_line original_invoice_no original_invoice_line"
        ),
        "payments": (
            "source_system company_code payment_no payment_date partner_code direction "
            "payment_amount kind invoice_no order_no due_date method"
        ),
    }.items()
}
ENCODINGS = {"receipts": "gb18030"}  # the rest are UTF-8 with BOM, as Excel likes them

Row = tuple[object, ...]


def amount_text(minor: int) -> str:
    """Yuan with two decimals, no separators: 1234567.89."""
    return f"{minor // 100}.{minor % 100:02d}"


def quantity_text(milli: int) -> str:
    """At most three decimals."""
    whole, rest = divmod(milli, 1_000)
    return f"{whole}.{rest:03d}" if rest else str(whole)


def price_text(price_e6: int) -> str:
    """At least two and at most six decimals."""
    whole, rest = divmod(price_e6, 1_000_000)
    decimals = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{whole}.{decimals}"


def party_row(firm: Firm, source_system: str = SOURCE_SYSTEM) -> Row:
    return (
        firm.code,
        firm.name,
        firm.role,
        source_system,
        firm.uscc,
        "CN",
        firm.region,
        firm.city,
        firm.industry,
        firm.registered_date,
        firm.bank_name,
        firm.bank_code,
        firm.bank_account,
        firm.name,
        firm.email,
        firm.phone,
        firm.legal_representative,
        firm.address,
    )


def order_row(line: OrderLine) -> Row:
    net_minor = net_minor_of(
        qty_milli=line.qty_milli, price_e6=line.price_e6, price_unit=line.item.price_unit
    )
    return (
        line.source_system,
        line.company_code,
        line.order_no,
        line.order_line,
        line.order_date,
        line.partner_code,
        line.direction,
        line.item.code,
        line.item.name,
        quantity_text(line.qty_milli),
        line.item.unit,
        price_text(line.price_e6),
        line.item.price_unit,
        amount_text(net_minor),
        VAT_PERCENT,
        line.delivery_date,
        line.payment_days,
        line.line_state,
        line.line_type,
    )


def despatch_row(line: DespatchLine) -> Row:
    return (
        line.source_system,
        line.company_code,
        line.despatch_no,
        line.despatch_line,
        line.despatch_date,
        line.partner_code,
        line.direction,
        line.item.code,
        line.item.name,
        quantity_text(line.qty_milli),
        line.item.unit,
        line.order_no,
        line.order_line,
        line.carrier_code,
        line.waybill_no,
        line.origin,
        line.destination,
        _optional(line.delivered_date),
    )


def receipt_row(line: ReceiptLine) -> Row:
    return (
        line.source_system,
        line.company_code,
        line.receipt_no,
        line.receipt_line,
        line.receipt_date,
        line.partner_code,
        line.direction,
        line.item.code,
        line.item.name,
        quantity_text(line.qty_milli),
        line.item.unit,
        line.order_no,
        line.order_line,
        line.delivery_note,
        line.movement,
        line.original_receipt_no,
        _optional(line.original_receipt_line),
    )


def invoice_row(line: InvoiceLine) -> Row:
    return (
        line.source_system,
        line.company_code,
        line.invoice_no,
        line.invoice_line,
        line.invoice_date,
        line.due_date,
        line.partner_code,
        line.direction,
        line.kind,
        line.item.code,
        line.item.name,
        quantity_text(line.qty_milli),
        line.item.unit,
        price_text(line.price_e6),
        line.item.price_unit,
        amount_text(line.net_minor),
        VAT_PERCENT,
        amount_text(line.tax_minor),
        amount_text(line.gross_minor),
        line.order_no,
        _optional(line.order_line),
        line.receipt_no,
        _optional(line.receipt_line),
        line.original_invoice_no,
        _optional(line.original_invoice_line),
    )


def payment_row(line: PaymentLine) -> Row:
    return (
        line.source_system,
        line.company_code,
        line.payment_no,
        line.payment_date,
        line.partner_code,
        line.direction,
        amount_text(line.amount_minor),
        line.kind,
        line.invoice_no,
        line.order_no,
        _optional(line.due_date),
        "电汇",
    )


def row_mistype(*, row: Row) -> Row:
    """The row with a date that does not exist, as a hand types it: 2026-02-30."""
    place, typed = next((index, cell) for index, cell in enumerate(row) if isinstance(cell, date))
    return (*row[:place], f"{typed.year}-02-30", *row[place + 1 :])


def _optional(value: date | int | None) -> object:
    return "" if value is None else value
