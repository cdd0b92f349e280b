"""Does an invoice's price pass, and what is a supported quantity worth. Pure."""

from __future__ import annotations

from ledger.quantity import line_minor
from scf.trade.credits import EffectiveLine
from scf.trade.match_values import MatchPolicy, OrderLine
from scf.trade.values import MatchState, Reason

PPM = 1_000_000


def price_check(
    *, order: OrderLine, each: EffectiveLine, policy: MatchPolicy, reasons: list[Reason]
) -> tuple[MatchState, int]:
    """The price state of an invoice line and the rounding it used up, in minor units.

    Too high is judged after all credits; too low before rebates, which are no price error.
    """
    expected = line_minor(
        qty_micro=each.qty_micro, price_micro=order.price_micro, price_unit=order.price_unit
    )
    high = each.net_minor - expected
    low = high + each.value_credit_minor
    allowed = min(expected * policy.price_ppm // PPM, policy.price_minor)
    rounding = policy.rounding_line_minor
    if high <= rounding and low >= -rounding:
        return MatchState.MATCHED, min(abs(high), abs(low))
    difference = high if high > rounding else low
    code = "price_high" if difference > 0 else "price_low"
    if each.net_minor == 0 == each.value_credit_minor:
        code = "nothing_payable"
    passes = -allowed <= difference <= allowed
    reasons.append(
        {
            "code": f"{code}_within_tolerance" if passes else code,
            "difference_minor": difference,
            "expected_minor": expected,
            "allowed_minor": allowed,
        }
    )
    return (MatchState.TOLERANCE if passes else MatchState.PRICE_BLOCK), 0


def supported_value(*, order: OrderLine, each: EffectiveLine, qty_micro: int) -> tuple[int, int]:
    """(net, gross) in minor units of a quantity at the lower of order and invoice price.

    Gross uses the invoice line's own tax and is rounded down.
    """
    if qty_micro <= 0 or each.qty_micro <= 0:
        return 0, 0
    at_order = line_minor(
        qty_micro=qty_micro, price_micro=order.price_micro, price_unit=order.price_unit
    )
    before_rebates = each.net_minor + each.value_credit_minor
    at_invoice = before_rebates * qty_micro // each.qty_micro
    net = min(at_order, at_invoice) - each.value_credit_minor
    net = max(min(net, each.net_minor), 0)
    line = each.line
    if line.net_minor <= 0:
        return net, net
    return net, net * (line.net_minor + line.tax_minor) // line.net_minor
