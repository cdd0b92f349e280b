"""Order, despatch, receipt, invoice and payment of one trade beside each other, field by field.

A cell is red where its document does not agree with the one it has to agree with: parties and
goods with the order, received and despatched quantity with the invoiced, the invoice's quantity
and amount with the order, payments with the invoice's gross amount, days with their order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ledger.errors import DomainError
from ledger.quantity import line_minor
from ledger.rates import PPM
from risk.policy import DEFAULT_POLICY
from scf.portals.components import Lineage, Text
from scf.portals.dates import day
from scf.portals.figures import money, quantity, unit_price
from scf.portals.words import DOCUMENT_KINDS
from scf.trade.queries_around import TradeAround, TradeLine
from scf.trade.units import unit_convert

RULES = DEFAULT_POLICY.reconcile
SHOWN = 3
Lines = Sequence[TradeLine]


@dataclass(frozen=True, slots=True)
class DocumentCell:
    """What one document says of one field; ``bad`` where it does not agree. ``head`` is the
    document's kind, for a phone's rows; ``text`` "—" says nothing."""

    text: Text
    sub: Text = ""
    bad: bool = False
    head: Text = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One field over all documents."""

    label: Text
    cells: tuple[DocumentCell, ...]


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """One line of one document with the file row it was read from."""

    kind: Text
    number: str
    source: Lineage | None
    is_asked: bool


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """The whole comparison. ``bad`` counts red cells; ``title`` is the invoice's number."""

    title: str
    heads: tuple[Text, ...]
    rows: tuple[DocumentRow, ...]
    sources: tuple[DocumentSource, ...]
    bad: int


def document_table(
    around: TradeAround,
    *,
    names: Mapping[int, str],
    sources: Mapping[int, Lineage] | None = None,
) -> DocumentTable:
    """The comparison; ``names`` are the firms' by id, ``sources`` lineages by raw record."""
    sides = (
        around.orders, around.despatches, around.receipts, around.invoices, around.payments,
    )  # fmt: skip
    kinds = ("order", "despatch", "receipt", "invoice", "payment")
    rows: tuple[DocumentRow, ...] = (
        DocumentRow(_("单据"), tuple(map(_number, kinds, sides))),
        DocumentRow(_("日期"), _dates(around)),
        DocumentRow(_("卖方"), _firms(sides, around, names, lambda line: line.seller_id)),
        DocumentRow(_("买方"), _firms(sides, around, names, lambda line: line.buyer_id)),
        DocumentRow(_("货物"), _items(sides, around)),
        DocumentRow(_("数量"), _quantities(around)),
        DocumentRow(_("单价"), _prices(sides, around)),
        DocumentRow(_("金额"), _amounts(around)),
        DocumentRow(_("到期"), tuple(_due(lines) for lines in sides)),
    )
    heads = tuple(DOCUMENT_KINDS[kind] for kind in kinds)
    rows = tuple(_headed(row, heads) for row in rows)
    shown = [line for lines in sides for line in lines]
    middle = around.invoices[0] if around.invoices else around.asked
    return DocumentTable(
        title=middle.number,
        heads=heads,
        rows=rows,
        sources=tuple(
            DocumentSource(
                kind=DOCUMENT_KINDS.get(line.kind, line.kind),
                number=f"{line.number} / {line.line_no}",
                source=(sources or {}).get(line.raw_record_id or 0),
                is_asked=line.id == around.asked.id,
            )
            for line in shown
        ),
        bad=sum(cell.bad for row in rows for cell in row.cells),
    )


def _headed(row: DocumentRow, heads: Sequence[Text]) -> DocumentRow:
    cells = zip(row.cells, heads, strict=True)
    return DocumentRow(row.label, tuple(replace(cell, head=head) for cell, head in cells))


def _number(kind: str, lines: Lines) -> DocumentCell:
    """Its numbers; an order and a receipt have to be there."""
    if not lines:
        return DocumentCell(_("没有这份单据"), bad=kind in ("order", "receipt", "invoice"))
    numbers = list(dict.fromkeys(line.number for line in lines))
    more = f" +{len(numbers) - SHOWN}" if len(numbers) > SHOWN else ""
    return DocumentCell(_("、").join(numbers[:SHOWN]) + more, sub=_lines_said(lines))


def _lines_said(lines: Lines) -> str:
    if len(lines) > 1:
        return _("%(n)s 行") % {"n": len(lines)}
    return _("第 %(line)s 行") % {"line": lines[0].line_no}


def _dates(around: TradeAround) -> tuple[DocumentCell, ...]:
    """Goods come before their invoice (a few days are forgiven) and before their payment."""
    received = min((line.on_date for line in around.receipts), default=None)
    invoiced = min((line.on_date for line in around.invoices), default=None)
    early = (
        received is not None
        and invoiced is not None
        and (received - invoiced).days > RULES.early_invoice_days
    )
    paid = min((line.on_date for line in around.payments), default=None)
    too_soon = paid is not None and received is not None and paid < received
    return (
        _days(around.orders),
        _days(around.despatches),
        _days(around.receipts),
        _days(around.invoices, bad=early),
        _days(around.payments, bad=too_soon),
    )


def _days(lines: Lines, *, bad: bool = False) -> DocumentCell:
    if not lines:
        return DocumentCell("—")
    first, last = min(line.on_date for line in lines), max(line.on_date for line in lines)
    sub = _("至 %(day)s") % {"day": day(last)} if last != first else ""
    return DocumentCell(day(first), sub=sub, bad=bad)


