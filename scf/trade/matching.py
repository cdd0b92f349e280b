"""The three-way match of one order line, its receipts, invoices and credit notes. Pure.

Invoices take receipts oldest first, those that name their receipts before the others; a
quantity is used once. A tolerance lets a match pass but never raises what is supported:
that is min(order, receipt, invoice) at the lower price, less credits, grossed up with the
invoice's own tax.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger.errors import DomainError
from scf.trade.credits import EffectiveLine, invoices_less_credits
from scf.trade.match_values import (
    DEFAULT_POLICY,
    Allocation,
    CreditLine,
    InvoiceLine,
    LineVerdict,
    MatchPolicy,
    OrderLine,
    OrderVerdict,
    ReceiptLine,
)
from scf.trade.order_verdict import order_verdict, return_verdict
from scf.trade.price_check import price_check, supported_value
from scf.trade.receipts_pool import OpenReceipt, receipts_net
from scf.trade.values import UNSOLD_TYPES, LineType, MatchState, Reason, match_state_worst

PPM = 1_000_000


@dataclass(slots=True)
class _Book:
    """What is left of an order line while its invoices are gone through."""

    order: OrderLine
    pools: list[OpenReceipt]
    ordered_left: int
    invoiced: int = 0
    cap: int | None = field(default=None)


def match_order_line(
    *,
    order: OrderLine,
    receipts: Sequence[ReceiptLine] = (),
    invoices: Sequence[InvoiceLine] = (),
    credits: Sequence[CreditLine] = (),
    policy: MatchPolicy = DEFAULT_POLICY,
) -> tuple[OrderVerdict, list[LineVerdict]]:
    """The verdict on an order line and on each invoice line that belongs to it.

    The answer does not depend on the order in which documents came in.
    """
    try:
        pools = receipts_net(receipts=receipts, unit=order.unit)
        received = sum(pool.open_micro for pool in pools)
        if order.line_type is LineType.RETURN:
            return return_verdict(
                order=order, receipts=receipts, invoices=invoices, credits=credits, policy=policy
            )
        lines = invoices_less_credits(order=order, invoices=invoices, credits=credits)
    except DomainError as error:
        return _units_differ(order, invoices, error)
    book = _Book(order, pools, order.qty_micro, cap=_quantity_cap(order))
    ranked = sorted(lines, key=_invoice_rank)
    verdicts = [_judge(book, line, policy) for line in ranked]
    summary = order_verdict(
        order=order, received_micro=received, invoiced_micro=book.invoiced, verdicts=verdicts
    )
    return summary, verdicts


def match_unlinked(*, line: InvoiceLine, suggestion: OrderLine | None = None) -> LineVerdict:
    """An invoice line without an order; a likely order is named, never used."""
    reasons: list[Reason] = [{"code": "no_order_reference"}]
    if suggestion is not None:
        reasons.append(
            {
                "code": "order_suggested",
                "order_id": suggestion.order_id,
                "order_line": suggestion.line_no,
            }
        )
    state, blocking = _document_state(line)
    return LineVerdict(
        invoice_id=line.invoice_id,
        line_no=line.line_no,
        version_id=line.version_id,
        order=None,
        order_version_id=None,
        state=match_state_worst(MatchState.NO_ORDER, state),
        reasons=(*blocking, *reasons),
        qty_micro=line.qty_micro,
    )


def _invoice_rank(each: EffectiveLine) -> tuple[bool, object, int, str]:
    named = bool(each.line.receipt_number or each.line.delivery_note)
    return (not named, each.line.invoice_date, each.line.invoice_id, each.line.line_no)


def _quantity_cap(order: OrderLine) -> int | None:
    if order.over_ppm is None:
        return order.qty_micro
    if order.over_ppm < 0:
        return None
    return order.qty_micro + order.qty_micro * order.over_ppm // PPM


def _document_state(line: InvoiceLine) -> tuple[MatchState, list[Reason]]:
    if line.is_reversed:
        return MatchState.REVERSED, [{"code": "invoice_reversed"}]
    if line.is_duplicate:
        return MatchState.DUPLICATE, [{"code": "invoice_duplicate"}]
    if line.is_advance:
        return MatchState.AWAITING_RECEIPT, [{"code": "advance_invoice"}]
    return MatchState.MATCHED, []


def _order_state(order: OrderLine, line: InvoiceLine) -> tuple[MatchState, list[Reason]]:
    if line.seller_id != order.seller_id:
        return MatchState.NO_ORDER, [{"code": "partner_differs"}]
    if order.is_cancelled:
        return MatchState.NO_ORDER, [{"code": "order_cancelled"}]
    if line.currency != order.currency:
        return MatchState.PRICE_BLOCK, [
            {"code": "currency_differs", "order": order.currency, "invoice": line.currency}
        ]
    if order.line_type in UNSOLD_TYPES:
        return MatchState.AWAITING_RECEIPT, [{"code": str(order.line_type)}]
    return MatchState.MATCHED, []


def _judge(book: _Book, each: EffectiveLine, policy: MatchPolicy) -> LineVerdict:
    line, order = each.line, book.order
    document_state, reasons = _document_state(line)
    order_state, more = _order_state(order, line)
    reasons += more
    if document_state in (MatchState.REVERSED, MatchState.DUPLICATE) or (
        order_state is MatchState.NO_ORDER
    ):
        return _verdict(order, each, match_state_worst(document_state, order_state), reasons)
    if each.is_fully_credited:
        reasons.append({"code": "fully_credited"})
        return _verdict(order, each, MatchState.REVERSED, reasons)
    if each.qty_micro == 0:
        reasons.append({"code": "no_quantity"})
        return _verdict(order, each, MatchState.PRICE_BLOCK, reasons)
    quantity_state, allocations, supported = _take(book, each, reasons)
    price_state, rounding = price_check(order=order, each=each, policy=policy, reasons=reasons)
    state = match_state_worst(document_state, order_state, quantity_state, price_state)
    comparable = order_state is not MatchState.PRICE_BLOCK and not line.is_advance
    net, gross = supported_value(order=order, each=each, qty_micro=supported)
    if line.is_self_billed:
        reasons.append({"code": "self_billed"})
    return _verdict(
        order,
        each,
        state,
        reasons,
        supported_net_minor=net if comparable else 0,
        supported_gross_minor=gross if comparable else 0,
        rounding_minor=rounding,
        allocations=tuple(allocations),
    )


def _take(
    book: _Book, each: EffectiveLine, reasons: list[Reason]
) -> tuple[MatchState, list[Allocation], int]:
    """Use up receipts and ordered quantity; what is supported by both comes back."""
    order, wanted = book.order, each.qty_micro
    states = [MatchState.MATCHED]
    book.invoiced += wanted
    if book.cap is not None and book.invoiced > book.cap:
        states.append(MatchState.OVER_QUANTITY)
        over = min(book.invoiced - book.cap, wanted)
        reasons.append({"code": "over_order", "qty_micro": over})
    elif book.invoiced > order.qty_micro:
        states.append(MatchState.TOLERANCE)
        over = min(book.invoiced - order.qty_micro, wanted)
        reasons.append({"code": "over_delivery_allowed", "qty_micro": over})
    taken: list[Allocation] = []
    in_hand = wanted
    if order.receipt_required and order.line_type not in UNSOLD_TYPES:
        taken = _allocate(book.pools, each.line, wanted)
        in_hand = sum(part.qty_micro for part in taken)
        if in_hand < wanted:
            late = MatchState.OVER_QUANTITY if order.is_closed else MatchState.AWAITING_RECEIPT
            states.append(late)
            code = "over_receipt" if order.is_closed else "receipt_missing"
            reasons.append({"code": code, "qty_micro": wanted - in_hand})
    elif order.line_type in UNSOLD_TYPES:
        in_hand = 0
    supported = min(in_hand, book.ordered_left)
    book.ordered_left -= supported
    return match_state_worst(*states), taken, supported


def _allocate(pools: list[OpenReceipt], line: InvoiceLine, wanted: int) -> list[Allocation]:
    """Receipts that the line names, else all of the order line's, oldest first."""
    parts: list[Allocation] = []
    for pool in pools:
        if wanted == 0:
            break
        if pool.open_micro and _is_named(pool, line):
            qty = min(pool.open_micro, wanted)
            pool.open_micro -= qty
            wanted -= qty
            parts.append(
                Allocation(
                    pool.line.receipt_id, pool.line.version_id, pool.line.line_no, qty_micro=qty
                )
            )
    return parts


