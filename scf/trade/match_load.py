"""Reads what a match needs: the current lines around a set of orders and invoices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import F

from scf.trade.bulk import AnyOf
from scf.trade.invoice_load import invoices_load
from scf.trade.match_set import MatchSet, OrderIndex, lines_current, order_key
from scf.trade.match_values import OrderLine, ReceiptLine
from scf.trade.models import DocumentLine
from scf.trade.values import DocumentKind, LineType, Movement


def match_set_load(*, programme_id: int, order_ids: Collection[int]) -> MatchSet:
    """The current lines of the orders and of all that refers to them."""
    found = MatchSet()
    index: OrderIndex = defaultdict(list)
    numbers = _orders(found, index, order_ids)
    _receipts(found, index, programme_id, numbers)
    invoices_load(found, programme_id=programme_id, index=index, numbers=numbers)
    return found


def _orders(found: MatchSet, index: OrderIndex, order_ids: Collection[int]) -> list[str]:
    rows = DocumentLine.objects.filter(
        AnyOf(F("version__document_id"), order_ids),
        version__document__current_id=F("version_id"),
        version__document__disappeared_at=None,
    ).values_list(
        "version__document_id",
        "version__document__source_system",
        "version__document__company_code",
        "version__document__number",
        "version__document__seller_id",
        "version_id",
        "version__currency",
        "line_no",
        "unit",
        "qty_micro",
        "price_micro",
        "price_unit",
        "over_ppm",
        "receipt_required",
        "line_type",
        "line_state",
        "item_code",
    )
    seen: set[int] = set()
    for (order_id, system, company, number, seller, version, currency, line_no, unit, qty,
         price, price_unit, over, receipt, line_type, state, item) in rows:  # fmt: skip
        if order_id not in seen:
            seen.add(order_id)
            index[number].append((system, company, order_id))
        line = OrderLine(
            order_id=order_id,
            line_no=line_no,
            version_id=version,
            seller_id=seller,
            currency=currency,
            unit=unit,
            qty_micro=qty,
            price_micro=price or 0,
            price_unit=price_unit,
            over_ppm=over,
            receipt_required=receipt,
            line_type=LineType(line_type),
            is_closed=state == "closed",
            is_cancelled=state == "cancelled",
            item_code=item,
        )
        found.orders[line.key] = line
    return sorted(index)


def _receipts(found: MatchSet, index: OrderIndex, programme_id: int, numbers: list[str]) -> None:
    every = lines_current(programme_id, DocumentKind.RECEIPT)
    rows = list(every.filter(AnyOf(F("order_number"), numbers)).values_list(*_RECEIPT_FIELDS))
    notes = {row[-1] for row in rows if row[-1]}
    if notes:
        # A note that also leads to orders outside the set must be seen to be ambiguous.
        others = every.filter(AnyOf(F("delivery_note"), notes)).exclude(
            AnyOf(F("order_number"), numbers)
        )
        rows += others.values_list(*_RECEIPT_FIELDS)
    for (receipt_id, system, company, number, version, day, line_no, order_number, order_line,
         unit, qty, movement, ref, ref_line, note) in rows:  # fmt: skip
        key = order_key(index, system, company, order_number, order_line)
        line = ReceiptLine(
            receipt_id=receipt_id,
            line_no=line_no,
            version_id=version,
            number=number,
            receipt_date=day,
            order=key or (0, order_number),
            unit=unit,
            qty_micro=qty,
            movement=Movement(movement),
            original_number=ref,
            original_line_no=ref_line,
            delivery_note=note,
        )
        if key is not None:
            found.receipts[key].append(line)
        if note:
            found.by_note[note].append(line)


_RECEIPT_FIELDS = (
    "version__document_id",
    "version__document__source_system",
    "version__document__company_code",
    "version__document__number",
    "version_id",
    "version__document_date",
    "line_no",
    "order_number",
    "order_line_no",
    "unit",
    "qty_micro",
    "line_type",
    "ref_number",
    "ref_line_no",
    "delivery_note",
)
