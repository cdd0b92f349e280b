"""Where the firms of a neighbourhood stand: flows run left to right. Pure.

Columns are computed, never simulated: suppliers' suppliers, suppliers, the firm, buyers, their
buyers. Within a column the order is by value, so the same snapshot gives the same picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CENTRE = "centre"
ANCHOR_ROLES = ("anchor", "obligor")
SHARES = 10_000
INSETS = 3
CROWD = 24


@dataclass(frozen=True, slots=True)
class Node:
    """A firm, or (``ref`` empty) the ``count`` others on a side of ``parent``.

    ``side`` is its side of the parent: centre, supplier or buyer. ``column`` is below zero left
    of the firm in the middle, above it right. ``totals`` are minor units by layer between the
    node and its parent. ``more`` counts partners of its own that are not shown.
    """

    key: str
    ref: str
    name: str
    role: str
    side: str
    hop: int
    parent: str
    column: int
    count: int
    totals: Mapping[str, int]
    more: int = 0

    @property
    def value(self) -> int:
        """What its size and place follow: the largest of the chosen layers."""
        return max(self.totals.values(), default=0)

    @property
    def colour(self) -> str:
        """self, anchor, supplier or buyer: the role that the legend names."""
        if self.side == CENTRE:
            return "self"
        if self.role in ANCHOR_ROLES:
            return "anchor"
        return "supplier" if self.column < 0 else "buyer"


@dataclass(frozen=True, slots=True)
class Edge:
    """What flowed between two nodes in one layer; without ``documents`` it has no rows."""

    source: str
    target: str
    layer: str
    amount_minor: int
    documents: int
    is_disputed: bool
    ring: str = ""  # words, where it is part of a ring of trade

    @property
    def key(self) -> str:
        """Its name on the page."""
        return f"{self.source}>{self.target}>{self.layer}"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A firm's neighbourhood, the centre first, then the largest."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def places(nodes: Sequence[Node]) -> dict[str, tuple[int, int]]:
    """By key: the place in the column, 0 to 1000 from the top, and the step inwards.

    A column's nodes follow the order of their parents, then their own; the firm itself stands
    in the middle of its column.
    """
    columns: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        columns[node.column].append(node)
    centre = nodes[0]
    found: dict[str, tuple[int, int]] = {centre.key: (500, 0)}
    for column in sorted(columns, key=lambda one: (one == 0, abs(one), one)):
        own = [node for node in columns[column] if node is not centre]
        own.sort(key=lambda one: found.get(one.parent, (0, 0))[0])
        if column == 0:
            own.insert(len(own) // 2, centre)
        total, turns = len(own), INSETS if len(own) > CROWD else 2
        for index, node in enumerate(own):
            if node is not centre:
                found[node.key] = (1000 * (2 * index + 1) // (2 * total), index % turns)
    return found


def picture(
    what: Neighbourhood,
    *,
    tips: Mapping[str, str],
    labels: Mapping[str, str],
    rows: Mapping[str, str],
) -> dict[str, Any]:
    """What ego.js draws: nodes with their places, links with their share of the largest.

    ``rows`` are the addresses behind edges. A link is round where it runs against the columns.
    """
    stand = places(what.nodes)
    columns = {one.key: one.column for one in what.nodes}
    most_node = max((one.value for one in what.nodes if one.ref), default=0) or 1
    most_edge = max((one.amount_minor for one in what.edges), default=0) or 1
    nodes = []
    for node in what.nodes:
        y, inset = stand[node.key]
        nodes.append(
            {
                "key": node.key,
                "label": labels[node.key],
                "tip": tips[node.key],
                "role": node.colour,
                "more": not node.ref,
                "column": node.column,
                "y": y,
                "inset": inset,
                "share": min(node.value, most_node) * SHARES // most_node,
            }
        )
    links = [
        {
            "key": edge.key,
            "from": edge.source,
            "to": edge.target,
            "layer": edge.layer,
            "share": edge.amount_minor * SHARES // most_edge,
            "bad": edge.is_disputed or bool(edge.ring),
            "words": edge.ring,
            "round": columns[edge.source] >= columns[edge.target],
            "rows": rows.get(edge.key, ""),
            "tip": tips[edge.key],
        }
        for edge in what.edges
    ]
    return {"self": what.nodes[0].key, "nodes": nodes, "links": links}
