"""应收款: every receivable, with what stands between it and money."""

from __future__ import annotations

from django.http import HttpResponse

from scf.network.values import Role
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.supplier.board import DIFFERENT, board_load
from scf.portals.supplier.home import figures, supplier_of
from scf.portals.supplier.tables import ready_select, receivables_table


@portal_view(role=Role.SUPPLIER)
def receivables(request: PortalRequest) -> HttpResponse:
    """Four figures and the whole table; ready ones can be put into the basket."""
    board = board_load(
        scope=request.scope, supplier_id=supplier_of(request), on=request.business_date
    )
    return page(
        request,
        "supplier/receivables.html",
        {
            "open": len(board.open),
            "ready": len(board.ready),
            "different": len(board.of(DIFFERENT)),
            "figures": figures(request, board),
            "receivables": receivables_table(
                board.lines,
                request,
                with_ended=True,
                select=ready_select("basket", checked=lambda line: False),
            ),
        },
    )
