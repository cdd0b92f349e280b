"""单据并排: the documents around one line, on a page of their own or inside a case."""

from __future__ import annotations

from django.http import HttpResponse

from scf.network.queries import parties_get
from scf.network.values import Role
from scf.portals.risk_desk.document_rows import DocumentTable, document_table
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.sources import sources_of
from scf.trade.queries_around import trade_around


@portal_view(role=Role.RISK)
def documents(request: PortalRequest, line_id: int) -> HttpResponse:
    """Order, despatch, receipt, invoice and payment of one line's trade.

    Raises ``trade.line_unknown``.
    """
    return page(request, "risk/documents.html", {"documents": documents_of(request, line_id)})


def documents_of(request: PortalRequest, line_id: int) -> DocumentTable:
    """The comparison around a line, with the file rows behind it."""
    around = trade_around(line_id=line_id, scope=request.scope)
    lines = [
        line
        for lines in (
            around.orders, around.despatches, around.receipts, around.invoices, around.payments,
        )
        for line in lines
    ]  # fmt: skip
    firms = {firm for line in lines for firm in (line.seller_id, line.buyer_id)}
    names = {key: party.name for key, party in parties_get(party_ids=firms).items()}
    sources = sources_of(line.evidence() for line in lines)
    return document_table(around, names=names, sources=sources)
