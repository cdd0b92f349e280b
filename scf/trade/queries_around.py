"""The documents of one trade around one line of it: order, despatch, receipt, invoice, payment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ledger.errors import DomainError
from scf.network.values import Scope
from scf.trade.match_set import lines_current
from scf.trade.models import DocumentLine, MatchLine
from scf.trade.queries_evidence import EvidenceLine
from scf.trade.values import DocumentKind

# Of one kind: what is delivered in more parts than these is shown by its first.
MOST = 20


@dataclass(frozen=True, slots=True)
class TradeLine:
    """One line with what its document says. Net in minor units; ``gross_minor`` is the line's,
    ``document_gross_minor`` the whole document's."""

    id: int
    kind: str
    document_id: int
    number: str
    line_no: str
    on_date: date
    due_date: date | None
    seller_id: int
    buyer_id: int
    item_code: str
    item_name: str
    unit: str
    qty_micro: int
    price_micro: int | None
    price_unit: int
    net_minor: int
    gross_minor: int
    document_gross_minor: int
    sign: int
    source_system: str
    company_code: str
    order_number: str
    order_line_no: str
    ref_number: str
    raw_record_id: int | None
    names: frozenset[str]

    def evidence(self) -> EvidenceLine:
        """The same as a line with a source, for its lineage."""
        return EvidenceLine(
            kind=self.kind,
            document_id=self.document_id,
            number=self.number,
            line_no=self.line_no,
            on_date=self.on_date,
            item_name=self.item_name,
            unit=self.unit,
            qty_micro=self.qty_micro,
            price_micro=self.price_micro,
            price_unit=self.price_unit,
            amount_minor=self.net_minor,
            state="",
            raw_record_id=self.raw_record_id,
        )


@dataclass(frozen=True, slots=True)
class TradeAround:
    """The line that was asked about, and the lines of the same trade by kind, oldest first."""

    asked: TradeLine
    orders: tuple[TradeLine, ...]
    despatches: tuple[TradeLine, ...]
    receipts: tuple[TradeLine, ...]
    invoices: tuple[TradeLine, ...]
    payments: tuple[TradeLine, ...]


_FIELDS = (
    "id", "version__document__kind", "version__document_id", "version__document__number",
    "version__document__reference", "version__document__number_key", "line_no",
    "version__document_date", "version__due_date", "version__document__seller_id",
    "version__document__buyer_id", "item_code", "item_name", "unit", "qty_micro", "price_micro",
    "price_unit", "net_minor", "tax_minor", "version__gross_minor", "sign", "version__document__source_system",
    "version__document__company_code", "order_number", "order_line_no", "ref_number",
    "raw_record_id",
)  # fmt: skip


def trade_around(*, line_id: int, scope: Scope) -> TradeAround:
    """What stands around a line: by its order, and by the invoice that payments name.

    Only documents between firms of the scope are seen. Raises ``trade.line_unknown``.
    """
    rows = DocumentLine.objects.filter(
        _scoped(scope), pk=line_id, version__document__programme_id=scope.programme_id
    )
    found = _lines(rows)
    if not found:
        raise DomainError("trade.line_unknown", line=line_id)
    asked = found[0]
    middle = _invoice_paid(asked, scope) or asked
    number, line_no = _order_of(middle)
    orders = _by_order(scope, DocumentKind.ORDER, number, line_no)
    invoices = _by_order(scope, DocumentKind.INVOICE, number, line_no)
    if middle.kind == DocumentKind.INVOICE and middle.id not in {one.id for one in invoices}:
        invoices = (middle, *invoices)
    return TradeAround(
        asked=asked,
        orders=_with(asked, orders, DocumentKind.ORDER),
        despatches=_with(
            asked, _by_order(scope, DocumentKind.DESPATCH, number, line_no), DocumentKind.DESPATCH
        ),
        receipts=_with(
            asked, _by_order(scope, DocumentKind.RECEIPT, number, line_no), DocumentKind.RECEIPT
        ),
        invoices=invoices,
        payments=_with(asked, _payments(scope, invoices, number), DocumentKind.PAYMENT),
    )


def _with(
    asked: TradeLine, found: tuple[TradeLine, ...], kind: DocumentKind
) -> tuple[TradeLine, ...]:
    """The line that was asked about is always shown, whatever its documents join to."""
    if asked.kind != kind or asked.id in {one.id for one in found}:
        return found
    return (asked, *found)


