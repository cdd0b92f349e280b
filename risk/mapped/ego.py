"""One firm's neighbourhood for a page: the largest partners by name, the others as "+N".

Totals come from the whole chain, not from what is drawn. A firm that is expanded shows its
own partners, twenty more each time it is named; what no longer fits under the cap stays in
the "+N" of its side. The same arrays and the same wishes give the same picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from risk.arrays import BoolArray
from risk.chain.graph import Layer
from risk.facts import IntArray
from risk.mapped.chain import ChainLayer, ChainView

STEP: Final = 20
CAP: Final = 300
EDGES_MOST: Final = 1_500  # a page draws no more; the largest between neighbours are kept
SIDES: Final = ("supplier", "buyer")


@dataclass(frozen=True, slots=True)
class EgoNode:
    """A firm, or (ref None) the `count` further partners of `parent_ref` on a side.

    `side` is its side of the parent: "supplier", "buyer", or "centre" for the firm itself.
    `hop` counts steps of expansion from the centre. `total_minor` is what it trades with the
    parent in the first layer shown; `sold_minor` and `bought_minor` are its own totals there.
    `more` counts its partners that are not shown.
    """

    key: str
    ref: str | None
    name: str
    role: str
    side: str
    hop: int
    rank: int
    count: int
    parent_ref: str
    total_minor: int
    sold_minor: int
    bought_minor: int
    more: int
    is_anchor: bool


@dataclass(frozen=True, slots=True)
class EgoEdge:
    """Value from `source` to `target` (keys of nodes) in one layer; `documents` behind it.

    Between a firm and a "+N" `documents` is 0: only the edge of a pair opens its rows.
    """

    source: str
    target: str
    layer: str
    amount_minor: int
    documents: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class LayerTotals:
    """What the firm trades in a layer, all partners counted."""

    layer: str
    suppliers: int
    buyers: int
    total_in_minor: int
    total_out_minor: int


@dataclass(frozen=True, slots=True)
class EgoView:
    """`is_capped`: more was asked for than `cap` nodes; `edges_left` were not drawn."""

    nodes: tuple[EgoNode, ...]
    edges: tuple[EgoEdge, ...]
    totals: tuple[LayerTotals, ...]
    is_capped: bool
    edges_left: int


@dataclass(slots=True)
class _Shown:
    """A firm on the page: where it came from and where it stands there."""

    firm: int
    side: str
    hop: int
    rank: int
    parent: int


def ego_view(
    view: ChainView,
    *,
    centre: int,
    layers: Sequence[Layer],
    expanded: Sequence[int] = (),
    without_anchor: bool = False,
    cap: int = CAP,
) -> EgoView:
    """The neighbourhood of `centre` in the given layers, the first of which ranks.

    A firm named n times in `expanded` shows 20 n partners a side; the centre 20 more than
    that. Names that are not on the page are passed over.
    """
    picture = _Picture(view, layers, without_anchor=without_anchor, cap=cap, centre=centre)
    wanted = Counter(expanded)
    picture.open(centre, STEP * (1 + wanted.pop(centre, 0)))
    for firm, times in wanted.items():
        if firm in picture.shown:
            picture.open(firm, STEP * times)
    return picture.drawn()


class _Picture:
    """A page being put together, within its cap."""

    def __init__(
        self,
        view: ChainView,
        layers: Sequence[Layer],
        *,
        without_anchor: bool,
        cap: int,
        centre: int,
    ) -> None:
        self.view, self.names, self.cap = view, layers, cap
        self.anchor = view.anchor_mask()
        self.hidden: BoolArray | None = self.anchor.copy() if without_anchor else None
        if self.hidden is not None:
            self.hidden[centre] = False
        self.shown: dict[int, _Shown] = {centre: _Shown(centre, "centre", 0, 0, centre)}
        self.opened: list[int] = []
        self.is_capped = False

    def open(self, firm: int, steps: int) -> None:
        """Show a firm's `steps` largest partners of each side and layer; under a tight cap
        both sides get their share."""
        if len(self.shown) + 2 * (len(self.opened) + 1) > self.cap:
            self.is_capped = True
            return
        self.opened.append(firm)
        hop = self.shown[firm].hop + 1
        sides = [self._largest(firm, side, steps) for side in SIDES]
        for rank in range(max(map(len, sides))):
            for side, partners in zip(SIDES, sides, strict=True):
                if rank >= len(partners) or partners[rank] in self.shown:
                    continue
                if len(self.shown) + 2 * len(self.opened) >= self.cap:
                    self.is_capped = True
                    return
                self.shown[partners[rank]] = _Shown(partners[rank], side, hop, rank + 1, firm)

    def drawn(self) -> EgoView:
        """The page: nodes, edges among them, the rest of each opened firm, totals."""
        on_page = np.zeros(len(self.view), dtype=bool)
        on_page[list(self.shown)] = True
        rests = [
            rest
            for firm in self.opened
            for side in SIDES
            for rest in self._rest(firm, side, on_page)
        ]
        edges, left = _largest_edges(list(self._edges(on_page)), set(map(self._key, self.opened)))
        nodes = [*map(self._node, self.shown.values()), *(node for node, _ in rests)]
        return EgoView(
            nodes=tuple(nodes),
            edges=(*edges, *(edge for _, own in rests for edge in own)),
            totals=tuple(self._totals(name) for name in self.names),
            is_capped=self.is_capped,
            edges_left=left,
        )

    def _key(self, firm: int) -> str:
        return self.view.ref(firm)

    def _side(self, name: Layer, firm: int, side: str) -> tuple[ChainLayer, IntArray, IntArray]:
        """A layer, the firm's edges on a side and the partners there, the largest first."""
        layer = self.view.layers[name]
        edges = layer.bought(firm) if side == "supplier" else layer.sold(firm)
        partners: IntArray = (layer.source if side == "supplier" else layer.target)[edges]
        if self.hidden is not None:
            seen = ~self.hidden[partners]
            edges, partners = edges[seen], partners[seen]
        return layer, edges, partners

    def _largest(self, firm: int, side: str, steps: int) -> list[int]:
        found: dict[int, None] = {}
        for name in self.names:
            found.update(dict.fromkeys(self._side(name, firm, side)[2][:steps].tolist()))
        return list(found)

    def _rest(
        self, firm: int, side: str, on_page: BoolArray
    ) -> Iterator[tuple[EgoNode, list[EgoEdge]]]:
        """The "+N" of one side, if any: the partners not on the page, and their value."""
        own, key = self._key(firm), f"rest:{self._key(firm)}:{side}"
        ends = (key, own) if side == "supplier" else (own, key)
        others, edges, first = [], [], 0
        for number, name in enumerate(self.names):
            layer, numbers, partners = self._side(name, firm, side)
            away = ~on_page[partners]
            left = numbers[away]
            others.append(partners[away])
            total = int(layer.amount_minor[left].sum())
            first = total if number == 0 else first
            if len(left):
                disputed = bool(layer.disputed[left].any())
                edges.append(EgoEdge(*ends, str(name), total, 0, disputed))
        count = len(np.unique(np.concatenate(others)))
        if count:
            hop = self.shown[firm].hop + 1
            yield (
                EgoNode(key, None, "", "", side, hop, 0, count, own, first, 0, 0, 0, False),
                edges,
            )

    def _edges(self, on_page: BoolArray) -> Iterator[EgoEdge]:
        for name in self.names:
            layer = self.view.layers[name]
            for firm in self.shown:
                start, stop = int(layer.out_start[firm]), int(layer.out_start[firm + 1])
                for place in np.flatnonzero(on_page[layer.target[start:stop]]).tolist():
                    edge = start + place
                    yield EgoEdge(
                        source=self._key(firm),
                        target=self._key(int(layer.target[edge])),
                        layer=str(name),
                        amount_minor=int(layer.amount_minor[edge]),
                        documents=int(layer.documents[edge]),
                        disputed=bool(layer.disputed[edge]),
                    )

    def _node(self, own: _Shown) -> EgoNode:
        view, first = self.view, self.view.layers[self.names[0]]
        sold, bought = first.sold(own.firm), first.bought(own.firm)
        return EgoNode(
            key=self._key(own.firm),
            ref=self._key(own.firm),
            name=view.name(own.firm),
            role=view.role(own.firm),
            side=own.side,
            hop=own.hop,
            rank=own.rank,
            count=1,
            parent_ref="" if own.side == "centre" else self._key(own.parent),
            total_minor=self._between(first, own),
            sold_minor=int(first.amount_minor[sold].sum()),
            bought_minor=int(first.amount_minor[bought].sum()),
            more=self._more(own.firm),
            is_anchor=bool(self.anchor[own.firm]),
        )

    def _between(self, layer: ChainLayer, own: _Shown) -> int:
        if own.side == "centre":
            return 0
        pair = (own.firm, own.parent) if own.side == "supplier" else (own.parent, own.firm)
        edge = layer.edge(*pair)
        return 0 if edge is None else int(layer.amount_minor[edge])

    def _more(self, firm: int) -> int:
        """Partners of the ranking layer that are not on the page."""
        seen = 0
        for side in SIDES:
            partners = self._side(self.names[0], firm, side)[2]
            seen += sum(1 for partner in partners[: self.cap].tolist() if partner not in self.shown)
            seen += max(len(partners) - self.cap, 0)
        return seen

    def _totals(self, name: Layer) -> LayerTotals:
        centre = self.opened[0]
        layer, bought, suppliers = self._side(name, centre, "supplier")
        _, sold, buyers = self._side(name, centre, "buyer")
        return LayerTotals(
            layer=str(name),
            suppliers=len(suppliers),
            buyers=len(buyers),
            total_in_minor=int(layer.amount_minor[bought].sum()),
            total_out_minor=int(layer.amount_minor[sold].sum()),
        )


def _largest_edges(edges: list[EgoEdge], parents: set[str]) -> tuple[list[EgoEdge], int]:
    """Those of opened firms first, then the largest, up to `EDGES_MOST`."""
    if len(edges) <= EDGES_MOST:
        return edges, 0
    ranked = sorted(
        edges, key=lambda e: (not ({e.source, e.target} & parents), -e.amount_minor, e.source)
    )
    return ranked[:EDGES_MOST], len(edges) - EDGES_MOST
