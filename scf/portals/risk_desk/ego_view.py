"""A firm's neighbourhood as the server answers it, with columns and sums for the picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from ledger.errors import DomainError
from risk.comparing import Partner
from risk.queries.chain import EgoView, ego_get
from scf.portals.risk_desk.ego_picture import Edge, Neighbourhood, Node
from scf.portals.risk_desk.ego_state import EgoState

FIRST_SUPPLIERS = 8
FIRST_BUYERS = 7
ALL_STEPS = 9  # of 20 a side: what the cap lets through


def ego_view(
    *, programme_ref: str, party_ref: str, state: EgoState, on: date | None
) -> EgoView | None:
    """The server's answer; the firm's own first opening shows what was folded away."""
    opened = list(state.opened)
    if party_ref in opened:
        opened.remove(party_ref)
    try:
        return ego_get(
            programme_ref=programme_ref,
            party_ref=party_ref,
            on=on,
            layers=state.layers,
            expanded=opened,
            without_anchor=state.without_anchor,
        )
    except DomainError as error:
        if error.code in ("risk.run_missing", "risk.party_unknown"):
            return None
        raise


def neighbourhood(view: EgoView, *, rings: Mapping[tuple[str, str], str]) -> Neighbourhood:
    """The answer with a column for every node, and sums by layer from the edges.

    ``rings`` are words for the pairs that are part of a ring of trade.
    """
    edges = tuple(
        Edge(
            one.source,
            one.target,
            one.layer,
            one.amount_minor,
            one.documents,
            # That some of the others disagree is told by their own edges, once they are shown.
            one.disputed and one.documents > 0,
            rings.get((one.source, one.target), "") if one.layer == "invoice" else "",
        )
        for one in view.edges
    )
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for edge in edges:
        sums[edge.source, edge.target][edge.layer] = edge.amount_minor
    columns = {view.party_ref: 0}
    nodes = []
    for one in view.nodes:
        step = {"supplier": -1, "buyer": 1}.get(one.side, 0)
        column = columns.setdefault(one.key, columns.get(one.parent_ref, 0) + step)
        ends = (one.key, one.parent_ref) if step < 0 else (one.parent_ref, one.key)
        nodes.append(
            Node(
                key=one.key,
                ref=one.ref or "",
                name=one.name,
                role=one.role,
                side=one.side,
                hop=one.hop,
                parent=one.parent_ref,
                column=column,
                count=one.count,
                totals=sums.get(ends, {}),
                more=one.more,
            )
        )
    return Neighbourhood(tuple(nodes), edges)


def folded(what: Neighbourhood, *, opened: bool) -> Neighbourhood:
    """The first look: 8 suppliers and 7 buyers by name, the others as "+N"."""
    if opened:
        return what
    centre = what.nodes[0].key
    kept: list[Node] = []
    edges = list(what.edges)
    gone: set[str] = set()
    for side, most in (("supplier", FIRST_SUPPLIERS), ("buyer", FIRST_BUYERS)):
        own = [one for one in what.nodes if one.parent == centre and one.side == side and one.ref]
        others = sorted(own, key=lambda one: -one.value)[most:]
        rest = [one for one in what.nodes if one.key == f"rest:{centre}:{side}"]
        away = {one.key for one in others}
        # A firm whose partners are on the page stays there with them.
        away -= {one.parent for one in what.nodes}
        if not away:
            kept += rest
            continue
        gone |= away | {one.key for one in rest}
        merged, sums = _rest(centre, side, [*rest, *(one for one in others if one.key in away)])
        kept.append(merged)
        edges += sums
    return Neighbourhood(
        tuple([one for one in what.nodes if one.key not in gone and one not in kept] + kept),
        tuple(one for one in edges if one.source not in gone and one.target not in gone),
    )


def _rest(centre: str, side: str, others: Sequence[Node]) -> tuple[Node, list[Edge]]:
    """The "+N" of what is folded away. Its key differs from the server's, so that no edge of
    the server's own rest is taken for it."""
    key = f"rest:{centre}:{side}:all"
    totals: dict[str, int] = defaultdict(int)
    for one in others:
        for layer, minor in one.totals.items():
            totals[layer] += minor
    step = -1 if side == "supplier" else 1
    number = sum(one.count for one in others)
    node = Node(key, "", "", "", side, 1, centre, step, number, dict(totals))
    ends = (key, centre) if step < 0 else (centre, key)
    return node, [Edge(*ends, layer, minor, 0, False) for layer, minor in totals.items()]


def partners_of(
    *, programme_ref: str, party_ref: str, layer: str, on: date, without_anchor: bool = False
) -> tuple[list[Partner], bool]:
    """A firm's partners in one layer as of a day, and whether there were too many to name."""
    state = EgoState((layer,), without_anchor, (party_ref,) * ALL_STEPS)
    view = ego_view(programme_ref=programme_ref, party_ref=party_ref, state=state, on=on)
    if view is None:
        return [], False
    own = [one for one in view.nodes if one.parent_ref == party_ref]
    named = [
        Partner(one.ref, one.name, one.side, one.role, one.total_minor) for one in own if one.ref
    ]
    return named, any(not one.ref for one in own)
