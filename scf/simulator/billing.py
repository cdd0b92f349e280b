"""Invoices, credit notes and payments of one order. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from scf.simulator.deliveries import Visit
from scf.simulator.draws import Draws
from scf.simulator.habits import Habits
from scf.simulator.numbers import Numbers, invoice_no_make
from scf.simulator.schedule import payment_date_draw
from scf.simulator.values import (
    InvoiceLine,
    OrderLine,
    PaymentLine,
    ReceiptLine,
    net_minor_of,
    tax_minor_of,
)


def invoices_make(
    *,
    draws: Draws,
    numbers: Numbers,
    habits: Habits,
    orders: Sequence[OrderLine],
    visits: Sequence[Visit],
    seller_uscc: str,
) -> list[InvoiceLine]:
    """An invoice per visit, or one for the whole order after its last visit."""
    by_line = {line.order_line: line for line in orders}
    early = draws.chance(habits.early_invoice_share)
    groups = [visit.receipts for visit in visits]
    if len(visits) > 1 and not draws.chance(habits.split_billing_share):
        groups = [tuple(line for visit in visits for line in visit.receipts)]
    invoices: list[InvoiceLine] = []
    for receipts in groups:
        last = max(line.receipt_date for line in receipts)
        days = -draws.between(3, 9) if early else draws.between(1, 7)
        invoice_date = max(last + timedelta(days=days), orders[0].order_date)
        invoice_no = invoice_no_make(numbers=numbers, invoice_date=invoice_date, uscc=seller_uscc)
        names_receipt = not early and not draws.chance(habits.unnamed_receipt_share)
        for number, receipt in enumerate(receipts, start=1):
            line = _line_make(
                draws=draws,
                habits=habits,
                order=by_line[receipt.order_line],
                receipt=receipt,
                invoice_no=invoice_no,
                invoice_line=number,
                invoice_date=invoice_date,
            )
            invoices.append(
                line if names_receipt else replace(line, receipt_no="", receipt_line=None)
            )
    return invoices


def _line_make(
    *,
    draws: Draws,
    habits: Habits,
    order: OrderLine,
    receipt: ReceiptLine,
    invoice_no: str,
    invoice_line: int,
    invoice_date: date,
) -> InvoiceLine:
    price_e6 = _price_draw(draws=draws, habits=habits, price_e6=order.price_e6)
    qty_milli = receipt.qty_milli
    if draws.chance(habits.over_invoice_share):
        qty_milli += max(qty_milli * draws.between(2, 6) // 100_000 * 1_000, 1_000)
    net_minor = net_minor_of(
        qty_milli=qty_milli, price_e6=price_e6, price_unit=order.item.price_unit
    )
    return InvoiceLine(
        company_code=order.company_code,
        invoice_no=invoice_no,
        invoice_line=invoice_line,
        invoice_date=invoice_date,
        due_date=invoice_date + timedelta(days=order.payment_days),
        partner_code=order.partner_code,
        direction=order.direction,
        item=order.item,
        qty_milli=qty_milli,
        price_e6=price_e6,
        net_minor=net_minor,
        tax_minor=tax_minor_of(net_minor=net_minor),
        order_no=order.order_no,
        order_line=order.order_line,
        receipt_no=receipt.receipt_no,
        receipt_line=receipt.receipt_line,
    )


def _price_draw(*, draws: Draws, habits: Habits, price_e6: int) -> int:
    """The invoiced price; a wrong one is still written with at most four decimals."""
    roll = draws.uniform()
    if roll < habits.price_tolerable_share:
        permille_10 = draws.between(3, 30)
    elif roll < habits.price_tolerable_share + habits.price_wrong_share:
        permille_10 = draws.between(100, 400)
    else:
        return price_e6
    return (price_e6 + price_e6 * permille_10 // 10_000) // 100 * 100


def credit_note_make(
    *, numbers: Numbers, invoice: InvoiceLine, returned: ReceiptLine, seller_uscc: str
) -> InvoiceLine:
    """The red-letter invoice for goods sent back, at the invoiced price."""
    credit_date = returned.receipt_date + timedelta(days=2)
    net_minor = net_minor_of(
        qty_milli=returned.qty_milli,
        price_e6=invoice.price_e6,
        price_unit=invoice.item.price_unit,
    )
    return replace(
        invoice,
        invoice_no=invoice_no_make(numbers=numbers, invoice_date=credit_date, uscc=seller_uscc),
        invoice_line=1,
        invoice_date=credit_date,
        due_date=max(invoice.due_date, credit_date),
        qty_milli=returned.qty_milli,
        net_minor=net_minor,
        tax_minor=tax_minor_of(net_minor=net_minor),
        receipt_no=returned.receipt_no,
        receipt_line=returned.receipt_line,
        kind="credit_note",
        original_invoice_no=invoice.invoice_no,
        original_invoice_line=invoice.invoice_line,
    )


def payments_make(
    *,
    draws: Draws,
    numbers: Numbers,
    habits: Habits,
    invoices: Iterable[InvoiceLine],
    prepaid_minor: int = 0,
) -> list[PaymentLine]:
    """One payment an invoice, less credit notes known by then and less what was prepaid."""
    documents: dict[str, list[InvoiceLine]] = {}
    credits: dict[str, list[InvoiceLine]] = {}
    for line in invoices:
        if line.kind == "credit_note":
            credits.setdefault(line.original_invoice_no, []).append(line)
        else:
            documents.setdefault(line.invoice_no, []).append(line)
    payments = []
    for invoice_no, lines in documents.items():
        paid_on = payment_date_draw(
            draws=draws,
            due_date=lines[0].due_date,
            late_share=habits.late_payment_share,
            late_days=habits.late_payment_days,
        )
        amount = sum(line.gross_minor for line in lines) - sum(
            credit.gross_minor
            for credit in credits.get(invoice_no, ())
            if credit.invoice_date <= paid_on
        )
        used = min(prepaid_minor, amount)
        prepaid_minor -= used
        if amount > used:
            payments.append(
                _payment_make(
                    numbers=numbers, line=lines[0], amount_minor=amount - used, paid_on=paid_on
                )
            )
    return payments


def _payment_make(
    *, numbers: Numbers, line: InvoiceLine, amount_minor: int, paid_on: date
) -> PaymentLine:
    return PaymentLine(
        company_code=line.company_code,
        payment_no=str(next(numbers.payment)),
        payment_date=paid_on,
        partner_code=line.partner_code,
        direction=line.direction,
        amount_minor=amount_minor,
        invoice_no=line.invoice_no,
        due_date=line.due_date,
    )


def prepayment_make(*, numbers: Numbers, orders: Sequence[OrderLine], percent: int) -> PaymentLine:
    """A distributor's money for an order, paid on the day it orders."""
    net_minor = sum(
        net_minor_of(
            qty_milli=line.qty_milli, price_e6=line.price_e6, price_unit=line.item.price_unit
        )
        for line in orders
    )
    gross_minor = net_minor + tax_minor_of(net_minor=net_minor)
    first = orders[0]
    return PaymentLine(
        company_code=first.company_code,
        payment_no=str(next(numbers.payment)),
        payment_date=first.order_date,
        partner_code=first.partner_code,
        direction=first.direction,
        amount_minor=gross_minor * percent // 100,
        kind="prepayment",
        order_no=first.order_no,
    )
