"""Which goods stand behind an invoice: what was sent, delivered and received on its order.

Movements and invoices are joined by their order line; without one, by the pair and the item.
A despatch that its carrier never delivered moved nothing, where carriers usually report; one
of the last weeks may still be on its way.
"""

from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, place_of, ratio, sums
from risk.facts import MISSING, FlowKind, FlowTable, IntArray

FAR = int(np.iinfo(np.int64).max)
TRANSIT_DAYS = 21
USUAL = 0.8
UNUSUAL = 0.3
ORDERS_LEAST = 5


@dataclass(frozen=True, slots=True, eq=False)
class Goods:
    """One entry an order line (or pair and item), in rising order of `key`.

    Amounts at the order's price; first days are `FAR` where nothing moved. `delivered` counts
    a despatch in transit. `supplier` and `buyer` are those of its first row.
    """

    key: IntArray
    supplier: IntArray
    buyer: IntArray
    invoiced_minor: IntArray
    received_minor: IntArray
    sent_minor: IntArray
    delivered_minor: IntArray
    first_received: IntArray
    first_sent: IntArray

    def place(self, flows: FlowTable, rows: IntArray) -> IntArray:
        """The entry of each row."""
        return place_of(self.key, goods_key(flows, rows))


def goods_key(flows: FlowTable, rows: IntArray) -> IntArray:
    """What joins a row with its goods: the order line, else the pair and item (negative)."""
    pair = flows.supplier[rows] * len(flows.parties) + flows.buyer[rows]
    other = -2 - (pair * max(len(flows.items), 1) + flows.item[rows])
    order = flows.order_key[rows]
    return np.where(order != MISSING, order, other)


def goods_moved(flows: FlowTable, *, last_day: int) -> Goods:
    """What moved and what was invoiced, by order line."""
    kinds = (FlowKind.INVOICE, FlowKind.RECEIPT, FlowKind.DESPATCH, FlowKind.RETURN)
    rows = np.flatnonzero(np.isin(flows.kind, [int(kind) for kind in kinds]))
    rows = rows[flows.amount_minor[rows] > 0]
    key, first, place = np.unique(goods_key(flows, rows), return_index=True, return_inverse=True)
    kind, amount, day = flows.kind[rows], flows.amount_minor[rows], flows.day[rows]

    def total(mask: BoolArray) -> IntArray:
        found = np.zeros(len(key), dtype=np.int64)
        np.add.at(found, place[mask], amount[mask])
        return found

    def earliest(mask: BoolArray) -> IntArray:
        found = np.full(len(key), FAR, dtype=np.int64)
        np.minimum.at(found, place[mask], day[mask])
        return found

    sent = kind == FlowKind.DESPATCH
    arrived = sent & _arrived(flows, rows, sent, last_day)
    received = kind == FlowKind.RECEIPT
    return Goods(
        key=key,
        supplier=flows.supplier[rows][first],
        buyer=flows.buyer[rows][first],
        invoiced_minor=total(kind == FlowKind.INVOICE),
        received_minor=total(received) - total(kind == FlowKind.RETURN),
        sent_minor=total(sent),
        delivered_minor=total(arrived),
        first_received=earliest(received),
        first_sent=earliest(sent),
    )


def carrier_expected(goods: Goods, *, size: int) -> BoolArray:
    """Entries whose goods should have come by a carrier: the chain's usually do, and this
    supplier's not habitually without one. Where few were seen of a supplier, the chain's
    habit counts."""
    judged = (goods.received_minor > 0) & (goods.invoiced_minor > 0)
    carried = judged & (goods.delivered_minor > 0)
    if not judged.any() or carried.sum() < USUAL * judged.sum():
        usual = np.zeros(size, dtype=bool)
    else:
        usual = np.ones(size, dtype=bool)
    seen = sums(goods.supplier[judged], np.ones(int(judged.sum())), size)
    with_one = sums(goods.supplier[carried], np.ones(int(carried.sum())), size)
    share = ratio(with_one, seen, otherwise=1.0)
    own = seen >= ORDERS_LEAST
    usual = np.where(own & (share >= USUAL), True, usual)
    usual = np.where(own & (share <= UNUSUAL), False, usual)
    return np.asarray(usual[goods.supplier], dtype=bool)


def moved_ppm(
    flows: FlowTable, rows: IntArray, *, last_day: int, any_paper: bool = False
) -> IntArray:
    """How much of each invoice row's amount has goods behind it, in ppm, at most all.

    A receipt or a despatch will do where no carrier is expected, or everywhere (`any_paper`).
    """
    goods = goods_moved(flows, last_day=last_day)
    moved = np.maximum(goods.received_minor, goods.sent_minor)
    if not any_paper:
        needs_carrier = carrier_expected(goods, size=len(flows.parties))
        moved = np.where(needs_carrier, goods.delivered_minor, moved)
    moved = np.clip(moved, 0, None)
    share = np.floor(np.minimum(ratio(moved, goods.invoiced_minor, otherwise=0.0), 1.0) * PPM)
    place = goods.place(flows, rows)
    return np.where(place >= 0, share[np.maximum(place, 0)], 0).astype(np.int64)


def _arrived(flows: FlowTable, rows: IntArray, sent: BoolArray, last_day: int) -> BoolArray:
    """Despatches that were delivered, or may still be; all, where carriers do not report."""
    reported = flows.paid_day[rows] != MISSING
    young = flows.day[rows] > last_day - TRANSIT_DAYS
    old = sent & ~young
    if not old.any() or reported[old].mean() < USUAL:
        return np.ones(len(rows), dtype=bool)
    return np.asarray(reported | young, dtype=bool)
