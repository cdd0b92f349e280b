"""Vendor payments in BKPF and BSEG, and which invoices they cleared. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scf.imports.parsers.sap_set import SapSet, sap_key
from scf.imports.parsers.view import RowView
from scf.imports.plan import ParsedDocument, ParsedLine
from scf.trade.numbering import invoice_number_normalise, line_normalise
from scf.trade.values import DocumentKind

if TYPE_CHECKING:
    from scf.imports.parsers.sap_accounting import Posting

_PAID = frozenset({"25", "26", "27"})
_RETURNED = frozenset({"35", "36", "37"})
# (company, clearing document) -> vendor items it closed
_Cleared = dict[tuple[str, str], list[tuple["Posting", RowView]]]


def payments_read(sap: SapSet, postings: Sequence[Posting]) -> list[ParsedDocument]:
    """One payment a document and vendor; each invoice it cleared is a line."""
    cleared: _Cleared = defaultdict(list)
    for posting in postings:
        for view in posting.vendor_lines():
            by = sap_key(view, "AUGBL")
            if by and view.raw("BSCHL") in ("31", "21"):
                cleared[(posting.key[0], by)].append((posting, view))
    found: list[ParsedDocument] = []
    for posting in postings:
        if not posting.header.row.is_open:
            continue
        views = [
            view
            for view in posting.vendor_lines()
            if view.raw("BSCHL") in _PAID | _RETURNED and view.row.is_open
        ]
        if views:
            document = _payment(sap, posting, views, cleared)
            found += [document] if document else []
    return found


def _payment(
    sap: SapSet, posting: Posting, views: list[RowView], cleared: _Cleared
) -> ParsedDocument | None:
    header = posting.header
    currency = header.currency("WAERS")
    day = header.date("BUDAT") or header.date("BLDAT")
    vendor = next((code for view in views if (code := sap_key(view, "LIFNR"))), "")
    lines = [_own_line(view, currency) for view in views]
    lines = _by_invoice(posting, lines, views, cleared, currency)
    if day is None or not vendor or any(not view.row.is_open for view in posting.lines):
        for view in (header, *posting.lines):
            if view.row.is_open:
                view.report("BELNR", "document_incomplete")
        return None
    return ParsedDocument(
        kind=DocumentKind.PAYMENT,
        direction="purchase",
        source_system=sap.system,
        company_code=posting.key[0],
        partner_code=vendor,
        number=posting.key[1],
        document_date=day,
        currency=currency,
        lines=lines,
        rows=[header.row, *(view.row for view in posting.lines)],
        fiscal_year=int(posting.key[2]),
    )


def _own_line(view: RowView, currency: str) -> ParsedLine:
    is_paid = view.raw("BSCHL") in _PAID
    return ParsedLine(
        line_no=line_normalise(sap_key(view, "BUZEI", required=True)),
        row=view.row,
        net_minor=abs(view.amount("WRBTR", currency, required=True) or 0),
        sign=1 if is_paid else -1,
        line_type="settlement" if is_paid else "refund",
        ref_number=sap_key(view, "REBZG"),
    )


def _by_invoice(
    posting: Posting,
    lines: list[ParsedLine],
    views: list[RowView],
    cleared: _Cleared,
    currency: str,
) -> list[ParsedLine]:
    """The payment's lines by the invoices it closed, when these make up its whole sum."""
    items = cleared.get((posting.key[0], posting.key[1]), [])
    parts = [
        (invoice, abs(view.amount("WRBTR", currency) or 0), 1 if view.raw("BSCHL") == "31" else -1)
        for invoice, view in items
    ]
    total = sum(line.net_minor * line.sign for line in lines)
    if not parts or sum(amount * sign for _, amount, sign in parts) != total:
        return lines
    return [
        ParsedLine(
            line_no=str(place),
            row=views[0].row,
            net_minor=amount,
            sign=sign,
            line_type="settlement" if sign > 0 else "credit",
            ref_number=invoice_number_normalise(invoice.header.key("XBLNR") or invoice.key[1]),
        )
        for place, (invoice, amount, sign) in enumerate(parts, start=1)
    ]
