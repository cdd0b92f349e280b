"""Invoice lines less the credit notes that touch them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scf.trade.match_values import CreditLine, CreditPart, InvoiceLine, OrderLine
from scf.trade.units import unit_convert


@dataclass(slots=True)
class EffectiveLine:
    """An invoice line in the order's unit, and what credits left of it.

    ``qty_micro`` and ``net_minor`` are after credits; ``value_credit_minor`` is the part of the
    credits that came without quantity (rebate, price), so that a rebate is not read as a
    price that is too low.
    """

    line: InvoiceLine
    qty_micro: int
    net_minor: int
    value_credit_minor: int = 0
    credits: list[CreditPart] = field(default_factory=list)

    @classmethod
    def plain(cls, line: InvoiceLine) -> EffectiveLine:
        return cls(line, line.qty_micro, line.net_minor)

    @property
    def is_fully_credited(self) -> bool:
        by_value = self.line.net_minor > 0 and self.value_credit_minor > 0
        by_quantity = self.line.qty_micro > 0 and self.qty_micro <= 0
        return bool(self.credits) and self.net_minor <= 0 and (by_value or by_quantity)


def invoices_less_credits(
    *, order: OrderLine, invoices: Sequence[InvoiceLine], credits: Sequence[CreditLine]
) -> list[EffectiveLine]:
    """Each invoice line less its credits, in the order line's unit.

    A credit that names no invoice goes to the one it equals exactly, else to the newest of
    the order line. Raises ``trade.unit_unknown``.
    """
    lines = [
        EffectiveLine(
            each,
            unit_convert(qty_micro=each.qty_micro, unit=each.unit or order.unit, to=order.unit),
            each.net_minor,
        )
        for each in invoices
    ]
    live = [each for each in lines if not (each.line.is_reversed or each.line.is_duplicate)]
    live.sort(key=lambda each: (each.line.invoice_date, each.line.key), reverse=True)
    for credit in sorted(credits, key=lambda each: (each.credit_date, each.credit_id)):
        qty = unit_convert(
            qty_micro=credit.qty_micro, unit=credit.unit or order.unit, to=order.unit
        )
        _apply(live, credit, qty)
    return lines


def _apply(live: list[EffectiveLine], credit: CreditLine, qty: int) -> None:
    named = [each for each in live if each.line.invoice_id == credit.invoice_id]
    if credit.invoice_line_no:
        named = [each for each in named if each.line.line_no == credit.invoice_line_no] or named
    equal = [each for each in live if (each.qty_micro, each.net_minor) == (qty, credit.net_minor)]
    targets = named or equal[:1] or live
    left = _Left(credit.net_minor, qty, credit.net_minor + credit.tax_minor)
    for position, each in enumerate(targets):
        left.take(each, credit, is_last=position == len(targets) - 1)


@dataclass(slots=True)
class _Left:
    """What of a credit is still to be taken off."""

    net: int
    qty: int
    gross: int

    def take(self, each: EffectiveLine, credit: CreditLine, *, is_last: bool) -> None:
        net = self.net if is_last else min(self.net, max(each.net_minor, 0))
        qty = self.qty if is_last else min(self.qty, max(each.qty_micro, 0))
        gross = self.gross if net == self.net else self.gross * net // self.net
        if not (net or qty or gross):
            return
        each.net_minor -= net
        each.qty_micro -= qty
        if credit.qty_micro == 0:
            each.value_credit_minor += net
        each.credits.append(CreditPart(credit.credit_id, credit.version_id, gross))
        self.net -= net
        self.qty -= qty
        self.gross -= gross
