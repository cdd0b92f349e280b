"""Trade and cash between firms other than the anchor, as their own books tell it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from scf.simulator.draws import Draws
from scf.simulator.frauds.cast import later
from scf.simulator.numbers import Numbers, invoice_no_make
from scf.simulator.schedule import parts_split
from scf.simulator.values import (
    Deal,
    DespatchLine,
    Firm,
    InvoiceLine,
    Item,
    OrderLine,
    PaymentLine,
    ReceiptLine,
    net_minor_of,
    tax_minor_of,
)

OWN_SYSTEM = "OWN-P01"
_GOODS = (
    ("钢材", 4_210), ("铜杆", 68_900), ("塑料粒子", 9_150), ("铝锭", 20_300),
    ("纸板", 3_480), ("电子元件", 1_260), ("包装辅料", 845), ("化工原料", 11_700),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trade:
    """How one sale goes. `goods`: moved, none, or paper (a despatch that never arrives)."""

    seller: Firm
    buyer: Firm
    day: date
    net_minor: int
    pieces: int = 1
    within_days: int = 3
    goods: str = "moved"
    carrier_code: str = ""
    terms_days: int = 30
    paid_after: int | None = None
    line_type: str = "standard"


def trade_make(*, draws: Draws, numbers: Numbers, trade: Trade) -> Deal:
    """The documents of one sale; its invoice may come in pieces within a few days."""
    order = _order(draws, numbers, trade)
    despatches, receipts = _goods(draws, numbers, trade, order)
    parts = parts_split(draws=draws, total=order.qty_milli, count=trade.pieces, step=10)
    days = sorted(draws.between(0, trade.within_days) for _ in parts)
    invoices = [
        _invoice(numbers, trade, order, qty, trade.day + timedelta(days=after))
        for qty, after in zip(parts, days, strict=True)
    ]
    payments: list[PaymentLine] = []
    if trade.paid_after is not None:
        payments = [
            _payment(numbers, trade, invoice, later(invoice.invoice_date, trade.paid_after))
            for invoice in invoices
        ]
    return Deal((order,), despatches, receipts, tuple(invoices), tuple(payments))


def transfer_make(
    *,
    numbers: Numbers,
    payer: Firm,
    receiver: Firm,
    day: date,
    amount_minor: int,
    kind: str = "transfer",
) -> Deal:
    """Cash that settles nothing, from the payer's own books."""
    payment = PaymentLine(
        company_code=payer.code,
        payment_no=str(next(numbers.payment)),
        payment_date=day,
        partner_code=receiver.code,
        direction="purchase",
        amount_minor=amount_minor,
        kind=kind,
        source_system=OWN_SYSTEM,
    )
    return Deal(orders=(), payments=(payment,))


def _order(draws: Draws, numbers: Numbers, trade: Trade) -> OrderLine:
    name, yuan = draws.pick(_GOODS)
    price_e6 = int(yuan * 1_000_000 * (0.9 + 0.2 * draws.uniform())) // 10_000 * 10_000
    qty_milli = max(trade.net_minor * 10_000_000 // price_e6, 10)
    ordered = trade.day - timedelta(days=draws.between(2, 25))
    return OrderLine(
        company_code=trade.seller.code,
        order_no=str(next(numbers.order)),
        order_line=10,
        order_date=ordered,
        partner_code=trade.buyer.code,
        direction="sales",
        item=Item(f"M{yuan}", name, "T", price_e6, 1, 0),
        qty_milli=qty_milli,
        price_e6=price_e6,
        delivery_date=trade.day,
        payment_days=trade.terms_days,
        line_type=trade.line_type,
        source_system=OWN_SYSTEM,
    )


def _goods(
    draws: Draws, numbers: Numbers, trade: Trade, order: OrderLine
) -> tuple[tuple[DespatchLine, ...], tuple[ReceiptLine, ...]]:
    if trade.goods == "none":
        return (), ()
    left = trade.day - timedelta(days=draws.between(1, 6))
    arrived = min(left + timedelta(days=draws.between(0, 5)), trade.day)
    note = str(next(numbers.despatch))
    despatch = DespatchLine(
        company_code=order.company_code,
        despatch_no=note,
        despatch_line=1,
        despatch_date=left,
        delivered_date=arrived if trade.goods == "moved" else None,
        partner_code=order.partner_code,
        direction="sales",
        item=order.item,
        qty_milli=order.qty_milli,
        order_no=order.order_no,
        order_line=10,
        carrier_code=trade.carrier_code,
        waybill_no="YD" + draws.digits(12),
        origin=trade.seller.city,
        destination=trade.buyer.city,
        source_system=OWN_SYSTEM,
    )
    receipt = ReceiptLine(
        company_code=order.company_code,
        receipt_no=str(next(numbers.receipt)),
        receipt_line=1,
        receipt_date=arrived,
        partner_code=order.partner_code,
        direction="sales",
        item=order.item,
        qty_milli=order.qty_milli,
        order_no=order.order_no,
        order_line=10,
        delivery_note=note,
        source_system=OWN_SYSTEM,
    )
    return (despatch,), (receipt,)


def _invoice(
    numbers: Numbers, trade: Trade, order: OrderLine, qty_milli: int, day: date
) -> InvoiceLine:
    net = net_minor_of(qty_milli=qty_milli, price_e6=order.price_e6, price_unit=1)
    return InvoiceLine(
        company_code=order.company_code,
        invoice_no=invoice_no_make(numbers=numbers, invoice_date=day, uscc=trade.seller.uscc),
        invoice_line=1,
        invoice_date=day,
        due_date=day + timedelta(days=trade.terms_days),
        partner_code=order.partner_code,
        direction="sales",
        item=order.item,
        qty_milli=qty_milli,
        price_e6=order.price_e6,
        net_minor=net,
        tax_minor=tax_minor_of(net_minor=net),
        order_no=order.order_no,
        order_line=10,
        source_system=OWN_SYSTEM,
    )


def _payment(numbers: Numbers, trade: Trade, invoice: InvoiceLine, day: date) -> PaymentLine:
    return PaymentLine(
        company_code=trade.seller.code,
        payment_no=str(next(numbers.payment)),
        payment_date=day,
        partner_code=trade.buyer.code,
        direction="sales",
        amount_minor=invoice.gross_minor,
        invoice_no=invoice.invoice_no,
        due_date=invoice.due_date,
        source_system=OWN_SYSTEM,
    )
