"""Invoice lines taken together as invoices, with what credit notes left of them."""

from dataclasses import dataclass

import numpy as np

from risk.arrays import BoolArray, place_of
from risk.facts import MISSING, FlowKind, FlowTable, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Invoices:
    """One entry an invoice. `row` is its first line; the lines of entry i are
    lines[start[i]:start[i + 1]]. `left_minor` is its amount less its credit notes."""

    row: IntArray
    supplier: IntArray
    buyer: IntArray
    document: IntArray
    day: IntArray
    amount_minor: IntArray
    left_minor: IntArray
    start: IntArray
    lines: IntArray

    def __len__(self) -> int:
        return len(self.row)

    def lines_of(self, entry: int) -> IntArray:
        """The flow rows of one invoice."""
        return self.lines[self.start[entry] : self.start[entry + 1]]


def invoices_gather(flows: FlowTable, *, kept: BoolArray) -> Invoices:
    """The invoices among the kept rows, in order of their key; lines without an invoice key
    belong together by pair and document."""
    rows = np.flatnonzero(kept & (flows.kind == FlowKind.INVOICE) & (flows.amount_minor > 0))
    key = _keys(flows, rows)
    order = np.lexsort((rows, key))
    lines = rows[order]
    names, first = np.unique(key[order], return_index=True)
    start = np.append(first, len(lines)).astype(np.int64)
    amount = np.add.reduceat(flows.amount_minor[lines], first) if len(lines) else lines
    credited = np.zeros(len(names), dtype=np.int64)
    credits_ = np.flatnonzero((flows.kind == FlowKind.CREDIT_NOTE) & (flows.invoice_key != MISSING))
    place = place_of(names, flows.invoice_key[credits_])
    found = place >= 0
    np.add.at(credited, place[found], np.abs(flows.amount_minor[credits_[found]]))
    head = lines[first] if len(lines) else lines
    return Invoices(
        row=head,
        supplier=flows.supplier[head],
        buyer=flows.buyer[head],
        document=flows.document[head],
        day=flows.day[head],
        amount_minor=amount,
        left_minor=amount - credited,
        start=start,
        lines=lines,
    )


def _keys(flows: FlowTable, rows: IntArray) -> IntArray:
    """Invoice keys, and negative numbers for lines without one."""
    size = max(len(flows.documents), 1)
    pair = flows.supplier[rows] * len(flows.parties) + flows.buyer[rows]
    other = -2 - (pair * size + flows.document[rows])
    return np.where(flows.invoice_key[rows] != MISSING, flows.invoice_key[rows], other)
