"""Document lines as flow columns for risk: one basis, one direction, joined by keys. Pure.

Everything is net of tax: orders know no tax, so invoices leave theirs out and payments are
scaled by their invoice. Goods are valued at their order's price. A receipt that was reversed
is taken out of the receipt it names; what was prepaid on an order pays its invoices in turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from ledger.errors import DomainError
from ledger.quantity import line_minor
from risk.facts import MISSING, FlowKind, FlowTable, day_number, flows_from_columns
from scf.network.values import party_ref
from scf.trade.flow_lines import FlowLine
from scf.trade.invoice_load import Originals, original_pick
from scf.trade.match_set import OrderIndex, order_key
from scf.trade.units import unit_convert
from scf.trade.values import DocumentKind, LineType, Movement

Lines = Mapping[str, Sequence[FlowLine]]
# Money between two firms that settles nothing: a loan, cash passed on, an overpayment returned.
FREE_CASH = frozenset({"transfer", "loan", "refund"})
_COLUMNS = (
    "kind",
    "supplier_ref",
    "buyer_ref",
    "amount_minor",
    "day",
    "due_day",
    "paid_day",
    "item",
    "qty_micro",
    "order_key",
    "invoice_key",
    "row_id",
    "document",
)


def flow_columns(lines: Lines) -> FlowTable:
    """The flow table of a programme's current lines, by kind of document."""
    flows = _Flows(lines)
    flows.orders()
    flows.despatches()
    flows.receipts()
    flows.invoices()
    flows.credit_notes()
    flows.payments()
    columns = zip(*flows.rows, strict=True) if flows.rows else [()] * len(_COLUMNS)
    return flows_from_columns(dict(zip(_COLUMNS, columns, strict=True)))


def pairs_exempt(lines: Lines) -> tuple[tuple[str, str], ...]:
    """(supplier, buyer) whose orders are registered as consignment or with a buy-back."""
    registered = (LineType.CONSIGNMENT, LineType.BUY_BACK)
    pairs = {
        (party_ref(line.seller_id), party_ref(line.buyer_id))
        for line in lines.get(DocumentKind.ORDER, ())
        if line.line_type in registered
    }
    return tuple(sorted(pairs))


