"""What the match says about the order line itself. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.quantity import line_minor
from scf.trade.match_values import (
    CreditLine,
    InvoiceLine,
    LineVerdict,
    MatchPolicy,
    OrderLine,
    OrderVerdict,
    ReceiptLine,
)
from scf.trade.units import unit_convert
from scf.trade.values import MatchState, Reason, match_state_worst

PPM = 1_000_000
_SET_ASIDE = (MatchState.REVERSED, MatchState.DUPLICATE)


def order_verdict(
    *,
    order: OrderLine,
    received_micro: int,
    invoiced_micro: int,
    verdicts: Sequence[LineVerdict],
) -> OrderVerdict:
    """How far an order line agrees: the worst of its live invoices, and what is still open."""
    live = [each for each in verdicts if each.state not in _SET_ASIDE]
    reasons: list[Reason] = []
    for each in verdicts:
        reasons += [reason for reason in each.reasons if reason not in reasons]
    if live:
        state = match_state_worst(*(each.state for each in live))
        if state.passes and order.receipt_required and received_micro > invoiced_micro:
            state = MatchState.AWAITING_INVOICE
            open_micro = received_micro - invoiced_micro
            reasons.append({"code": "not_fully_invoiced", "qty_micro": open_micro})
        elif state.passes and invoiced_micro < order.qty_micro:
            open_micro = order.qty_micro - invoiced_micro
            reasons.append({"code": "partly_delivered", "qty_micro": open_micro})
    else:
        state, reason = _without_invoice(order, received_micro)
        reasons.append(reason)
    return OrderVerdict(
        order_id=order.order_id,
        line_no=order.line_no,
        version_id=order.version_id,
        state=state,
        reasons=tuple(reasons),
        ordered_micro=order.qty_micro,
        received_micro=received_micro,
        invoiced_micro=invoiced_micro,
    )


def _without_invoice(order: OrderLine, received_micro: int) -> tuple[MatchState, Reason]:
    if received_micro > 0:
        return MatchState.AWAITING_INVOICE, {"code": "not_invoiced", "qty_micro": received_micro}
    if order.is_cancelled:
        return MatchState.REVERSED, {"code": "order_cancelled"}
    if not order.receipt_required:
        return MatchState.AWAITING_INVOICE, {"code": "not_invoiced", "qty_micro": order.qty_micro}
    return MatchState.AWAITING_RECEIPT, {"code": "nothing_received", "qty_micro": order.qty_micro}


def return_verdict(
    *,
    order: OrderLine,
    receipts: Sequence[ReceiptLine],
    invoices: Sequence[InvoiceLine],
    credits: Sequence[CreditLine],
    policy: MatchPolicy,
) -> tuple[OrderVerdict, list[LineVerdict]]:
    """An order line for goods that go back: returned against credited. Nothing is financeable.

    An invoice on such a line takes back a credit; it is never a claim.
    """
    returned = -sum(
        each.movement.sign * unit_convert(qty_micro=each.qty_micro, unit=each.unit, to=order.unit)
        for each in receipts
    )
    credited = sum(
        unit_convert(qty_micro=each.qty_micro, unit=each.unit or order.unit, to=order.unit)
        for each in credits
    ) - sum(
        unit_convert(qty_micro=each.qty_micro, unit=each.unit or order.unit, to=order.unit)
        for each in invoices
    )
    net = sum(each.net_minor for each in credits) - sum(each.net_minor for each in invoices)
    state, reasons = _return_state(order, returned, credited, net, policy)
    summary = OrderVerdict(
        order_id=order.order_id,
        line_no=order.line_no,
        version_id=order.version_id,
        state=state,
        reasons=({"code": "return_line"}, *reasons),
        ordered_micro=order.qty_micro,
        received_micro=returned,
        invoiced_micro=credited,
    )
    lines = [
        LineVerdict(
            invoice_id=each.invoice_id,
            line_no=each.line_no,
            version_id=each.version_id,
            order=order.key,
            order_version_id=order.version_id,
            state=MatchState.NO_ORDER,
            reasons=({"code": "return_line"},),
            qty_micro=each.qty_micro,
        )
        for each in invoices
    ]
    return summary, lines


def _return_state(
    order: OrderLine, returned: int, credited: int, net_minor: int, policy: MatchPolicy
) -> tuple[MatchState, list[Reason]]:
    if credited > returned:
        missing = credited - returned
        return MatchState.AWAITING_RECEIPT, [{"code": "receipt_missing", "qty_micro": missing}]
    if returned == 0:
        state = MatchState.REVERSED if order.is_cancelled else MatchState.AWAITING_RECEIPT
        code = "order_cancelled" if order.is_cancelled else "nothing_received"
        return state, [{"code": code}]
    if credited < returned:
        missing = returned - credited
        return MatchState.AWAITING_INVOICE, [{"code": "not_invoiced", "qty_micro": missing}]
    expected = line_minor(
        qty_micro=credited, price_micro=order.price_micro, price_unit=order.price_unit
    )
    difference = net_minor - expected
    if abs(difference) <= policy.rounding_line_minor:
        return MatchState.MATCHED, []
    allowed = min(expected * policy.price_ppm // PPM, policy.price_minor)
    passes = abs(difference) <= allowed
    code = "price_high" if difference > 0 else "price_low"
    reason: Reason = {
        "code": f"{code}_within_tolerance" if passes else code,
        "difference_minor": difference,
        "expected_minor": expected,
        "allowed_minor": allowed,
    }
    return (MatchState.TOLERANCE if passes else MatchState.PRICE_BLOCK), [reason]
