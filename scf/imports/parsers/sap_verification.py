"""RBKP and RSEG (logistics invoice verification) to invoices and credit notes. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ledger.quantity import MICRO, split_largest_remainder
from scf.imports.parsers.currencies import SCALES
from scf.imports.parsers.sap_orders import Vendors
from scf.imports.parsers.sap_set import SERVICE_UNITS, SapSet, is_blocked, sap_key
from scf.imports.parsers.view import RowView
from scf.imports.plan import ParsedDocument, ParsedLine
from scf.trade.numbering import line_normalise
from scf.trade.units import unit_normalise
from scf.trade.values import DocumentKind

_POSTED = frozenset({"", "5"})


def verification_read(sap: SapSet, vendors: Vendors) -> list[ParsedDocument]:
    """Invoices with gross and tax from RBKP and lines from RSEG."""
    headers = sap.headers("RBKP", "BELNR", "GJAHR")
    items: dict[tuple[str, ...], list[RowView]] = {}
    for view in sap.views("RSEG"):
        key = (sap_key(view, "BELNR", required=True), sap_key(view, "GJAHR", required=True))
        if view.row.is_open and key not in headers:
            view.report("BELNR", "header_missing", table="RBKP")
        elif view.row.is_open:
            items.setdefault(key, []).append(view)
    found = [_document(sap, headers[key], views) for key, views in items.items()]
    return [each for each in found if each is not None]


def _document(sap: SapSet, header: RowView, views: list[RowView]) -> ParsedDocument | None:
    currency = header.currency("WAERS", default="CNY")
    gross = header.amount("RMWWR", currency, required=True)
    tax = header.amount("WMWST1", currency) or 0
    day = header.date("BLDAT") or header.date("BUDAT")
    is_credit = header.table.has("XRECH") and not header.flag("XRECH")
    lines = [line for view in views if (line := _line(view, currency, is_credit=is_credit))]
    if day is None or gross is None or not lines or not header.row.is_open:
        for view in views:
            if view.row.is_open:
                view.report("BELNR", "header_invalid", row=header.row.row_no)
        return None
    reference = header.key("XBLNR")
    return ParsedDocument(
        kind=DocumentKind.CREDIT_NOTE if is_credit else DocumentKind.INVOICE,
        direction="purchase",
        source_system=sap.system,
        company_code=sap_key(header, "BUKRS"),
        partner_code=sap_key(header, "LIFNR"),
        number=sap_key(header, "BELNR"),
        document_date=day,
        currency=currency,
        lines=lines_settle(lines, net_minor=abs(gross) - abs(tax), tax_minor=abs(tax)),
        rows=[header.row, *(line.row for line in lines)],
        fiscal_year=header.integer("GJAHR") or 0,
        reference=reference,
        due_date=due_date(header),
        state=_state(header, views),
    )


def _line(view: RowView, currency: str, *, is_credit: bool) -> ParsedLine | None:
    amount = view.amount("WRBTR", currency, required=True)
    quantity = view.quantity("MENGE") or 0
    unit = unit_normalise(view.raw("BSTME"))[:12]
    if amount is None or not view.row.is_open:
        return None
    is_minus = (view.raw("SHKZG") == "H") != is_credit
    if unit in SERVICE_UNITS:
        quantity, unit = abs(amount) * MICRO // 10 ** SCALES.get(currency, 2), currency
    order_line = sap_key(view, "EBELP")
    return ParsedLine(
        line_no=line_normalise(sap_key(view, "BUZEI", required=True)),
        row=view.row,
        item_code=view.key("MATNR"),
        unit=unit,
        qty_micro=-quantity if is_minus else quantity,
        net_minor=-abs(amount) if is_minus else abs(amount),
        sign=-1 if is_credit else 1,
        order_number=sap_key(view, "EBELN"),
        order_line_no=line_normalise(order_line) if order_line else "",
        ref_number="" if is_credit else sap_key(view, "LFBNR"),
        ref_line_no="" if is_credit or not sap_key(view, "LFPOS") else sap_key(view, "LFPOS"),
    )


def lines_settle(lines: list[ParsedLine], *, net_minor: int, tax_minor: int) -> list[ParsedLine]:
    """Lines whose net and tax add up to the document's: differences spread by value.

    What an invoice posts beside its lines (a few cents of difference, or all of it where
    nothing is payable) changes what the supplier is owed, so it changes the lines.
    """
    weights = [(place, abs(line.net_minor) or 1) for place, line in enumerate(lines)]
    difference = net_minor - sum(line.net_minor for line in lines)
    shares = split_largest_remainder(abs(difference), weights)
    taxes = split_largest_remainder(tax_minor, weights)
    sign = -1 if difference < 0 else 1
    return [
        replace(line, net_minor=line.net_minor + sign * shares[place], tax_minor=taxes[place])
        for place, line in enumerate(lines)
    ]


def due_date(view: RowView) -> date | None:
    """Baseline date plus the longest of the three payment periods."""
    start = view.date("ZFBDT")
    if start is None:
        return None
    days = [view.integer(name, high=3_650) or 0 for name in ("ZBD1T", "ZBD2T", "ZBD3T")]
    return start + timedelta(days=max(days))


def _state(header: RowView, views: list[RowView]) -> str:
    if sap_key(header, "STBLG"):
        return "reversed"
    if header.raw("RBSTAT") not in _POSTED or is_blocked(header):
        return "blocked"
    blocked = any(view.flag("SPGRP") or view.flag("SPGRM") for view in views)
    return "blocked" if blocked else "posted"