class _Flows:
    """Rows as they grow, and the indexes by which later documents find earlier ones."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.rows: list[tuple[Any, ...]] = []
        self.order_index: OrderIndex = defaultdict(list)
        self.order_ids: dict[tuple[str, str, str], int | None] = {}
        self.order_lines: dict[tuple[int, str], FlowLine] = {}
        self.originals: Originals = defaultdict(list)
        self.totals: dict[int, tuple[int, int]] = {}  # invoice -> (net, gross)
        self.billed_on: dict[int, list[int]] = defaultdict(list)  # order -> its invoices

    def orders(self) -> None:
        seen: set[int] = set()
        for line in self.lines.get(DocumentKind.ORDER, ()):
            if line.document_id not in seen:
                seen.add(line.document_id)
                found = (line.source_system, line.company_code, line.document_id)
                self.order_index[line.number].append(found)
            self.order_lines[line.document_id, line.line_no] = line
            if _counts(line):
                self._add(
                    FlowKind.ORDER,
                    line,
                    amount=line.net_minor,
                    due=line.line_date,
                    order=line,
                )

    def despatches(self) -> None:
        for line in self.lines.get(DocumentKind.DESPATCH, ()):
            self._goods(FlowKind.DESPATCH, line, line.qty_micro, delivered=line.line_date)

    def receipts(self) -> None:
        lines = self.lines.get(DocumentKind.RECEIPT, ())
        reversed_qty = _reversals(lines)
        for line in lines:
            if line.line_type == Movement.RETURN:
                self._goods(FlowKind.RETURN, line, line.qty_micro)
            elif line.line_type != Movement.REVERSAL:
                left = line.qty_micro - reversed_qty.get(_own_key(line), 0)
                self._goods(FlowKind.RECEIPT, line, left)

    def invoices(self) -> None:
        lines = self.lines.get(DocumentKind.INVOICE, ())
        for line in lines:
            net, gross = self.totals.get(line.document_id, (0, 0))
            if not gross:
                for name in {line.number_key, line.number}:
                    day = (line.document_date, line.document_id)
                    self.originals[line.seller_id, name].append(day)
            total = (net + line.net_minor, gross + line.net_minor + line.tax_minor)
            self.totals[line.document_id] = total
            order = self._order_of(line)
            if order is not None and line.document_id not in self.billed_on[order.document_id]:
                self.billed_on[order.document_id].append(line.document_id)
            self._add(
                FlowKind.INVOICE,
                line,
                amount=line.net_minor,
                due=_due(line, order),
                order=order,
                invoice=line.document_id,
            )

    def credit_notes(self) -> None:
        for line in self.lines.get(DocumentKind.CREDIT_NOTE, ()):
            invoice = self._invoice_of(line)
            self._add(FlowKind.CREDIT_NOTE, line, amount=line.net_minor, invoice=invoice)

    def payments(self) -> None:
        paid: dict[int, int] = defaultdict(int)
        prepaid = []
        for line in self.lines.get(DocumentKind.PAYMENT, ()):
            if line.line_type == "prepayment":
                prepaid.append(line)
            elif line.line_type in FREE_CASH and not line.ref_number and not line.order_number:
                self._free_cash(line)
            elif line.line_type == "settlement":
                invoice = self._invoice_of(line)
                net = self._pay(line, invoice, line.net_minor)
                if invoice is not None:
                    paid[invoice] += net
        for line in prepaid:
            self._prepayment(line, paid)

    def _free_cash(self, line: FlowLine) -> None:
        """Cash from one firm to another; a refund runs from the seller back to the buyer."""
        sides = (line.seller_id, line.buyer_id)
        receiver, payer = sides[::-1] if line.line_type == "refund" else sides
        self._add(
            FlowKind.PAYMENT,
            line._replace(seller_id=receiver, buyer_id=payer, item_code=line.line_type),
            amount=line.net_minor,
        )

    def _prepayment(self, line: FlowLine, paid: dict[int, int]) -> None:
        """Pay the order's invoices with it in turn; what they do not take is paid on no invoice."""
        left = line.net_minor
        for invoice in self.billed_on.get(self._order_id_of(line) or 0, ()):
            net, gross = self.totals[invoice]
            open_gross = gross - -(-paid[invoice] * gross // net) if net else 0
            part = min(left, max(open_gross, 0))
            if part:
                paid[invoice] += self._pay(line, invoice, part)
                left -= part
        if left:
            self._pay(line, None, left)

    def _pay(self, line: FlowLine, invoice: int | None, gross_minor: int) -> int:
        """One payment row, net in the proportion of its invoice; returns the net amount."""
        net, gross = self.totals.get(invoice or 0, (1, 1))
        amount = (2 * gross_minor * net + gross) // (2 * gross) if gross else gross_minor
        self._add(FlowKind.PAYMENT, line, amount=amount, invoice=invoice)
        return amount

    def _goods(
        self, kind: FlowKind, line: FlowLine, qty_micro: int, delivered: date | None = None
    ) -> None:
        """A movement at its order's price; without a price or a quantity there is nothing to say."""
        order = self._order_of(line)
        qty, amount = _in_order_unit(qty_micro, line, order), line.net_minor
        if order is not None and order.price_micro is not None:
            amount = line_minor(
                qty_micro=qty, price_micro=order.price_micro, price_unit=order.price_unit
            )
        if qty > 0 and amount > 0:
            self._add(kind, line, amount=amount, order=order, qty_micro=qty, delivered=delivered)

    def _order_of(self, line: FlowLine) -> FlowLine | None:
        order_id = self._order_id_of(line)
        return self.order_lines.get((order_id, line.order_line_no)) if order_id else None

    def _order_id_of(self, line: FlowLine) -> int | None:
        wanted = (line.source_system, line.company_code, line.order_number)
        if wanted not in self.order_ids:
            found = order_key(self.order_index, *wanted, "")
            self.order_ids[wanted] = None if found is None else found[0]
        return self.order_ids[wanted]

    def _invoice_of(self, line: FlowLine) -> int | None:
        if not line.ref_number:
            return None
        return original_pick(self.originals, line.seller_id, line.ref_number, line.document_date)

    def _add(
        self,
        kind: FlowKind,
        line: FlowLine,
        *,
        amount: int,
        due: date | None = None,
        order: FlowLine | None = None,
        invoice: int | None = None,
        qty_micro: int | None = None,
        delivered: date | None = None,
    ) -> None:
        qty = _in_order_unit(line.qty_micro, line, order) if qty_micro is None else qty_micro
        row = (
            int(kind),
            party_ref(line.seller_id),
            party_ref(line.buyer_id),
            amount,
            day_number(line.document_date),
            day_number(due),
            day_number(delivered),
            line.item_code,
            qty,
            MISSING if order is None else order.id,
            MISSING if invoice is None else invoice,
            line.id,
            line.reference or line.number,
        )
        self.rows.append(row)


def _counts(line: FlowLine) -> bool:
    """Orders that ask for goods at a price: not cancelled, not free, not going back."""
    return line.line_state != "cancelled" and line.line_type not in (
        LineType.FREE,
        LineType.RETURN,
    )


def _due(line: FlowLine, order: FlowLine | None) -> date | None:
    """The invoice's own due date, else its date and the terms of itself or its order."""
    if line.due_date is not None:
        return line.due_date
    terms = line.terms_days if line.terms_days is not None else order and order.terms_days
    return None if terms is None else line.document_date + timedelta(days=terms)


def _in_order_unit(qty_micro: int, line: FlowLine, order: FlowLine | None) -> int:
    """A quantity in the order's unit where physics converts it, else as it stands."""
    if order is None or not line.unit or line.unit == order.unit:
        return qty_micro
    try:
        return unit_convert(qty_micro=qty_micro, unit=line.unit, to=order.unit)
    except DomainError:
        return qty_micro


ReceiptKey = tuple[str, str, str, str]


def _own_key(line: FlowLine) -> ReceiptKey:
    return (line.source_system, line.company_code, line.number, line.line_no)


def _reversals(lines: Sequence[FlowLine]) -> dict[ReceiptKey, int]:
    """Quantity taken back from each receipt line by the reversals that name it."""
    taken: dict[ReceiptKey, int] = defaultdict(int)
    for line in lines:
        if line.line_type == Movement.REVERSAL and line.ref_number:
            key = (line.source_system, line.company_code, line.ref_number, line.ref_line_no)
            taken[key] += line.qty_micro
    return taken
