"""Goods that came, and goods that went back: fill rate, lead time, returns, by firm.

Each firm is seen from the side it is measured by: its sales where it sells, else its
purchases. Where receipts of an order are not seen, its despatches stand for them.
"""

from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray, place_of, ratio, sums
from risk.facts import MISSING, FlowKind, FlowTable, IntArray
from risk.policy import SignalPolicy
from risk.signals.windows import Windows, of_kind, pair_of
from risk.snapshot import Snapshot, in_window


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Order lines with what came on each: quantities in millionths, days after the order."""

    row: IntArray
    came_micro: IntArray
    lead_days: FloatArray


def fill_ppm(snapshot: Snapshot, *, sells: BoolArray, policy: SignalPolicy) -> FloatArray:
    """Amount-weighted share of the ordered quantity that came, over orders that fell due in
    the window; the last `fill_grace_days` are not judged yet. NaN where none fell due."""
    flows, lines = snapshot.flows, _lines(snapshot.flows)
    day, due = flows.day[lines.row], flows.due_day[lines.row]
    wanted = np.where(due == MISSING, day + policy.default_lead_days, due)
    judged_day = snapshot.day - policy.fill_grace_days
    judged = in_window(wanted, last_day=judged_day, days=policy.window_days)
    qty, amount = flows.qty_micro[lines.row], flows.amount_minor[lines.row]
    judged &= (qty > 0) & (amount > 0)
    part = ratio(np.clip(lines.came_micro, 0, qty), qty, otherwise=0.0)
    filled = _own_side(flows, lines.row, amount * part, judged, sells)
    ordered = _own_side(flows, lines.row, amount, judged, sells)
    rounded: FloatArray = np.round(ratio(filled, ordered) * PPM)
    return rounded


def lead_days(snapshot: Snapshot, *, sells: BoolArray) -> FloatArray:
    """Mean days from order to first delivery over the order lines that have one, weighted by
    amount; NaN where no order was delivered."""
    flows, lines = snapshot.flows, _lines(snapshot.flows)
    came = ~np.isnan(lines.lead_days) & (flows.amount_minor[lines.row] > 0)
    amount = flows.amount_minor[lines.row]
    took = _own_side(flows, lines.row, np.nan_to_num(lines.lead_days) * amount, came, sells)
    weight = _own_side(flows, lines.row, amount, came, sells)
    return ratio(took, weight)


def returns_multiple_ppm(
    flows: FlowTable, *, sells: BoolArray, windows: Windows, policy: SignalPolicy
) -> FloatArray:
    """Share of receipts sent back, current over base; 2,000,000 is doubled.

    Returns below `returns_floor_ppm` of receipts are noise and count as that floor in the
    base; NaN without receipts in both windows.
    """
    shares = []
    sent_back, came = of_kind(flows, FlowKind.RETURN), of_kind(flows, FlowKind.RECEIPT)
    sides = [
        (
            pair_of(sent_back, getattr(sent_back, side), windows=windows),
            pair_of(came, getattr(came, side), windows=windows),
        )
        for side in ("supplier", "buyer")
    ]
    for window in ("current", "base"):
        back = np.where(sells, *(getattr(side[0], window) for side in sides))
        whole = np.where(sells, *(getattr(side[1], window) for side in sides))
        shares.append(ratio(back, whole))
    floor = policy.returns_floor_ppm / PPM
    multiple: FloatArray = np.round(shares[0] / np.maximum(shares[1], floor) * PPM)
    return multiple


def _lines(flows: FlowTable) -> _Lines:
    is_order = (flows.kind == FlowKind.ORDER) & (flows.order_key != MISSING)
    rows = np.flatnonzero(is_order)
    key, first = np.unique(flows.order_key[rows], return_index=True)
    rows = rows[first]
    came: dict[FlowKind, IntArray] = {}
    earliest = np.full(len(key), np.iinfo(np.int64).max)
    for kind in (FlowKind.RECEIPT, FlowKind.DESPATCH):
        moved = np.flatnonzero(flows.kind == kind)
        came[kind] = np.zeros(len(key), dtype=np.int64)
        place = place_of(key, flows.order_key[moved])
        moved, place = moved[place >= 0], place[place >= 0]
        np.add.at(came[kind], place, flows.qty_micro[moved])
        np.minimum.at(earliest, place, flows.day[moved])
    receipts, despatches = came[FlowKind.RECEIPT], came[FlowKind.DESPATCH]
    seen = earliest < np.iinfo(np.int64).max
    return _Lines(
        row=rows,
        came_micro=np.where(receipts > 0, receipts, despatches),
        lead_days=np.where(seen, np.clip(earliest - flows.day[rows], 0, None), np.nan),
    )


def _own_side(
    flows: FlowTable,
    rows: IntArray,
    weight: FloatArray | IntArray,
    keep: BoolArray,
    sells: BoolArray,
) -> FloatArray:
    size = len(sells)
    rows, weight = rows[keep], weight[keep]
    sold = sums(flows.supplier[rows], weight, size)
    return np.where(sells, sold, sums(flows.buyer[rows], weight, size))
