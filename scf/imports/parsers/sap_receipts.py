"""MKPF and MSEG to goods receipts, with reversals and returns. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ledger.quantity import MICRO
from scf.imports.parsers.assemble import documents_group
from scf.imports.parsers.currencies import SCALES
from scf.imports.parsers.sap_orders import Vendors
from scf.imports.parsers.sap_set import SERVICE_UNITS, SapKey, SapSet, sap_key
from scf.imports.parsers.view import RowView
from scf.imports.plan import ParsedDocument, ParsedLine, Row, Severity
from scf.trade.numbering import line_normalise
from scf.trade.units import unit_normalise
from scf.trade.values import DocumentKind, Movement

MOVEMENTS: Mapping[str, Movement] = {
    "101": Movement.RECEIPT,
    "102": Movement.REVERSAL,
    "105": Movement.RECEIPT,  # release of goods-receipt blocked stock
    "106": Movement.REVERSAL,
    "122": Movement.RETURN,
    "123": Movement.RETURN_REVERSAL,
    "161": Movement.RETURN,  # on a return order
    "162": Movement.RETURN_REVERSAL,
}


def receipts_read(sap: SapSet, vendors: Vendors) -> list[ParsedDocument]:
    """Movements for purchase orders; all other movements are set aside with their type."""
    headers = sap.headers("MKPF", "MBLNR", "MJAHR")
    pieces: list[ParsedDocument] = []
    for view in sap.views("MSEG"):
        piece = _piece(sap, view, headers, vendors)
        if piece is not None and view.row.is_open:
            pieces.append(piece)
    return documents_group(pieces, key=lambda each: (each.number, each.fiscal_year))


def _piece(
    sap: SapSet, view: RowView, headers: Mapping[SapKey, RowView], vendors: Vendors
) -> ParsedDocument | None:
    number = sap_key(view, "MBLNR", required=True)
    year = view.integer("MJAHR", low=1990, high=2099)
    if year is None:
        view.report("MJAHR", "cell_missing")
        return None
    movement = MOVEMENTS.get(view.raw("BWART"))
    order = sap_key(view, "EBELN")
    if movement is None or not order:
        if order and view.raw("KZBEW") == "B":
            # It claims to belong to an order and is of no type that moves ordered goods.
            view.report("BWART", "movement_inconsistent", Severity.WARNING)
        view.row.ignore("movement_not_receipt", movement=view.raw("BWART"))
        return None
    header = headers.get((number, str(year)))
    day = _date(view, header)
    quantity, unit = _quantity(view, vendors.get(order))
    known = vendors.get(order)
    vendor = sap_key(view, "LIFNR")
    if known and vendor and vendor != known[0]:
        view.report("LIFNR", "partner_differs", Severity.WARNING, order=known[0])
    if (movement.sign > 0) != (view.raw("SHKZG") != "H"):
        view.report("SHKZG", "sign_inconsistent", Severity.WARNING)
    partner = known[0] if known else vendor
    company = known[1] if known else sap_key(view, "BUKRS")
    if not partner:
        view.report("LIFNR", "order_unknown", order=order)
    if not company:
        view.report("BUKRS", "cell_missing")
    original = sap_key(view, "SMBLN") or sap_key(view, "LFBNR")
    if day is None or not view.row.is_open:
        return None
    note = header.key("XBLNR") if header else view.key("XBLNR_MKPF")
    line = ParsedLine(
        line_no=line_normalise(sap_key(view, "ZEILE", required=True)),
        row=view.row,
        item_code=view.key("MATNR"),
        unit=unit,
        qty_micro=quantity,
        sign=movement.sign,
        line_type=movement,
        order_number=order,
        order_line_no=line_normalise(sap_key(view, "EBELP", required=True)),
        ref_number="" if movement is Movement.RECEIPT else original,
        ref_line_no=_reference_line(view) if movement is not Movement.RECEIPT else "",
        delivery_note=note if movement is Movement.RECEIPT else "",
    )
    rows: list[Row] = [header.row] if header else []
    return ParsedDocument(
        kind=DocumentKind.RECEIPT,
        direction="purchase",
        source_system=sap.system,
        company_code=company,
        partner_code=partner,
        number=number,
        document_date=day,
        currency=known[2] if known else view.currency("WAERS", default="CNY"),
        lines=[line],
        rows=[*rows, view.row],
        fiscal_year=year,
    )


def _reference_line(view: RowView) -> str:
    text = sap_key(view, "SMBLP") or sap_key(view, "LFPOS")
    return line_normalise(text) if text else ""


def _date(view: RowView, header: RowView | None) -> date | None:
    if header is not None:
        found = header.date("BUDAT")
        if found is None:
            view.report("MBLNR", "header_invalid", row=header.row.row_no)
        return found
    if view.raw("BUDAT_MKPF"):
        return view.date("BUDAT_MKPF")
    view.report("MBLNR", "header_missing", table="MKPF")
    return None


def _quantity(view: RowView, order: tuple[str, str, str] | None) -> tuple[int, str]:
    """(quantity, unit) in the order's unit; services by their value."""
    unit = unit_normalise(view.raw("BSTME"))
    if unit in SERVICE_UNITS:
        currency = view.currency("WAERS", default="CNY")
        if order and order[2] != currency:
            view.report("WAERS", "currency_differs", order=order[2])
        amount = view.amount("DMBTR", currency, required=True)
        return (amount or 0) * MICRO // 10 ** SCALES.get(currency, 2), currency
    if view.raw("BSTMG") and unit != "PCS":
        return view.quantity("BSTMG") or 0, unit[:12]
    if view.raw("BSTME") and view.raw("BSTMG"):
        return view.quantity("BSTMG") or 0, unit[:12]
    found = view.quantity("MENGE", required=True)
    return found or 0, unit_normalise(view.raw("MEINS"))[:12]
