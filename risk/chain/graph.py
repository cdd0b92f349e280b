"""A weighted directed graph on plain arrays: edges run from supplier to buyer."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from scipy import sparse

from risk.arrays import BoolArray
from risk.chain import kernels
from risk.facts import FlowKind, FlowTable, IntArray
from risk.snapshot import Snapshot, in_window


class Layer(StrEnum):
    """Three views of one chain, kept apart."""

    GOODS = "goods"
    INVOICE = "invoice"
    CASH = "cash"


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """`size` firms and one edge a pair, sorted by (source, target); weights are positive.

    `kept` holds what several measures of the same graph would compute again.
    """

    size: int
    source: IntArray
    target: IntArray
    weight: IntArray
    kept: dict[str, Any] = field(default_factory=dict, repr=False)

    def sales(self) -> IntArray:
        """Value sold by each firm (out-strength)."""
        if "sales" not in self.kept:
            self.kept["sales"] = _totals(self.source, self.weight, self.size)
        found: IntArray = self.kept["sales"]
        return found

    def purchases(self) -> IntArray:
        """Value bought by each firm (in-strength)."""
        if "purchases" not in self.kept:
            self.kept["purchases"] = _totals(self.target, self.weight, self.size)
        found: IntArray = self.kept["purchases"]
        return found

    def selling(self) -> "Slices":
        """Edges by supplier."""
        if "selling" not in self.kept:
            start = kernels.bounds(self.size, self.source)
            self.kept["selling"] = Slices(start, np.arange(len(self.source)), self.target)
        found: Slices = self.kept["selling"]
        return found

    def buying(self) -> "Slices":
        """Edges by buyer, each buyer's in order of supplier."""
        if "buying" not in self.kept:
            start, edge = kernels.slices(self.size, self.target)
            self.kept["buying"] = Slices(start, edge, self.source[edge])
        found: Slices = self.kept["buying"]
        return found

    def matrix(self) -> sparse.csr_array:
        """Weights as a sparse matrix W[supplier, buyer]."""
        cells = (self.weight.astype(np.float64), self.target, self.selling().start)
        return sparse.csr_array(cells, shape=(self.size, self.size))

    def without(self, nodes: BoolArray) -> "Graph":
        """The same firms with every edge that touches `nodes` taken out."""
        keep = ~nodes[self.source] & ~nodes[self.target]
        return Graph(self.size, self.source[keep], self.target[keep], self.weight[keep])

    def merged(self, nodes: BoolArray) -> "Graph":
        """The same firms with `nodes` drawn together into the first of them.

        Edges inside the group disappear. Without `nodes` the graph is unchanged.
        """
        if not nodes.any():
            return self
        label = np.where(nodes, int(np.flatnonzero(nodes)[0]), np.arange(self.size))
        return graph_from_edges(
            size=self.size,
            source=label[self.source],
            target=label[self.target],
            weight=self.weight,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Slices:
    """Edges of each firm together: `start` bounds its slice of `edge` (numbers) and
    `partner` (the firm at the other end)."""

    start: IntArray
    edge: IntArray
    partner: IntArray


def graph_from_edges(*, size: int, source: IntArray, target: IntArray, weight: IntArray) -> Graph:
    """Add up parallel edges; self-loops and pairs whose total is not positive are left out.

    Both are findings elsewhere (self-trade, input quality); here they would distort every
    share and make the trophic system singular.
    """
    columns = (np.require(each, np.int64, ["C", "W"]) for each in (source, target, weight))
    return Graph(size, *kernels.merge_edges(size, *columns))


def layer_graph(snapshot: Snapshot, *, layer: Layer, days: int) -> Graph:
    """One layer over the `days` up to the snapshot's day.

    Goods: receipts less returns, and despatches for pairs whose receipts are not seen.
    Invoice: invoices less credit notes. Cash: payments.
    """
    flows = snapshot.flows
    recent = flows.rows(in_window(flows.day, last_day=snapshot.day, days=days))
    size = len(snapshot.parties)
    if layer is Layer.CASH:
        return _signed_graph(recent, size, plus=FlowKind.PAYMENT)
    if layer is Layer.INVOICE:
        return _signed_graph(recent, size, plus=FlowKind.INVOICE, minus=FlowKind.CREDIT_NOTE)
    received = _signed_graph(recent, size, plus=FlowKind.RECEIPT, minus=FlowKind.RETURN)
    sent = _signed_graph(recent, size, plus=FlowKind.DESPATCH)
    seen = np.isin(sent.source * size + sent.target, received.source * size + received.target)
    return graph_from_edges(
        size=size,
        source=np.concatenate((received.source, sent.source[~seen])),
        target=np.concatenate((received.target, sent.target[~seen])),
        weight=np.concatenate((received.weight, sent.weight[~seen])),
    )


def _signed_graph(
    flows: FlowTable, size: int, *, plus: FlowKind, minus: FlowKind | None = None
) -> Graph:
    wanted = [int(plus)] if minus is None else [int(plus), int(minus)]
    kept = flows.rows(np.isin(flows.kind, wanted) & (flows.amount_minor > 0))
    sign = np.where(kept.kind == int(plus), 1, -1)
    return graph_from_edges(
        size=size,
        source=kept.supplier,
        target=kept.buyer,
        weight=kept.amount_minor * sign,
    )


def _totals(index: IntArray, weight: IntArray, size: int) -> IntArray:
    """Exact sums by index: bincount would pass through floats, which round beyond 2**53."""
    positions, values = (np.require(each, np.int64, ["C", "W"]) for each in (index, weight))
    totals: IntArray = kernels.add_up(positions, values, size)
    return totals
