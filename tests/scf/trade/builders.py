"""Short ways to write documents for the match: pieces and yuan instead of millionths and fen."""

from __future__ import annotations

from datetime import date
from typing import Any

from scf.trade.match_values import (
    CreditLine,
    InvoiceLine,
    LineVerdict,
    OrderLine,
    OrderVerdict,
    ReceiptLine,
)
from scf.trade.matching import match_order_line
from scf.trade.values import Movement

MICRO = 1_000_000
KEY = (1, "10")


def order(*, qty: int = 100, price: int = 1_000, **more: Any) -> OrderLine:
    """``price`` in fen a piece; the supplier is party 7."""
    facts: dict[str, Any] = {
        "order_id": 1,
        "line_no": "10",
        "version_id": 11,
        "seller_id": 7,
        "currency": "CNY",
        "unit": "PCS",
        "qty_micro": qty * MICRO,
        "price_micro": price * MICRO,
    }
    return OrderLine(**{**facts, **more})


def receipt(number: int, qty: int, *, day: int = 1, **more: Any) -> ReceiptLine:
    facts: dict[str, Any] = {
        "receipt_id": number,
        "line_no": "1",
        "version_id": number + 1000,
        "number": str(number),
        "receipt_date": date(2026, 2, day),
        "order": KEY,
        "unit": "PCS",
        "qty_micro": qty * MICRO,
    }
    return ReceiptLine(**{**facts, **more})


def going_back(number: int, qty: int, movement: Movement, **more: Any) -> ReceiptLine:
    return receipt(number, qty, movement=movement, **{"day": 9, **more})


def invoice(
    number: int, qty: int, *, net: int | None = None, day: int = 10, **more: Any
) -> InvoiceLine:
    """Net in fen, 1,000 a piece where it is not given; 13% tax."""
    amount = qty * 1_000 if net is None else net
    facts: dict[str, Any] = {
        "invoice_id": number,
        "line_no": "1",
        "version_id": number + 2000,
        "invoice_date": date(2026, 2, day),
        "seller_id": 7,
        "currency": "CNY",
        "net_minor": amount,
        "tax_minor": amount * 13 // 100,
        "qty_micro": qty * MICRO,
        "unit": "PCS",
        "order": KEY,
    }
    return InvoiceLine(**{**facts, **more})


def credit(number: int, qty: int, *, net: int, **more: Any) -> CreditLine:
    facts: dict[str, Any] = {
        "credit_id": number,
        "line_no": "1",
        "version_id": number + 3000,
        "credit_date": date(2026, 2, 20),
        "net_minor": net,
        "tax_minor": net * 13 // 100,
        "qty_micro": qty * MICRO,
        "unit": "PCS",
        "order": KEY,
    }
    return CreditLine(**{**facts, **more})


def judge(
    placed: OrderLine, *documents: ReceiptLine | InvoiceLine | CreditLine
) -> tuple[OrderVerdict, dict[int, LineVerdict]]:
    """The order line's verdict, and each invoice's by its id."""
    summary, lines = match_order_line(
        order=placed,
        receipts=[each for each in documents if isinstance(each, ReceiptLine)],
        invoices=[each for each in documents if isinstance(each, InvoiceLine)],
        credits=[each for each in documents if isinstance(each, CreditLine)],
    )
    return summary, {each.invoice_id: each for each in lines}


def codes(verdict: LineVerdict | OrderVerdict) -> list[str]:
    return [str(reason["code"]) for reason in verdict.reasons]
