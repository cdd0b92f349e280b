"""BKPF and BSEG to invoices, credit notes and payments. Pure.

An accounting document is what its vendor lines say: a credit to the vendor (posting keys 31,
32) is an invoice, a debit (21, 22) a credit note, 25 to 27 and 35 to 37 are payments. Lines
with an order carry quantity and price; what is posted to differences changes what is owed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ledger.quantity import MICRO
from scf.imports.parsers.currencies import SCALES
from scf.imports.parsers.sap_orders import Vendors
from scf.imports.parsers.sap_payments import payments_read
from scf.imports.parsers.sap_set import SERVICE_UNITS, SapKey, SapSet, is_blocked, sap_key
from scf.imports.parsers.sap_verification import due_date, lines_settle
from scf.imports.parsers.view import RowView
from scf.imports.plan import ParsedDocument, ParsedLine
from scf.trade.numbering import line_normalise
from scf.trade.units import unit_normalise
from scf.trade.values import DocumentKind

INVOICE_TYPES = frozenset({"RE", "KR", "KG", "KN", "RN"})
_INVOICE_KEYS = frozenset({"31", "32", "21", "22", "24", "34"})
_DIFFERENCES = frozenset({"DIF", "KDR", "KDM", "KDF", "UMB"})
_TAXES = frozenset({"VST", "MWS", "NAV", "ESE", "ESA"})


@dataclass(slots=True)
class Posting:
    """An accounting document: its header and its lines, vendor lines apart."""

    key: SapKey
    header: RowView
    lines: list[RowView]

    def vendor_lines(self) -> list[RowView]:
        return [view for view in self.lines if view.raw("KOART") == "K"]


def accounting_read(sap: SapSet, vendors: Vendors, *, with_invoices: bool) -> list[ParsedDocument]:
    """Invoices (unless the logistics tables gave them), credit notes and payments."""
    postings = _postings(sap)
    documents: list[ParsedDocument] = []
    for posting in postings:
        kind = posting.header.raw("BLART")
        keys = {view.raw("BSCHL") for view in posting.vendor_lines()}
        if kind in INVOICE_TYPES and (keys & _INVOICE_KEYS or kind in ("RE", "RN")):
            if not with_invoices:
                _ignore(posting, "history_repeats")
                continue
            found = _invoice(sap, posting, vendors)
            documents += [found] if found else []
        elif not keys:
            _ignore(posting, "document_not_invoice")
    return documents + payments_read(sap, postings)


def _postings(sap: SapSet) -> list[Posting]:
    headers = sap.headers("BKPF", "BUKRS", "BELNR", "GJAHR")
    found = {key: Posting(key, view, []) for key, view in headers.items()}
    for view in sap.views("BSEG"):
        names = ("BUKRS", "BELNR", "GJAHR")
        key = tuple(sap_key(view, name, required=True) for name in names)
        if not view.row.is_open:
            continue
        if key in found:
            found[key].lines.append(view)
        else:
            view.report("BELNR", "header_missing", table="BKPF")
    for posting in found.values():
        if not posting.lines:
            posting.header.row.ignore("lines_missing")
    return [posting for posting in found.values() if posting.lines]


def _ignore(posting: Posting, code: str) -> None:
    kind = posting.header.raw("BLART")
    for view in (posting.header, *posting.lines):
        view.row.ignore(code, type=kind)


def _signed(view: RowView, currency: str) -> int:
    """The amount, positive for a debit."""
    amount = abs(view.amount("WRBTR", currency, required=True) or 0)
    return -amount if view.raw("SHKZG") == "H" else amount


def _invoice(sap: SapSet, posting: Posting, vendors: Vendors) -> ParsedDocument | None:
    header, lines = posting.header, posting.lines
    currency = header.currency("WAERS")
    day = header.date("BLDAT") or header.date("BUDAT")
    vendor_lines = posting.vendor_lines()
    ordered = [view for view in lines if sap_key(view, "EBELN")]
    owed = -sum(_signed(view, currency) for view in vendor_lines)
    tax = sum(_signed(view, currency) for view in lines if view.raw("KTOSL") in _TAXES)
    taken = sum(_signed(view, currency) for view in ordered)
    is_credit = owed < 0 or (owed == 0 and taken < 0)
    parsed = _lines(lines, currency, sign=-1 if is_credit else 1)
    partner = _partner(vendor_lines, ordered, vendors)
    if not partner:
        header.report("BELNR", "partner_missing")
    bad = any(not view.row.is_open for view in lines)
    if day is None or not parsed or bad or not header.row.is_open:
        for view in (header, *lines):
            if view.row.is_open:
                view.report("BELNR", "document_incomplete")
        return None
    first = vendor_lines[0] if vendor_lines else None
    cleared = sap_key(first, "AUGBL") if first else ""
    reference = header.key("XBLNR")
    credits = sap_key(first, "REBZG") if first and is_credit else ""
    settled = lines_settle(parsed, net_minor=abs(owed) - abs(tax), tax_minor=abs(tax))
    return ParsedDocument(
        kind=DocumentKind.CREDIT_NOTE if is_credit else DocumentKind.INVOICE,
        direction="purchase",
        source_system=sap.system,
        company_code=posting.key[0],
        partner_code=partner,
        number=posting.key[1],
        document_date=day,
        currency=currency,
        lines=[replace(line, ref_number=credits) for line in settled] if credits else settled,
        rows=[header.row, *(view.row for view in lines)],
        fiscal_year=int(posting.key[2]),
        reference=reference,
        due_date=due_date(first) if first and not is_credit else None,
        state=_state(header, vendor_lines),
        attributes={"cleared": cleared} if cleared else {},
    )


def _partner(vendor_lines: list[RowView], ordered: list[RowView], vendors: Vendors) -> str:
    for view in vendor_lines:
        if code := sap_key(view, "LIFNR"):
            return code
    for view in ordered:
        if known := vendors.get(sap_key(view, "EBELN")):
            return known[0]
    return ""


def _state(header: RowView, vendor_lines: list[RowView]) -> str:
    if sap_key(header, "STBLG"):
        return "reversed"
    return "blocked" if any(is_blocked(view) for view in vendor_lines) else "posted"


def _lines(views: list[RowView], currency: str, *, sign: int) -> list[ParsedLine]:
    """Lines with an order, each with what the same order line posted to price differences.

    Other expense lines stand alone; tax, vendor and difference lines are no lines of goods.
    """
    found: list[ParsedLine] = []
    by_order: dict[tuple[str, str], int] = {}
    extra: Mapping[tuple[str, str], list[RowView]] = {}
    additions: dict[tuple[str, str], list[RowView]] = dict(extra)
    for view in views:
        order = (sap_key(view, "EBELN"), sap_key(view, "EBELP"))
        if view.raw("KOART") == "K" or view.raw("KTOSL") in _TAXES | _DIFFERENCES:
            continue
        if order[0] and view.raw("KTOSL") in ("PRD", "KDM") and _has_main(views, order):
            additions.setdefault(order, []).append(view)
            continue
        by_order.setdefault(order, len(found))
        found.append(_line(view, order, currency, sign=sign))
    for order, more in additions.items():
        place = by_order[order]
        amount = sum(sign * _signed(view, currency) for view in more)
        line = found[place]
        found[place] = replace(line, net_minor=line.net_minor + amount)
    return found


def _has_main(views: list[RowView], order: tuple[str, str]) -> bool:
    return any(
        view.raw("KTOSL") == "WRX" and (sap_key(view, "EBELN"), sap_key(view, "EBELP")) == order
        for view in views
    )


def _line(view: RowView, order: tuple[str, str], currency: str, *, sign: int) -> ParsedLine:
    amount = sign * _signed(view, currency)
    quantity = (view.quantity("BPMNG") if view.raw("BPMNG") else view.quantity("MENGE")) or 0
    unit = unit_normalise(view.raw("BPRME") or view.raw("MEINS"))[:12]
    if unit in SERVICE_UNITS or view.raw("MEINS") in SERVICE_UNITS:
        quantity, unit = abs(amount) * MICRO // 10 ** SCALES.get(currency, 2), currency
    return ParsedLine(
        line_no=line_normalise(sap_key(view, "BUZEI", required=True)),
        row=view.row,
        item_code=view.key("MATNR"),
        item_name=view.text("SGTXT"),
        unit=unit if order[0] else "",
        qty_micro=(quantity if amount >= 0 else -quantity) if order[0] else 0,
        net_minor=amount,
        sign=sign,
        order_number=order[0],
        order_line_no=line_normalise(order[1]) if order[0] else "",
    )


def posting_date(posting: Posting) -> date | None:
    """When it was posted."""
    return posting.header.date("BUDAT") or posting.header.date("BLDAT")