def _is_named(pool: OpenReceipt, line: InvoiceLine) -> bool:
    if line.receipt_number:
        return pool.line.number == line.receipt_number and (
            not line.receipt_line_no or pool.line.line_no == line.receipt_line_no
        )
    return not line.delivery_note or pool.line.delivery_note == line.delivery_note


def _verdict(
    order: OrderLine,
    each: EffectiveLine,
    state: MatchState,
    reasons: Sequence[Reason],
    *,
    supported_net_minor: int = 0,
    supported_gross_minor: int = 0,
    rounding_minor: int = 0,
    allocations: tuple[Allocation, ...] = (),
) -> LineVerdict:
    return LineVerdict(
        invoice_id=each.line.invoice_id,
        line_no=each.line.line_no,
        version_id=each.line.version_id,
        order=order.key,
        order_version_id=order.version_id,
        state=state,
        reasons=tuple(reasons),
        qty_micro=each.qty_micro,
        supported_net_minor=supported_net_minor,
        supported_gross_minor=supported_gross_minor,
        rounding_minor=rounding_minor,
        allocations=allocations,
        credits=tuple(each.credits),
    )


def _units_differ(
    order: OrderLine, invoices: Sequence[InvoiceLine], error: DomainError
) -> tuple[OrderVerdict, list[LineVerdict]]:
    reasons: tuple[Reason, ...] = (
        {
            "code": "unit_differs",
            "unit": str(error.facts["unit"]),
            "other": str(error.facts["other"]),
        },
    )
    verdicts = [
        _verdict(order, EffectiveLine.plain(line), MatchState.PRICE_BLOCK, reasons)
        for line in invoices
    ]
    summary = OrderVerdict(
        order_id=order.order_id,
        line_no=order.line_no,
        version_id=order.version_id,
        state=MatchState.PRICE_BLOCK,
        reasons=reasons,
        ordered_micro=order.qty_micro,
        received_micro=0,
        invoiced_micro=0,
    )
    return summary, verdicts
