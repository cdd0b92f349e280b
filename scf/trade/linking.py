"""Which order line an invoice line belongs to when it does not say so. Pure.

A delivery note links, when all its receipts lead to one order line of that supplier (and,
where both name a part, of that part). Part, price and date only suggest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger.errors import DomainError
from ledger.quantity import line_minor
from scf.trade.match_values import InvoiceLine, OrderKey, OrderLine, ReceiptLine
from scf.trade.units import unit_convert


def invoice_link(
    *,
    line: InvoiceLine,
    orders: Mapping[OrderKey, OrderLine],
    receipts_by_note: Mapping[str, Sequence[ReceiptLine]],
) -> InvoiceLine:
    """The line tied to its order line, or as it came."""
    if line.order is not None or not line.delivery_note:
        return line
    keys = {
        receipt.order
        for receipt in receipts_by_note.get(line.delivery_note, ())
        if receipt.order not in orders or _fits(orders[receipt.order], line)
    }
    if len(keys) != 1:
        return line
    only = keys.pop()
    return line.linked(only) if only in orders else line


def order_suggest(*, line: InvoiceLine, candidates: Iterable[OrderLine]) -> OrderLine | None:
    """The only order line of this supplier with the same part and price; None when not unique."""
    found = [each for each in candidates if line.item_code and _same_price(each, line)]
    return found[0] if len(found) == 1 else None


def _fits(order: OrderLine, line: InvoiceLine) -> bool:
    if order.seller_id != line.seller_id:
        return False
    return not (line.item_code and order.item_code) or line.item_code == order.item_code


def _same_price(order: OrderLine, line: InvoiceLine) -> bool:
    if order.item_code != line.item_code or order.seller_id != line.seller_id:
        return False
    if order.currency != line.currency:
        return False
    try:
        qty = unit_convert(qty_micro=line.qty_micro, unit=line.unit or order.unit, to=order.unit)
    except DomainError:
        return False
    expected = line_minor(qty_micro=qty, price_micro=order.price_micro, price_unit=order.price_unit)
    return qty > 0 and abs(expected - line.net_minor) <= 1
