"""Do order, goods, invoice and payment tell one story? Row by row, for a year of invoices.

An invoice line agrees when an order of the same two parties for the same item stands behind
it at that price, the goods received (or, unseen, despatched) cover its quantity, it does not
run ahead of them, and it was not paid before they came (unless it was prepaid). Where the quantity is covered in
part, that part of the amount agrees. Quantities of an order are used up by its invoices in
time order. An invoice younger than the waiting time whose goods are still to come is
pending: neither agreed nor broken.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, place_of, ratio
from risk.facts import MISSING, FlowKind, FlowTable, IntArray
from risk.policy import ReconcilePolicy
from risk.snapshot import YEAR_DAYS, Snapshot, in_window

# A row's first reason counts; 0 is agreement. Stored nowhere: reports carry the words.
REASONS: Final = (
    "agreed",
    "no_order",
    "party_differs",
    "item_differs",
    "price_differs",
    "not_received",
    "quantity_differs",
    "invoice_before_receipt",
    "paid_before_receipt",
    "overpaid",
    "pending",
)
PENDING: Final = REASONS.index("pending")
_FAR: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Reconciliation:
    """One entry an invoice line of the year, in the order of the snapshot.

    `row` is its position among the snapshot's flows; `agreed_minor` the part of its amount
    that agrees; quantities in millionths; `paid_minor` what the whole invoice was paid.
    """

    row: IntArray
    supplier: IntArray
    buyer: IntArray
    amount_minor: IntArray
    reason: IntArray
    agreed_minor: IntArray
    ordered_micro: IntArray
    received_micro: IntArray
    invoiced_micro: IntArray
    paid_minor: IntArray

    def judged(self) -> BoolArray:
        """Rows that are not pending."""
        return np.asarray(self.reason != PENDING, dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class _Orders:
    """Order lines by key, in rising key order, with what was received on each."""

    key: IntArray
    row: IntArray
    received_micro: IntArray
    first_day: IntArray


def reconcile(snapshot: Snapshot, *, policy: ReconcilePolicy) -> Reconciliation:
    """Hold every invoice line of the last twelve months against its order, goods and cash."""
    flows = snapshot.flows
    is_invoice = (flows.kind == FlowKind.INVOICE) & (flows.amount_minor > 0)
    every = np.flatnonzero(is_invoice)
    orders = _orders(flows)
    place = place_of(orders.key, flows.order_key[every])
    has_order = place >= 0
    at = np.where(has_order, place, 0)
    order_row = orders.row[at] if len(orders.row) else np.zeros(len(every), dtype=np.int64)
    received = np.where(has_order, _take(orders.received_micro, at), 0)
    used_before = _used_before(flows, every)
    qty = flows.qty_micro[every]
    left = np.clip(received - used_before, 0, None)
    covered = np.minimum(left + qty * policy.quantity_tolerance_ppm // PPM, qty)
    paid, first_paid, overpaid = _payments(flows, every, policy)
    tests = _tests(flows, every, order_row, has_order, policy)
    first_day = np.where(has_order, _take(orders.first_day, at), _FAR)
    waiting = flows.day[every] > snapshot.day - policy.receipt_wait_days
    tests["not_received"] = ~tests["no_order"] & (left == 0)
    tests["quantity_differs"] = covered < qty
    tests["invoice_before_receipt"] = first_day - flows.day[every] > policy.early_invoice_days
    # Paid before the invoice itself is a prepayment, agreed as such.
    tests["paid_before_receipt"] = (first_paid >= flows.day[every]) & (first_paid < first_day)
    tests["overpaid"] = overpaid
    reason = np.zeros(len(every), dtype=np.int64)
    for code in reversed(REASONS[1:-1]):
        reason[tests[code]] = REASONS.index(code)
    reason[tests["not_received"] & waiting & (first_paid == MISSING)] = PENDING
    agreed = _agreed(reason, flows.amount_minor[every], covered, qty)
    keep = in_window(flows.day[every], last_day=snapshot.day, days=YEAR_DAYS)
    return Reconciliation(
        row=every[keep],
        supplier=flows.supplier[every][keep],
        buyer=flows.buyer[every][keep],
        amount_minor=flows.amount_minor[every][keep],
        reason=reason[keep],
        agreed_minor=agreed[keep],
        ordered_micro=np.where(has_order, flows.qty_micro[order_row], 0)[keep],
        received_micro=left[keep],
        invoiced_micro=qty[keep],
        paid_minor=paid[keep],
    )


def _orders(flows: FlowTable) -> _Orders:
    is_order = (flows.kind == FlowKind.ORDER) & (flows.order_key != MISSING)
    rows = np.flatnonzero(is_order)
    key, first = np.unique(flows.order_key[rows], return_index=True)
    received, first_day = np.zeros((2, len(key)), dtype=np.int64)
    sent, first_sent = np.zeros((2, len(key)), dtype=np.int64)
    first_day[:] = first_sent[:] = _FAR
    for kind, total, earliest, sign in (
        (FlowKind.RECEIPT, received, first_day, 1),
        (FlowKind.RETURN, received, None, -1),
        (FlowKind.DESPATCH, sent, first_sent, 1),
    ):
        moved = np.flatnonzero(flows.kind == kind)
        place = place_of(key, flows.order_key[moved])
        moved, place = moved[place >= 0], place[place >= 0]
        np.add.at(total, place, sign * flows.qty_micro[moved])
        if earliest is not None:
            np.minimum.at(earliest, place, flows.day[moved])
    unseen = first_day == _FAR
    return _Orders(
        key=key,
        row=rows[first],
        received_micro=np.where(unseen, sent, received),
        first_day=np.where(unseen, first_sent, first_day),
    )


def _tests(
    flows: FlowTable,
    invoices: IntArray,
    order_row: IntArray,
    has_order: BoolArray,
    policy: ReconcilePolicy,
) -> dict[str, BoolArray]:
    """What the order says against each invoice line."""
    if not len(flows):
        nothing = np.zeros(0, dtype=bool)
        return dict.fromkeys(
            ("no_order", "party_differs", "item_differs", "price_differs"), nothing
        )
    same = (flows.supplier[order_row] == flows.supplier[invoices]) & (
        flows.buyer[order_row] == flows.buyer[invoices]
    )
    item, ordered_item = flows.item[invoices], flows.item[order_row]
    named = np.array([bool(name) for name in flows.items])
    qty = flows.qty_micro[order_row]
    share = ratio(flows.qty_micro[invoices], qty, otherwise=0.0)
    expected = flows.amount_minor[order_row] * share
    allowed = np.maximum(expected * policy.price_tolerance_ppm / PPM, policy.amount_tolerance_minor)
    # An invoice below the order's price harms nobody; above it is a break.
    dear = flows.amount_minor[invoices] - expected > allowed
    return {
        "no_order": ~has_order,
        "party_differs": ~same,
        "item_differs": (item != ordered_item) & named[item] & named[ordered_item],
        "price_differs": dear,
    }


def _used_before(flows: FlowTable, invoices: IntArray) -> IntArray:
    """Quantity that earlier invoices of the same order line took; rows come in day order."""
    key, qty = flows.order_key[invoices], flows.qty_micro[invoices]
    order = np.lexsort((np.arange(len(key)), key))
    running = np.cumsum(qty[order]) - qty[order]
    starts = np.flatnonzero(np.diff(key[order], prepend=key[order][:1] - 1))
    base = np.repeat(running[starts], np.diff(np.append(starts, len(key))))
    used = np.empty(len(key), dtype=np.int64)
    used[order] = running - base
    return used


def _payments(
    flows: FlowTable, invoices: IntArray, policy: ReconcilePolicy
) -> tuple[IntArray, IntArray, BoolArray]:
    """Paid amount and first payment day of each line's whole invoice, and whether it is
    paid beyond its total."""
    key, place = np.unique(flows.invoice_key[invoices], return_inverse=True)
    owed, paid = np.zeros((2, len(key)), dtype=np.int64)
    first = np.full(len(key), _FAR, dtype=np.int64)
    np.add.at(owed, place, flows.amount_minor[invoices])
    rows = np.flatnonzero(flows.kind == FlowKind.PAYMENT)
    found = place_of(key, flows.invoice_key[rows])
    rows, found = rows[found >= 0], found[found >= 0]
    np.add.at(paid, found, flows.amount_minor[rows])
    np.minimum.at(first, found, flows.day[rows])
    own = flows.paid_day[invoices]
    per_line = np.where(first[place] == _FAR, own, first[place])
    over = paid > owed + policy.amount_tolerance_minor
    known = key != MISSING
    return np.where(known, paid, 0)[place], per_line, (over & known)[place]


def _agreed(reason: IntArray, amount: IntArray, covered: IntArray, qty: IntArray) -> IntArray:
    part = ratio(covered, qty, otherwise=0.0)
    in_part = reason == REASONS.index("quantity_differs")
    return np.where(reason == 0, amount, np.where(in_part, (amount * part).astype(np.int64), 0))


def _take(values: IntArray, at: IntArray) -> IntArray:
    return values[at] if len(values) else np.zeros(len(at), dtype=np.int64)
