"""Reads invoices and credit notes for a match: links, duplicates, originals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from scf.trade.bulk import AnyOf
from scf.trade.linking import invoice_link
from scf.trade.match_set import MatchSet, OrderIndex, lines_current, order_key
from scf.trade.match_values import CreditLine, InvoiceLine, OrderKey
from scf.trade.models import Document, MatchLine
from scf.trade.values import DocumentKind

_FIELDS = (
    "version__document_id",
    "version__document__source_system",
    "version__document__company_code",
    "version__document__seller_id",
    "version_id",
    "version__document_date",
    "version__currency",
    "version__state",
    "version__attributes",
    "line_no",
    "unit",
    "qty_micro",
    "net_minor",
    "tax_minor",
    "order_number",
    "order_line_no",
    "ref_number",
    "ref_line_no",
    "delivery_note",
    "item_code",
)
# (seller, number or normalised number) -> (date, invoice), oldest first
Originals = dict[tuple[int, str], list[tuple[date, int]]]


def invoices_load(
    found: MatchSet,
    *,
    programme_id: int,
    index: OrderIndex,
    numbers: list[str],
) -> None:
    """Fill in the invoices and credits that lead to the orders of the set."""
    invoices = lines_current(programme_id, DocumentKind.INVOICE)
    values = list(invoices.filter(AnyOf(F("order_number"), numbers)).values_list(*_FIELDS))
    if found.by_note:
        # Only a delivery note leads these to their order.
        by_note = invoices.filter(AnyOf(F("delivery_note"), found.by_note), order_number="")
        values += by_note.values_list(*_FIELDS)
    documents = {row[0] for row in values}
    duplicates = duplicates_of(invoice_ids=documents)
    orders_of: dict[int, list[tuple[str, OrderKey | None]]] = defaultdict(list)
    for row in values:
        line = invoice_link(
            line=_invoice_line(row, index, duplicates),
            orders=found.orders,
            receipts_by_note=found.by_note,
        )
        orders_of[line.invoice_id].append((line.line_no, line.order))
        if line.order in found.orders:
            found.invoices[line.order].append(line)
    originals = originals_of(invoice_ids=documents)
    named = {number for _, number in originals}
    credits = (
        lines_current(programme_id, DocumentKind.CREDIT_NOTE)
        .filter(Q(AnyOf(F("order_number"), numbers)) | Q(AnyOf(F("ref_number"), named)))
        .exclude(version__state="reversed")
    )
    for row in credits.values_list(*_FIELDS):
        credit = _credit_line(row, index, originals, orders_of)
        if credit.order in found.orders:
            found.credits[credit.order].append(credit)


def unlinked_load(*, programme_id: int, invoice_ids: Iterable[int]) -> list[InvoiceLine]:
    """Lines of these invoices that have no verdict yet: no order on file is named on them."""
    judged = MatchLine.objects.filter(
        invoice_id=OuterRef("version__document_id"), line_no=OuterRef("line_no")
    )
    ids = list(invoice_ids)
    rows = lines_current(programme_id, DocumentKind.INVOICE).filter(
        ~Exists(judged), version__document_id__in=ids
    )
    duplicates = duplicates_of(invoice_ids=ids)
    return [_invoice_line(row, {}, duplicates) for row in rows.values_list(*_FIELDS)]


def duplicates_of(*, invoice_ids: Iterable[int]) -> set[int]:
    """Those invoices that repeat an earlier live one: same supplier, number and year.

    The number is compared normalised, across company codes and source systems.
    """
    earlier = Document.objects.filter(
        programme_id=OuterRef("programme_id"),
        kind=DocumentKind.INVOICE,
        seller_id=OuterRef("seller_id"),
        number_key=OuterRef("number_key"),
        fiscal_year=OuterRef("fiscal_year"),
        pk__lt=OuterRef("pk"),
        current__isnull=False,
    ).exclude(current__state="reversed")
    rows = Document.objects.filter(AnyOf(F("pk"), invoice_ids)).filter(Exists(earlier))
    return set(rows.values_list("pk", flat=True))


def originals_of(*, invoice_ids: Iterable[int]) -> Originals:
    """How credit notes and payments may name these invoices."""
    found: Originals = defaultdict(list)
    rows = Document.objects.filter(AnyOf(F("pk"), invoice_ids), current__isnull=False).order_by(
        "current__document_date", "pk"
    )
    for invoice_id, seller, key, number, day in rows.values_list(
        "pk", "seller_id", "number_key", "number", F("current__document_date")
    ):
        for name in {key, number}:
            found[(seller, name)].append((day, invoice_id))
    return found


def original_pick(originals: Originals, seller_id: int, number: str, on: date) -> int | None:
    """The newest invoice of that number not after ``on``: numbers are reused across years."""
    candidates = originals.get((seller_id, number), [])
    before = [invoice_id for day, invoice_id in candidates if day <= on]
    if before:
        return before[-1]
    return candidates[0][1] if candidates else None


def _invoice_line(row: tuple[Any, ...], index: OrderIndex, duplicates: set[int]) -> InvoiceLine:
    (doc, system, company, seller, version, day, currency, state, attributes, line_no, unit,
     qty, net, tax, order_number, order_line, ref, ref_line, note, item) = row  # fmt: skip
    return InvoiceLine(
        invoice_id=doc,
        line_no=line_no,
        version_id=version,
        invoice_date=day,
        seller_id=seller,
        currency=currency,
        net_minor=net,
        tax_minor=tax,
        qty_micro=qty,
        unit=unit,
        order=order_key(index, system, company, order_number, order_line),
        receipt_number=ref,
        receipt_line_no=ref_line,
        delivery_note=note,
        item_code=item,
        is_reversed=state == "reversed",
        is_duplicate=doc in duplicates,
        is_advance=bool(attributes.get("advance")),
        is_self_billed=bool(attributes.get("self_billed")),
    )


def _credit_line(
    row: tuple[Any, ...],
    index: OrderIndex,
    originals: Originals,
    orders_of: dict[int, list[tuple[str, OrderKey | None]]],
) -> CreditLine:
    (doc, system, company, seller, version, day, _, _, _, line_no, unit,
     qty, net, tax, order_number, order_line, ref, ref_line, _, _) = row  # fmt: skip
    invoice_id = original_pick(originals, seller, ref, day) if ref else None
    order = order_key(index, system, company, order_number, order_line)
    lines = orders_of.get(invoice_id or 0, [])
    if order is None and lines:
        # A credit on a whole invoice of one line falls on that line; on several it stays loose.
        named = [key for line, key in lines if line == ref_line]
        order = named[0] if named else lines[0][1] if len(lines) == 1 else None
    return CreditLine(
        credit_id=doc,
        line_no=line_no,
        version_id=version,
        credit_date=day,
        net_minor=net,
        tax_minor=tax,
        qty_micro=qty,
        unit=unit,
        order=order,
        invoice_id=invoice_id,
        invoice_line_no=ref_line if invoice_id else "",
    )
