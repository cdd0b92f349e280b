"""Does a firm's own supply hold: suppliers lost, and suppliers that ask for money first."""

from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray, ratio, sums
from risk.facts import MISSING, FlowKind, FlowTable, IntArray
from risk.policy import SignalPolicy
from risk.signals.receivable_days import Bills
from risk.signals.windows import Windows, of_kind


def suppliers_lost_ppm(flows: FlowTable, *, windows: Windows, policy: SignalPolicy) -> FloatArray:
    """Share of the suppliers of the base window that sent or billed nothing in the current
    one; NaN where the firm had fewer than `suppliers_least`."""
    table = of_kind(flows, FlowKind.ORDER, FlowKind.DESPATCH, FlowKind.RECEIPT, FlowKind.INVOICE)
    size = len(windows.base_day)
    base_end = windows.base_day[table.buyer]
    before = (table.day <= base_end) & (table.day > base_end - windows.days)
    now = (table.day <= windows.last_day) & (table.day > windows.last_day - windows.days)
    pairs = table.buyer * size + table.supplier
    had, have = np.unique(pairs[before]), np.unique(pairs[now])
    lost = had[~np.isin(had, have)]
    count = np.bincount(had // max(size, 1), minlength=size)
    gone = np.bincount(lost // max(size, 1), minlength=size)
    enough = count >= policy.suppliers_least
    rounded: FloatArray = np.round(np.where(enough, ratio(gone, count), np.nan) * PPM)
    return rounded


def prepay_change_ppm(
    flows: FlowTable, bills: Bills, *, windows: Windows, policy: SignalPolicy
) -> FloatArray:
    """Change of the share of a firm's payments that went out before the invoice, or without
    one, from base to current window; NaN where it paid less than `orders_least` times in one
    of them."""
    paid = of_kind(flows, FlowKind.PAYMENT)
    # What is named settles nothing (a loan, cash passed on): it is no prepayment.
    named = np.array([bool(name) for name in paid.items], dtype=bool)
    unbilled = paid.rows((paid.invoice_key == MISSING) & ~named[paid.item])
    early = bills.payment_day < bills.day[bills.payment_bill]
    payments = _Payments(
        buyer=np.concatenate((bills.buyer[bills.payment_bill], unbilled.buyer)),
        day=np.concatenate((bills.payment_day, unbilled.day)),
        amount_minor=np.concatenate((bills.payment_minor, unbilled.amount_minor)),
        is_early=np.concatenate((early, np.ones(len(unbilled), dtype=bool))),
    )
    today = np.full(len(windows.base_day), windows.last_day)
    shares = [
        _early_share(payments, last_day=last_day, days=windows.days, least=policy.orders_least)
        for last_day in (today, windows.base_day)
    ]
    change: FloatArray = np.round((shares[0] - shares[1]) * PPM)
    return change


@dataclass(frozen=True, slots=True, eq=False)
class _Payments:
    """Payments by row; early ones left before their invoice, or have none."""

    buyer: IntArray
    day: IntArray
    amount_minor: IntArray
    is_early: BoolArray


def _early_share(payments: _Payments, *, last_day: IntArray, days: int, least: int) -> FloatArray:
    end, size = last_day[payments.buyer], len(last_day)
    inside = (payments.day <= end) & (payments.day > end - days)
    buyer, amount = payments.buyer[inside], payments.amount_minor[inside]
    early = sums(buyer, amount * payments.is_early[inside], size)
    enough = np.bincount(buyer, minlength=size) >= least
    return np.where(enough, ratio(early, sums(buyer, amount, size)), np.nan)