def _firms(
    sides: Sequence[Lines],
    around: TradeAround,
    names: Mapping[int, str],
    of: Callable[[TradeLine], int],
) -> tuple[DocumentCell, ...]:
    """Each document's firm, red where it is not the order's (without one: the invoice's)."""
    right = {of(line) for line in (around.orders or around.invoices)}
    return tuple(
        DocumentCell(
            _("、").join(names.get(one, str(one)) for one in dict.fromkeys(map(of, lines))) or "—",
            bad=bool(right) and not set(map(of, lines)) <= right,
        )
        for lines in sides
    )


def _items(sides: Sequence[Lines], around: TradeAround) -> tuple[DocumentCell, ...]:
    right = {line.item_code for line in (around.orders or around.invoices)} - {""}
    cells = []
    for lines in sides:
        codes = dict.fromkeys(line.item_code for line in lines if line.item_code)
        name = next((line.item_name for line in lines if line.item_name), "")
        text = _("、").join(codes) or name or "—"
        bad = bool(right) and not set(codes) <= right
        cells.append(DocumentCell(text, sub=name if codes else "", bad=bad))
    return tuple(cells)


def _quantities(around: TradeAround) -> tuple[DocumentCell, ...]:
    """In the order's unit: goods seen have to cover what was invoiced, and that the order."""
    unit = around.orders[0].unit if around.orders else ""
    sums = [
        _sum(lines, unit)
        for lines in (around.orders, around.despatches, around.receipts, around.invoices)
    ]
    ordered, despatched, received, invoiced = sums
    short = [seen is not None and _below(seen, invoiced) for seen in (despatched, received)]
    over = around.orders != () and ordered is not None and _below(ordered, invoiced)
    bads = (False, *short, over)
    return (
        *(
            DocumentCell(_quantity(total, unit), bad=bad)
            for total, bad in zip(sums, bads, strict=True)
        ),
        DocumentCell("—"),
    )


def _sum(lines: Lines, unit: str) -> int | None:
    """None without lines, and where units do not convert."""
    try:
        return sum(line.sign * _in_unit(line, unit) for line in lines) if lines else None
    except DomainError:
        return None


def _in_unit(line: TradeLine, unit: str) -> int:
    if not unit or not line.unit or line.unit == unit:
        return line.qty_micro
    return unit_convert(qty_micro=line.qty_micro, unit=line.unit, to=unit)


def _below(have: int, need: int | None) -> bool:
    """Short by more than the policy's tolerance."""
    return need is not None and (need - have) * PPM > need * RULES.quantity_tolerance_ppm


def _quantity(micro: int | None, unit: str) -> str:
    return "—" if micro is None else f"{quantity(micro)} {unit}".strip()


def _prices(sides: Sequence[Lines], around: TradeAround) -> tuple[DocumentCell, ...]:
    """As the documents say it, red where it is not the order's."""
    right = [line for line in around.orders if line.price_micro]
    cells = []
    for lines in sides:
        priced = [line for line in lines if line.price_micro]
        said = dict.fromkeys(
            unit_price(line.price_micro or 0, per=line.price_unit) for line in priced
        )
        bad = any(not any(_same_price(line, one) for one in right) for line in priced)
        cells.append(DocumentCell(_("、").join(list(said)[:SHOWN]) or "—", bad=bad and bool(right)))
    return tuple(cells)


def _same_price(line: TradeLine, order: TradeLine) -> bool:
    """The same per piece within the policy's tolerance; other units are not compared."""
    if line.unit and order.unit and line.unit != order.unit:
        return True
    mine = (line.price_micro or 0) * order.price_unit
    right = (order.price_micro or 0) * line.price_unit
    return abs(mine - right) * PPM <= right * RULES.price_tolerance_ppm


def _amounts(around: TradeAround) -> tuple[DocumentCell, ...]:
    """Net for order and invoice lines; payments are gross, and beside the whole invoices."""
    net = sum(line.net_minor for line in around.invoices)
    gross = sum(line.gross_minor for line in around.invoices)
    paid = sum(line.net_minor for line in around.payments)
    should = _at_order_price(around)
    off = should is not None and abs(net - should) > max(
        RULES.amount_tolerance_minor, should * RULES.price_tolerance_ppm // PPM
    )
    sub = _("含税 %(sum)s") % {"sum": money(gross)}
    if off and should is not None:
        sub = _("按订单价 %(sum)s") % {"sum": money(should)}
    whole = {line.document_id: line.document_gross_minor for line in around.invoices}
    over = paid - sum(whole.values()) > RULES.amount_tolerance_minor and bool(whole)
    none = DocumentCell("—")
    ordered = sum(line.net_minor for line in around.orders)
    against = _("整张发票含税 %(sum)s") % {"sum": money(sum(whole.values()))}
    return (
        DocumentCell(money(ordered)) if around.orders else none,
        none,
        none,
        DocumentCell(money(net), sub=sub, bad=off) if around.invoices else none,
        DocumentCell(money(paid), sub=against, bad=over) if around.payments else none,
    )


def _at_order_price(around: TradeAround) -> int | None:
    """What was invoiced at the order's price, net; None where there is no one price."""
    if len(around.orders) != 1 or around.orders[0].price_micro is None or not around.invoices:
        return None
    order = around.orders[0]
    invoiced = _sum(around.invoices, order.unit)
    if invoiced is None:
        return None
    price = order.price_micro or 0
    return line_minor(qty_micro=invoiced, price_micro=price, price_unit=order.price_unit)


def _due(lines: Lines) -> DocumentCell:
    dues = [line.due_date for line in lines if line.due_date is not None]
    return DocumentCell(day(max(dues)) if dues else "—")
