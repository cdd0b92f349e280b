"""A snapshot's edges as arrays: who trades with whom, ranked by value, with the rows behind.

For every layer the edges stand by supplier, each supplier's largest buyer first, and once
more by buyer; the first k neighbours of a firm are the first k of its slice, whether it has
ten or thirty thousand. The rows of an edge stand together, in order of days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from risk.analysis import disputed_pairs
from risk.arrays import BoolArray
from risk.chain.graph import Layer
from risk.chain.peers import ROLE_ORDER, main_role
from risk.facts import EPOCH, FlowKind, IntArray
from risk.policy import Policy
from risk.reconciling import reconcile
from risk.snapshot import YEAR_DAYS, Snapshot, in_window

FORMAT: Final = 1
ROLES: Final = (*ROLE_ORDER, "other")
AnyArray = npt.NDArray[Any]
# Which rows make an edge of a layer, and which take from it.
PLUS: Final[Mapping[Layer, FlowKind]] = {
    Layer.GOODS: FlowKind.RECEIPT,
    Layer.INVOICE: FlowKind.INVOICE,
    Layer.CASH: FlowKind.PAYMENT,
}
MINUS: Final[Mapping[Layer, FlowKind]] = {
    Layer.GOODS: FlowKind.RETURN,
    Layer.INVOICE: FlowKind.CREDIT_NOTE,
}


@dataclass(frozen=True, slots=True, eq=False)
class ChainLayer:
    """One layer's arrays. Edges are numbered by supplier and falling value.

    `out_start` and `in_start` are the bounds of each firm's slice; `in_edge` are edge
    numbers by buyer and falling value; `row_start` bounds the rows of each edge.
    """

    out_start: IntArray
    source: AnyArray
    target: AnyArray
    amount_minor: IntArray
    documents: AnyArray
    disputed: AnyArray
    in_start: IntArray
    in_edge: AnyArray
    row_start: IntArray
    row_kind: AnyArray
    row_day: AnyArray
    row_amount_minor: IntArray
    row_id: IntArray
    row_document: AnyArray
    row_reason: AnyArray

    def sold(self, firm: int) -> IntArray:
        """Edge numbers of what the firm sold, the largest first."""
        return np.arange(int(self.out_start[firm]), int(self.out_start[firm + 1]))

    def bought(self, firm: int) -> IntArray:
        """Edge numbers of what the firm bought, the largest first."""
        edges: IntArray = self.in_edge[int(self.in_start[firm]) : int(self.in_start[firm + 1])]
        return edges

    def edge(self, supplier: int, buyer: int) -> int | None:
        """The number of an edge."""
        start, stop = int(self.out_start[supplier]), int(self.out_start[supplier + 1])
        found = np.flatnonzero(self.target[start:stop] == buyer)
        return start + int(found[0]) if len(found) else None


@dataclass(frozen=True, slots=True, eq=False)
class ChainView:
    """The whole chain; `layers` by name. Firms are numbered in order of reference."""

    as_of: date
    digest: str
    arrays: Mapping[str, AnyArray]
    layers: Mapping[Layer, ChainLayer]

    def __len__(self) -> int:
        return len(self.arrays["role"])

    def ref(self, firm: int) -> str:
        return _text(self.arrays, "ref", firm)

    def name(self, firm: int) -> str:
        return _text(self.arrays, "name", firm)

    def role(self, firm: int) -> str:
        return ROLES[int(self.arrays["role"][firm])]

    def document(self, number: int) -> str:
        return _text(self.arrays, "document", number)

    def anchor_mask(self) -> BoolArray:
        """The anchor's own entities (see `Snapshot.anchor_mask`)."""
        return np.asarray(self.arrays["anchor"], dtype=bool)

    def position(self, ref: str) -> int | None:
        """Where a party stands: by halving, since references are sorted."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.ref(middle) < ref:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self.ref(low) == ref else None


def view_arrays(snapshot: Snapshot, *, policy: Policy) -> dict[str, AnyArray]:
    """Everything a view is made of, as arrays to store. Twelve months up to the day."""
    rec = reconcile(snapshot, policy=policy.reconcile)
    size = len(snapshot.parties)
    reason = np.zeros(len(snapshot.flows), dtype=np.int8)
    reason[rec.row] = rec.reason
    pairs = np.array(
        sorted(s * size + b for s, b in disputed_pairs(rec, size, policy)), dtype=np.int64
    )
    arrays: dict[str, AnyArray] = {
        "day": np.array([snapshot.day], dtype=np.int64),
        "role": np.array([ROLES.index(main_role(p)) for p in snapshot.parties], dtype=np.int8),
        "anchor": snapshot.anchor_mask().astype(np.int8),
        "digest": np.frombuffer(snapshot.digest.encode(), dtype=np.uint8),
        **_texts("ref", [party.ref for party in snapshot.parties]),
        **_texts("name", [party.name for party in snapshot.parties]),
        **_texts("document", snapshot.flows.documents),
    }
    for layer in Layer:
        own = _layer_arrays(snapshot, layer, reason, pairs)
        arrays |= {f"{layer}.{name}": values for name, values in own.items()}
    return arrays


def view_of(arrays: Mapping[str, AnyArray]) -> ChainView:
    """The view on stored (or just made) arrays; raises KeyError when some are missing."""
    names = ChainLayer.__slots__
    return ChainView(
        as_of=EPOCH + timedelta(days=int(arrays["day"][0])),
        digest=bytes(arrays["digest"]).decode(),
        arrays=arrays,
        layers={
            layer: ChainLayer(**{name: arrays[f"{layer}.{name}"] for name in names})
            for layer in Layer
        },
    )


def _layer_arrays(
    snapshot: Snapshot, layer: Layer, reason: AnyArray, disputed: IntArray
) -> dict[str, AnyArray]:
    flows, size = snapshot.flows, max(len(snapshot.parties), 1)
    rows = _rows_of(snapshot, layer)
    sign = np.where(flows.kind[rows] == int(MINUS.get(layer, -1)), -1, 1)
    amount = flows.amount_minor[rows] * sign
    codes, edge = np.unique(flows.supplier[rows] * size + flows.buyer[rows], return_inverse=True)
    totals = np.zeros(len(codes), dtype=np.int64)
    np.add.at(totals, edge, amount)
    source, target = codes // size, codes % size
    # Largest first within a supplier; pairs that are no edge of the graph go to the end.
    is_edge = (source != target) & (totals > 0)
    order = np.lexsort((target, -totals, source, ~is_edge))[: int(is_edge.sum())]
    number = np.full(len(codes), -1, dtype=np.int64)
    number[order] = np.arange(len(order))
    source, target, totals, codes = source[order], target[order], totals[order], codes[order]
    kept = number[edge] >= 0
    rows, amount, edge = rows[kept], amount[kept], number[edge][kept]
    by_edge = np.argsort(edge, kind="stable")
    rows, amount, edge = rows[by_edge], amount[by_edge], edge[by_edge]
    in_edge = np.lexsort((source, -totals, target))
    return {
        "out_start": _bounds(source, size),
        "source": source.astype(np.int32),
        "target": target.astype(np.int32),
        "amount_minor": totals,
        "documents": _documents(edge, flows.document[rows], len(order)),
        "disputed": (np.isin(codes, disputed) & (layer is Layer.INVOICE)).astype(np.int8),
        "in_start": _bounds(target[in_edge], size),
        "in_edge": in_edge.astype(np.int32),
        "row_start": _bounds(edge, len(order)),
        "row_kind": flows.kind[rows].astype(np.int8),
        "row_day": flows.day[rows].astype(np.int32),
        "row_amount_minor": amount,
        "row_id": flows.row_id[rows],
        "row_document": flows.document[rows].astype(np.int32),
        "row_reason": reason[rows],
    }


def _rows_of(snapshot: Snapshot, layer: Layer) -> IntArray:
    """Rows of a layer's year, as `risk.chain.graph.layer_graph` counts them."""
    flows, size = snapshot.flows, max(len(snapshot.parties), 1)
    recent = in_window(flows.day, last_day=snapshot.day, days=YEAR_DAYS) & (flows.amount_minor > 0)
    wanted = [int(PLUS[layer]), *([int(MINUS[layer])] if layer in MINUS else [])]
    chosen = recent & np.isin(flows.kind, wanted)
    if layer is not Layer.GOODS:
        return np.flatnonzero(chosen)
    # What was sent counts where no receipts are seen.
    pair = flows.supplier * size + flows.buyer
    sign = np.where(flows.kind[chosen] == int(FlowKind.RETURN), -1, 1)
    codes, place = np.unique(pair[chosen], return_inverse=True)
    totals = np.zeros(len(codes), dtype=np.int64)
    np.add.at(totals, place, flows.amount_minor[chosen] * sign)
    seen = np.isin(pair, codes[totals > 0])
    sent = recent & (flows.kind == int(FlowKind.DESPATCH)) & ~seen
    return np.flatnonzero((chosen & seen) | sent)


def _documents(edge: IntArray, document: IntArray, edges: int) -> AnyArray:
    most = int(document.max(initial=0)) + 1
    pairs = np.unique(edge * most + document)
    return np.bincount(pairs // most, minlength=edges).astype(np.int32)


def _bounds(index: IntArray, size: int) -> IntArray:
    """Where each number's slice begins in a sorted index, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(np.bincount(index, minlength=size)))).astype(np.int64)


def _texts(name: str, values: Sequence[str]) -> dict[str, AnyArray]:
    data = [value.encode() for value in values]
    ends: Iterator[int] = (len(each) for each in data)
    bounds = np.concatenate(([0], np.cumsum(np.fromiter(ends, np.int64, len(data)))))
    return {
        f"{name}.text": np.frombuffer(b"".join(data), dtype=np.uint8),
        f"{name}.start": bounds.astype(np.int64),
    }


def _text(arrays: Mapping[str, AnyArray], name: str, number: int) -> str:
    bounds = arrays[f"{name}.start"]
    start, stop = int(bounds[number]), int(bounds[number + 1])
    return arrays[f"{name}.text"][start:stop].tobytes().decode()
