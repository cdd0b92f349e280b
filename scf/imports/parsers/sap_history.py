"""EKBE, the history of purchase orders: receipts and (net) invoices where nothing better is there. Pure."""

from __future__ import annotations

from scf.imports.parsers.assemble import documents_group
from scf.imports.parsers.sap_orders import Vendors
from scf.imports.parsers.sap_receipts import MOVEMENTS
from scf.imports.parsers.sap_set import SapSet, sap_key
from scf.imports.parsers.view import RowView
from scf.imports.plan import ParsedDocument, ParsedLine
from scf.trade.numbering import line_normalise
from scf.trade.values import DocumentKind, Movement


def history_read(
    sap: SapSet, vendors: Vendors, *, receipts: bool, invoices: bool
) -> list[ParsedDocument]:
    """History rows as documents; those that a fuller table of the set tells are set aside.

    An invoice from the history has no tax and no due date: it can be compared, not financed.
    """
    if sap.has("BSEG"):
        invoices = False
    pieces: list[ParsedDocument] = []
    for view in sap.views("EKBE"):
        category = view.raw("BEWTP")
        if category not in ("E", "Q"):
            view.row.ignore("history_not_used", category=category)
        elif not (receipts if category == "E" else invoices):
            view.row.ignore("history_repeats")
        else:
            piece = _piece(sap, view, vendors, is_receipt=category == "E")
            if piece is not None and view.row.is_open:
                pieces.append(piece)
    return documents_group(pieces, key=lambda each: (each.kind, each.number, each.fiscal_year))


def _piece(
    sap: SapSet, view: RowView, vendors: Vendors, *, is_receipt: bool
) -> ParsedDocument | None:
    order = sap_key(view, "EBELN", required=True)
    known = vendors.get(order)
    if known is None:
        view.report("EBELN", "order_unknown", order=order)
        return None
    movement = MOVEMENTS.get(view.raw("BWART"), Movement.RECEIPT)
    day = view.date("BUDAT", required=True)
    quantity = view.quantity("MENGE", required=True) or 0
    currency = view.currency("WAERS", default=known[2])
    amount = abs(view.amount("WRBTR", currency) or 0)
    is_credit = not is_receipt and view.raw("SHKZG") == "H"
    year = view.integer("GJAHR", low=1990, high=2099) or (day.year if day else 0)
    if day is None or not view.row.is_open:
        return None
    line = ParsedLine(
        line_no=line_normalise(sap_key(view, "BUZEI", required=True)),
        row=view.row,
        qty_micro=quantity,
        net_minor=amount,
        sign=-1 if is_credit else movement.sign if is_receipt else 1,
        line_type=movement if is_receipt else "standard",
        order_number=order,
        order_line_no=line_normalise(sap_key(view, "EBELP", required=True)),
        ref_number=sap_key(view, "LFBNR") if movement is not Movement.RECEIPT else "",
        ref_line_no=sap_key(view, "LFPOS") if movement is not Movement.RECEIPT else "",
        delivery_note=view.key("XBLNR") if is_receipt and movement is Movement.RECEIPT else "",
    )
    kind = DocumentKind.CREDIT_NOTE if is_credit else DocumentKind.INVOICE
    return ParsedDocument(
        kind=DocumentKind.RECEIPT if is_receipt else kind,
        direction="purchase",
        source_system=sap.system,
        company_code=known[1],
        partner_code=known[0],
        number=sap_key(view, "BELNR", required=True),
        document_date=day,
        currency=currency,
        lines=[line],
        rows=[view.row],
        fiscal_year=year,
        reference="" if is_receipt else view.key("XBLNR"),
        state="posted" if is_receipt else "incomplete",
    )
