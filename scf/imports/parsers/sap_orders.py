"""EKKO and EKPO to orders. Pure."""

from __future__ import annotations

from ledger.quantity import MICRO, line_minor
from scf.imports.parsers.assemble import documents_group
from scf.imports.parsers.currencies import SCALES
from scf.imports.parsers.sap_set import SERVICE_UNITS, SapSet, sap_key
from scf.imports.parsers.view import RowView
from scf.imports.plan import ParsedDocument, ParsedLine, Severity
from scf.trade.numbering import line_normalise
from scf.trade.units import unit_normalise
from scf.trade.values import DocumentKind, LineType

_ORDER_CATEGORY = "F"
_CONSIGNMENT = frozenset({"2", "K"})
_DELETED = frozenset({"L", "X"})
Vendors = dict[str, tuple[str, str, str]]


def orders_read(sap: SapSet) -> tuple[list[ParsedDocument], Vendors]:
    """(orders, order number -> (vendor, company code, currency)).

    Contracts, requests and scheduling agreements are set aside; an item whose header is not
    in the set is quarantined.
    """
    headers = {key[0]: view for key, view in sap.headers("EKKO", "EBELN").items()}
    vendors: Vendors = {}
    kept: dict[str, RowView] = {}
    for number, view in headers.items():
        category = view.raw("BSTYP")
        if category and category != _ORDER_CATEGORY:
            view.row.ignore("not_an_order", category=category)
            continue
        company = sap_key(view, "BUKRS", required=True)
        vendor = sap_key(view, "LIFNR", required=True)
        currency = view.currency("WAERS")
        view.date("BEDAT", required=True)
        if view.row.is_open:
            vendors[number] = (vendor, company, currency)
            kept[number] = view
    pieces: list[ParsedDocument] = []
    for view in sap.views("EKPO"):
        number = sap_key(view, "EBELN", required=True)
        header = headers.get(number)
        if header is None:
            view.report("EBELN", "header_missing", table="EKKO")
        elif number not in kept:
            _without_header(view, header)
        elif view.row.is_open:
            piece = _item(sap, view, kept[number], number)
            if piece is not None:
                pieces.append(piece)
    return documents_group(pieces, key=lambda each: each.number), vendors


def _without_header(view: RowView, header: RowView) -> None:
    if header.row.issues and header.row.issues[-1].severity is Severity.NOTE:
        view.row.ignore("not_an_order")
    else:
        view.report("EBELN", "header_invalid", row=header.row.row_no)


def _item(sap: SapSet, view: RowView, header: RowView, number: str) -> ParsedDocument | None:
    currency = header.currency("WAERS")
    day = header.date("BEDAT")
    line = _line(view, currency)
    if day is None or line is None or not view.row.is_open:
        return None
    rows = [view.row] if header.row.outcome else [header.row, view.row]
    return ParsedDocument(
        kind=DocumentKind.ORDER,
        direction="purchase",
        source_system=sap.system,
        company_code=sap_key(header, "BUKRS"),
        partner_code=sap_key(header, "LIFNR"),
        number=number,
        document_date=day,
        currency=currency,
        lines=[line],
        rows=rows,
        terms_days=header.integer("ZBD1T", high=3_650),
        state="reversed" if header.raw("LOEKZ") in _DELETED else "posted",
    )


def _line(view: RowView, currency: str) -> ParsedLine | None:
    quantity = view.quantity("MENGE", required=True)
    price = view.price("NETPR", currency, required=True)
    net = view.amount("NETWR", currency)
    line_no = sap_key(view, "EBELP", required=True)
    if quantity is None or price is None or not view.row.is_open:
        return None
    per, price = _price_unit(view, price)
    value = line_minor(qty_micro=quantity, price_micro=price, price_unit=per)
    if net is not None and abs(net - value) > 1:
        view.report("NETWR", "net_differs", Severity.WARNING, expected_minor=value)
    unit = unit_normalise(view.raw("MEINS"))[:12]
    if unit in SERVICE_UNITS or view.raw("PSTYP") in ("9", "D"):
        # One unit of account is one unit of currency: services are matched by value.
        scale = 10 ** SCALES.get(currency, 2)
        worth = net if net is not None else value
        quantity, price, per, unit = worth * MICRO // scale, scale * MICRO, 1, currency
    over = view.ratio("UEBTO")
    return ParsedLine(
        line_no=line_normalise(line_no),
        row=view.row,
        item_code=view.key("MATNR"),
        item_name=view.text("TXZ01"),
        unit=unit,
        qty_micro=quantity,
        price_micro=price,
        price_unit=per,
        net_minor=net if net is not None else value,
        line_type=_line_type(view),
        line_state=_line_state(view),
        over_ppm=-1 if view.flag("UEBTK") else over or None,
        receipt_required=view.flag("WEPOS") if view.table.has("WEPOS") else True,
    )


def _price_unit(view: RowView, price: int) -> tuple[int, int]:
    """(price unit, price) per order unit: the price may be per kilogram and the order in pieces."""
    per = view.integer("PEINH")
    if not per:
        if view.raw("PEINH"):
            view.report("PEINH", "price_unit_zero", Severity.WARNING)
        per = 1
    times = view.integer("BPUMZ") or 1
    by = view.integer("BPUMN") or 1
    return per * by, price * times


def _line_type(view: RowView) -> LineType:
    if view.flag("RETPO"):
        return LineType.RETURN
    if view.raw("PSTYP") in _CONSIGNMENT:
        return LineType.CONSIGNMENT
    return LineType.STANDARD


def _line_state(view: RowView) -> str:
    if view.raw("LOEKZ") in _DELETED:
        return "cancelled"
    return "closed" if view.flag("ELIKZ") else "open"
