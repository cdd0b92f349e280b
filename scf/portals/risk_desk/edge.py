"""The rows behind one edge of the graph: on a page of their own, or under the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.queries.chain import EdgeRow, EdgeRows, edge_rows
from scf.network.values import Role, party_ref
from scf.portals.components import Text
from scf.portals.risk_desk.ego import EgoChip
from scf.portals.risk_desk.ego_state import day_read
from scf.portals.risk_desk.words import BREAKS, FLOW_KINDS, LAYERS
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Asked, Column, Table, Window

UNDER_THE_PICTURE = 25
AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row in words; ``href`` leads to its documents side by side."""

    kind: Text
    document: str
    on_date: date | None
    amount_minor: int
    reason: Text
    href: str


@portal_view(role=Role.RISK)
def edge(request: PortalRequest) -> HttpResponse:
    """``?seller=12&buyer=5&layer=invoice&on=2026-03-18``; raises ``risk.edge_unknown``."""
    layer = request.GET.get("layer", "")
    layer = layer if layer in LAYERS else "invoice"
    seller, buyer = (_firm(request, name) for name in ("seller", "buyer"))
    on = day_read(request.GET.get("on", ""))

    def found(offset: int, limit: int) -> EdgeRows:
        return edge_rows(
            programme_ref=request.programme.book,
            supplier_ref=party_ref(seller),
            buyer_ref=party_ref(buyer),
            layer=layer,
            on=on,
            offset=offset,
            limit=limit,
        )

    first = found(0, UNDER_THE_PICTURE)
    context: dict[str, object] = {"found": first, "layer_word": LAYERS[layer]}
    if request.htmx and request.htmx.target == "ego-rows":
        rows = [row_line(row) for row in first.rows]
        address = request.get_full_path()
        return render(
            request, "risk/parts/edge_rows.html", {**context, "rows": rows, "address": address}
        )
    return page(
        request,
        "risk/edge.html",
        {
            **context,
            "seller_href": reverse("risk:graph", args=[seller]),
            "layers": _layers(request, layer),
            "rows": rows_table(first, found),
        },
    )


def row_line(row: EdgeRow) -> RowLine:
    """A row of the chain as people read it."""
    return RowLine(
        kind=FLOW_KINDS.get(row.kind, row.kind),
        document=row.document,
        on_date=row.on_date,
        amount_minor=row.amount_minor,
        reason=BREAKS.get(row.reason, row.reason),
        href=documents_href(row.row_id),
    )


def documents_href(row_id: int | None) -> str:
    """Where a row's documents stand side by side; "" where there is no such page."""
    if row_id is None:
        return ""
    try:
        return reverse("risk:documents", args=[row_id])
    except NoReverseMatch:
        return ""


def rows_table(first: EdgeRows, found: Callable[[int, int], EdgeRows]) -> Table[RowLine]:
    """The newest first, read page by page from the mapped chain."""

    def source(asked: Asked) -> Window[RowLine]:
        whole = first.rows_total
        if asked.everything:
            pages: list[EdgeRow] = []
            while len(pages) < whole:
                pages += found(len(pages), AT_A_TIME).rows
            return Window([row_line(row) for row in pages], whole, whole)
        start = (asked.page - 1) * asked.size
        start = start if start < whole else 0
        rows = found(start, asked.size).rows
        return Window([row_line(row) for row in rows], whole, whole)

    return Table(
        id="edge",
        source=source,
        export="edge-rows",
        columns=[
            Column("document", _("单据"), lambda r: r.document, href=lambda r: r.href, strong=True, phone=1, sortable=False),
            Column("kind", _("类别"), lambda r: r.kind, phone=3, sortable=False),
            Column("date", _("日期"), lambda r: r.on_date, kind="date", phone=4, sortable=False),
            Column("amount", _("金额"), lambda r: r.amount_minor, kind="money", phone=2, sortable=False),
            Column("reason", _("核对"), lambda r: r.reason or None, sortable=False),
        ],
    )  # fmt: skip


def _firm(request: PortalRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not text.isdecimal() or len(text) > 15:
        raise DomainError("risk.party_unknown", party=text[:20])
    return int(text)


def _layers(request: PortalRequest, chosen: str) -> Sequence[EgoChip]:
    """The same two firms in each layer."""
    chips = []
    for layer, word in LAYERS.items():
        query = request.GET.copy()
        query["layer"] = layer
        query.pop("page", None)
        address = f"{request.path}?{query.urlencode()}"
        chips.append(EgoChip(word, address, layer == chosen, layer))
    return chips
