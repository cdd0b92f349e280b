"""The rows behind each reason of a verdict: a few of the weightiest, by firm."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from risk.facts import MISSING, FlowKind, FlowTable, IntArray
from risk.snapshot import QUARTER_DAYS, YEAR_DAYS, Snapshot, in_window

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which rows show a figure: kinds, seen from which side, ranked by what.

    `side`: "own" (sales for a seller, else purchases), "sold", "bought". `rank`: "amount"
    (largest first), "slow" (longest from invoice to payment, unpaid ones by age), "first".
    """

    kinds: tuple[FlowKind, ...]
    side: str
    rank: str = "amount"
    days: int = QUARTER_DAYS


_ORDERS: Final = _Choice((FlowKind.ORDER,), "own")
_SHIPMENTS: Final = _Choice((FlowKind.DESPATCH, FlowKind.RECEIPT), "own")
_PAYABLES: Final = _Choice((FlowKind.INVOICE,), "bought", "slow", YEAR_DAYS)
_RECEIVABLES: Final = _Choice((FlowKind.INVOICE,), "sold", "slow", YEAR_DAYS)
_PURCHASES: Final = _Choice((FlowKind.INVOICE,), "bought")

CHOICES: Final[Mapping[str, _Choice]] = {
    "history": _Choice((FlowKind.ORDER, FlowKind.INVOICE), "own", "first", 100 * YEAR_DAYS),
    "orders_growth": _ORDERS,
    "orders_fall": _ORDERS,
    "request_need": _ORDERS,
    "request_excess": _ORDERS,
    "shipment_gap": _SHIPMENTS,
    "fill_rate": _SHIPMENTS,
    "returns": _Choice((FlowKind.RETURN,), "own"),
    "purchases_growth": _PURCHASES,
    "suppliers_lost": _PURCHASES,
    "dpo_rise": _PAYABLES,
    "dpo_jump": _PAYABLES,
    "overdue_payables": _PAYABLES,
    "prepay_rise": _Choice((FlowKind.PAYMENT,), "bought"),
    "overdue": _RECEIVABLES,
    "dso_jump": _RECEIVABLES,
    "refinanced": _Choice((FlowKind.REPAYMENT,), "sold"),
    "distressed_customers": _Choice((FlowKind.INVOICE,), "sold", days=YEAR_DAYS),
}


@dataclass(frozen=True, slots=True, eq=False)
class RowIndex:
    """Rows by supplier and by buyer, each firm's in the snapshot's order of days."""

    sold_order: IntArray
    sold_start: IntArray
    bought_order: IntArray
    bought_start: IntArray

    def sold(self, firm: int) -> IntArray:
        """Positions of the rows in which the firm supplies."""
        return self.sold_order[self.sold_start[firm] : self.sold_start[firm + 1]]

    def bought(self, firm: int) -> IntArray:
        """Positions of the rows in which the firm buys."""
        return self.bought_order[self.bought_start[firm] : self.bought_start[firm + 1]]


def rows_index(snapshot: Snapshot) -> RowIndex:
    """Sort the rows once, so that one firm's are found at once."""
    flows, marks = snapshot.flows, np.arange(len(snapshot.parties) + 1)
    sold = np.argsort(flows.supplier, kind="stable")
    bought = np.argsort(flows.buyer, kind="stable")
    return RowIndex(
        sold_order=sold,
        sold_start=np.searchsorted(flows.supplier[sold], marks),
        bought_order=bought,
        bought_start=np.searchsorted(flows.buyer[bought], marks),
    )


def reason_rows(
    snapshot: Snapshot, *, index: RowIndex, firm: int, sells: bool
) -> dict[str, list[int]]:
    """By reason code the positions of the rows that show it best."""
    chosen: dict[_Choice, list[int]] = {}
    for choice in CHOICES.values():
        if choice not in chosen:
            chosen[choice] = _chosen(snapshot, index, firm, sells, choice)
    return {code: chosen[choice] for code, choice in CHOICES.items()}


def _chosen(
    snapshot: Snapshot, index: RowIndex, firm: int, sells: bool, choice: _Choice
) -> list[int]:
    flows = snapshot.flows
    is_sale = choice.side == "sold" or (choice.side == "own" and sells)
    rows = index.sold(firm) if is_sale else index.bought(firm)
    kind = flows.kind[rows]
    kept = kind == choice.kinds[0]
    for other in choice.kinds[1:]:
        kept |= kind == other
    kept &= in_window(flows.day[rows], last_day=snapshot.day, days=choice.days)
    rows = rows[kept & (flows.amount_minor[rows] > 0)]
    if choice.rank == "first":
        return [int(row) for row in rows[:MOST]]
    weight = (
        flows.amount_minor[rows] if choice.rank == "amount" else _slowness(flows, rows, snapshot)
    )
    return [int(row) for row in rows[np.argsort(-weight, kind="stable")[:MOST]]]


def _slowness(flows: FlowTable, rows: IntArray, snapshot: Snapshot) -> IntArray:
    paid = flows.paid_day[rows]
    return np.where(paid == MISSING, snapshot.day, paid) - flows.day[rows]
