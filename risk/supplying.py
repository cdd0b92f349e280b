"""Does a firm's own supply hold: suppliers lost, and suppliers that ask for money first."""

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray, ratio, sums
from risk.facts import MISSING, FlowKind, FlowTable, IntArray
from risk.policy import SignalPolicy
from risk.receivable_days import Bills
from risk.windows import Windows, of_kind


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


def prepay_change_ppm(flows: FlowTable, bills: Bills, *, windows: Windows) -> FloatArray:
    """Change of the share of a firm's payments that went out before the invoice, or without
    one, from base to current window; NaN where it paid nothing in one of them."""
    paid = of_kind(flows, FlowKind.PAYMENT)
    unbilled = paid.rows(paid.invoice_key == MISSING)
    early = bills.payment_day < bills.day[bills.payment_bill]
    buyer = np.concatenate((bills.buyer[bills.payment_bill], unbilled.buyer))
    day = np.concatenate((bills.payment_day, unbilled.day))
    amount = np.concatenate((bills.payment_minor, unbilled.amount_minor))
    first = np.concatenate((early, np.ones(len(unbilled), dtype=bool)))
    now = _share(
        buyer, day, amount, first, np.full(len(windows.base_day), windows.last_day), windows
    )
    before = _share(buyer, day, amount, first, windows.base_day, windows)
    change: FloatArray = np.round((now - before) * PPM)
    return change


def _share(
    buyer: IntArray,
    day: IntArray,
    amount: IntArray,
    first: BoolArray,
    last_day: IntArray,
    windows: Windows,
) -> FloatArray:
    end = last_day[buyer]
    inside = (day <= end) & (day > end - windows.days)
    size = len(last_day)
    early = sums(buyer[inside], (amount * first)[inside], size)
    return ratio(early, sums(buyer[inside], amount[inside], size))