def _scoped(scope: Scope) -> Q:
    if scope.party_ids is None:
        return Q()
    return Q(version__document__seller_id__in=scope.party_ids) | Q(
        version__document__buyer_id__in=scope.party_ids
    )


def _current(scope: Scope, kind: DocumentKind) -> QuerySet[DocumentLine]:
    rows = lines_current(scope.programme_id, kind).filter(_scoped(scope))
    return rows.exclude(version__state="reversed").order_by("version__document_date", "pk")


def _lines(rows: QuerySet[DocumentLine]) -> tuple[TradeLine, ...]:
    return tuple(_line(row) for row in rows.values(*_FIELDS)[:MOST])


def _line(row: Mapping[str, Any]) -> TradeLine:
    number, reference = row["version__document__number"], row["version__document__reference"]
    return TradeLine(
        id=row["id"],
        kind=row["version__document__kind"],
        document_id=row["version__document_id"],
        number=(reference if row["version__document__kind"] == DocumentKind.INVOICE else "")
        or number,
        line_no=row["line_no"],
        on_date=row["version__document_date"],
        due_date=row["version__due_date"],
        seller_id=row["version__document__seller_id"],
        buyer_id=row["version__document__buyer_id"],
        item_code=row["item_code"],
        item_name=row["item_name"],
        unit=row["unit"],
        qty_micro=row["qty_micro"],
        price_micro=row["price_micro"],
        price_unit=row["price_unit"],
        net_minor=row["net_minor"],
        gross_minor=row["net_minor"] + row["tax_minor"],
        document_gross_minor=row["version__gross_minor"],
        sign=row["sign"],
        source_system=row["version__document__source_system"],
        company_code=row["version__document__company_code"],
        order_number=row["order_number"],
        order_line_no=row["order_line_no"],
        ref_number=row["ref_number"],
        raw_record_id=row["raw_record_id"],
        names=frozenset({number, reference, row["version__document__number_key"]}) - {""},
    )


def _order_of(line: TradeLine) -> tuple[str, str]:
    """The order line that a line belongs to: its own words, else what the match found."""
    if line.kind == DocumentKind.ORDER:
        return line.number, line.line_no
    if line.order_number or line.kind != DocumentKind.INVOICE:
        return line.order_number, line.order_line_no
    matched = MatchLine.objects.filter(
        invoice_id=line.document_id, line_no=line.line_no, order__isnull=False
    )
    found = matched.values_list("order__number", "order_line_no").first()
    return found if found is not None else ("", "")


def _by_order(scope: Scope, kind: DocumentKind, number: str, line_no: str) -> tuple[TradeLine, ...]:
    if not number:
        return ()
    rows = _current(scope, kind)
    if kind is DocumentKind.ORDER:
        rows = rows.filter(version__document__number=number)
        return _lines(rows.filter(line_no=line_no) if line_no else rows)
    rows = rows.filter(order_number=number)
    return _lines(rows.filter(order_line_no=line_no) if line_no else rows)


def _payments(
    scope: Scope, invoices: Iterable[TradeLine], order_number: str
) -> tuple[TradeLine, ...]:
    """What names one of the invoices, and prepayments on the order."""
    found = list(invoices)
    names = {name for one in found for name in one.names}
    sellers = {one.seller_id for one in found}
    wanted = Q(ref_number__in=names, version__document__seller_id__in=sellers)
    if order_number:
        wanted |= Q(order_number=order_number)
    return _lines(_current(scope, DocumentKind.PAYMENT).filter(wanted))


def _invoice_paid(line: TradeLine, scope: Scope) -> TradeLine | None:
    """The invoice that a payment or a credit note names: its first line."""
    if line.kind not in (DocumentKind.PAYMENT, DocumentKind.CREDIT_NOTE) or not line.ref_number:
        return None
    rows = _current(scope, DocumentKind.INVOICE).filter(
        Q(version__document__number=line.ref_number)
        | Q(version__document__number_key=line.ref_number)
        | Q(version__document__reference=line.ref_number),
        version__document__seller_id=line.seller_id,
    )
    return next(iter(_lines(rows)), None)
