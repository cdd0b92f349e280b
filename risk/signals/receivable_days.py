"""How long money takes: days to collect and to pay, open and overdue invoices, by firm.

Days outstanding (DSO seen from the seller, DPO from the buyer) is the amount-weighted mean,
over what was paid in the last 90 days, of days from invoice to payment, together with what
is overdue at the end of them, at its age. Unlike a balance over sales it does not move with
the season, and unlike payments alone it sees those that do not come.
"""

from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray, place_of, ratio, sums
from risk.facts import MISSING, FlowKind, FlowTable, IntArray
from risk.snapshot import Snapshot

_FAR = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Bills:
    """Invoices as wholes, and what was paid on them.

    `payment_*` have one entry a payment; `payment_bill` is its invoice's position.
    """

    supplier: IntArray
    buyer: IntArray
    day: IntArray
    due_day: IntArray
    amount_minor: IntArray
    payment_bill: IntArray
    payment_day: IntArray
    payment_minor: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Outstanding:
    """At the end of a day, by firm: mean days (NaN: nothing paid or overdue), and sums."""

    days: FloatArray
    open_minor: IntArray
    overdue_minor: IntArray


def bills_of(snapshot: Snapshot) -> Bills:
    """Invoices with an invoice key, less their credit notes.

    Payments are the payment rows; an invoice that has none but a payment date counts as
    paid in full on that date.
    """
    flows = snapshot.flows
    rows = np.flatnonzero((flows.kind == FlowKind.INVOICE) & (flows.invoice_key != MISSING))
    key, first, place = np.unique(flows.invoice_key[rows], return_index=True, return_inverse=True)
    amount = np.zeros(len(key), dtype=np.int64)
    np.add.at(amount, place, flows.amount_minor[rows])
    _subtract_credits(flows, key, amount)
    bill, day, paid = _paid_on(flows, key)
    head = rows[first]
    alone = np.setdiff1d(np.flatnonzero(flows.paid_day[head] != MISSING), bill)
    return Bills(
        supplier=flows.supplier[head],
        buyer=flows.buyer[head],
        day=flows.day[head],
        due_day=flows.due_day[head],
        amount_minor=amount,
        payment_bill=np.concatenate((bill, alone)),
        payment_day=np.concatenate((day, flows.paid_day[head][alone])),
        payment_minor=np.concatenate((paid, amount[alone])),
    )


def outstanding(
    bills: Bills, *, firm: IntArray, last_day: IntArray, days: int, grace_days: int
) -> Outstanding:
    """Seen from `firm` (the bills' suppliers or buyers), at each firm's own last day.

    An invoice is overdue when its due date and `grace_days` are over.
    """
    size = len(last_day)
    end = last_day[firm]
    paid = np.zeros(len(firm), dtype=np.int64)
    in_time = bills.payment_day <= end[bills.payment_bill]
    np.add.at(paid, bills.payment_bill[in_time], bills.payment_minor[in_time])
    known = bills.day <= end
    left = np.where(known, np.clip(bills.amount_minor - paid, 0, None), 0)
    late = (bills.due_day != MISSING) & (bills.due_day + grace_days < end)
    overdue = np.where(late, left, 0)
    settled = in_time & (bills.payment_day > (end - days)[bills.payment_bill])
    at = bills.payment_bill[settled]
    took = np.clip(bills.payment_day[settled] - bills.day[at], 0, None)
    weight = sums(firm[at], bills.payment_minor[settled], size) + sums(firm, overdue, size)
    mass = sums(firm[at], took * bills.payment_minor[settled], size)
    mass += sums(firm, (end - bills.day) * overdue, size)
    return Outstanding(
        days=ratio(mass, weight),
        open_minor=sums(firm, left, size).astype(np.int64),
        overdue_minor=sums(firm, overdue, size).astype(np.int64),
    )


def overdue_ppm(*views: Outstanding) -> FloatArray:
    """Overdue share of all open invoices of these views together; 0 with none open."""
    late = np.sum([view.overdue_minor for view in views], axis=0)
    still_open = np.sum([view.open_minor for view in views], axis=0)
    share = ratio(late, still_open, otherwise=0.0)
    rounded: FloatArray = np.round(share * PPM)
    return rounded


def pays_seen(bills: Bills, *, firm: IntArray, size: int) -> BoolArray:
    """Firms with at least one payment in sight; without one nothing is known of lateness."""
    seen = np.zeros(size, dtype=bool)
    seen[firm[bills.payment_bill]] = True
    return seen


def _subtract_credits(flows: FlowTable, key: IntArray, amount: IntArray) -> None:
    rows = np.flatnonzero(flows.kind == FlowKind.CREDIT_NOTE)
    place = place_of(key, flows.invoice_key[rows])
    hit = place >= 0
    np.subtract.at(amount, place[hit], flows.amount_minor[rows[hit]])
    np.clip(amount, 0, None, out=amount)


def _paid_on(flows: FlowTable, key: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    rows = np.flatnonzero((flows.kind == FlowKind.PAYMENT) & (flows.amount_minor > 0))
    place = place_of(key, flows.invoice_key[rows])
    hit = place >= 0
    return place[hit], flows.day[rows[hit]], flows.amount_minor[rows[hit]]
