"""The card of a firm's neighbourhood: picture and table from one answer of the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from risk.queries.chain import EgoView
from scf.network.values import ref_id
from scf.portals.components import Text
from scf.portals.figures import money_compact
from scf.portals.risk_desk.ego_picture import picture
from scf.portals.risk_desk.ego_state import EgoState
from scf.portals.risk_desk.ego_table import EgoPair, EgoRow, EgoTable, rows_addresses
from scf.portals.risk_desk.ego_view import ego_view, folded, neighbourhood
from scf.portals.risk_desk.words import LAYERS


@dataclass(frozen=True, slots=True)
class EgoChip:
    """A layer or the anchor: words, whether it is on, where a press leads."""

    label: Text
    href: str
    is_on: bool
    layer: str = ""


@dataclass(frozen=True, slots=True)
class EgoCard:
    """All that risk/parts/ego.html needs."""

    party_ref: str
    name: str
    as_of: date
    layers: Sequence[EgoChip]
    anchor: EgoChip
    folded: str
    heads: Sequence[Text]
    rows: Sequence[EgoRow]
    pairs: Sequence[EgoPair]
    data: Mapping[str, Any]
    shown: int
    partners: int
    suppliers: int
    buyers: int
    total_in_minor: int
    total_out_minor: int
    is_capped: bool
    left_out: int
    disputed: int
    file: str
    is_wide: bool = False


def ego_card(
    *,
    programme_ref: str,
    party_ref: str,
    state: EgoState,
    address: str,
    on: date | None = None,
    wide: bool = False,
    findings: Sequence[Mapping[str, Any]] = (),
) -> EgoCard | None:
    """The card as of a day; None where no finished run knows the firm.

    ``address`` is the page's, to which what is pressed is added. ``findings`` are a report's:
    the rings among them are drawn.
    """
    view = ego_view(programme_ref=programme_ref, party_ref=party_ref, state=state, on=on)
    if view is None:
        return None
    what = folded(neighbourhood(view, rings=ring_words(findings)), opened=party_ref in state.opened)

    def to(other: EgoState) -> str:
        query = other.query()
        return f"{address}?{query}" if query else address

    rows_at = rows_addresses(what, on=view.as_of)
    table = EgoTable(what, view, state, rows_at, to)
    first = view.totals[0]
    shown = sum(1 for node in what.nodes if node.ref) - 1
    data = picture(what, tips=table.tips, labels=table.labels, rows=rows_at)
    return EgoCard(
        party_ref=party_ref,
        name=view.party_name,
        as_of=view.as_of,
        layers=[
            EgoChip(word, to(state.turned(layer)), layer in state.layers, layer)
            for layer, word in LAYERS.items()
        ],
        anchor=EgoChip(_("剔除核心企业"), to(state.anchor_turned()), state.without_anchor),
        folded=to(state.folded()) if state.opened else "",
        heads=[LAYERS[layer] for layer in state.layers],
        rows=table.rows(),
        pairs=table.pairs(),
        data={
            **data,
            "label": _("%(firm)s的供方与买方") % {"firm": view.party_name},
            "hint": table.hint,
            "layers": list(state.layers),
        },
        shown=shown,
        partners=max(one.suppliers for one in view.totals) + max(one.buyers for one in view.totals),
        suppliers=max(one.suppliers for one in view.totals),
        buyers=max(one.buyers for one in view.totals),
        total_in_minor=first.total_in_minor,
        total_out_minor=first.total_out_minor,
        is_capped=view.is_capped,
        left_out=view.edges_left,
        disputed=len({(one.source, one.target) for one in what.edges if one.is_disputed}),
        file=f"{reverse('risk:graph_data', args=[ref_id(party_ref)])}?{_file_query(state, view)}",
        is_wide=wide,
    )


def ring_words(findings: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """By pair the words of the ring of trade that it is part of: how fast, how much came back."""
    said: dict[tuple[str, str], str] = {}
    for one in findings:
        if one["code"] != "ring":
            continue
        facts = one["facts"]
        firms = str(facts["ring"]).split(">")
        words = _("%(days)s 天内回流 %(sum)s") % {
            "days": facts["days"],
            "sum": money_compact(int(facts["amount_minor"])),
        }
        for pair in zip(firms, [*firms[1:], firms[0]], strict=True):
            said.setdefault(pair, words)
    return said


def _file_query(state: EgoState, view: EgoView) -> str:
    return "&".join(part for part in (state.query(), f"on={view.as_of.isoformat()}") if part)
