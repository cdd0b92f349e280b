"""持仓: units, cost, accrued, received, next payment; and every bid."""

from __future__ import annotations

from django.http import HttpResponse

from scf.network.values import Role
from scf.portals.investor.positions import places_of
from scf.portals.investor.tables import bids_table, holdings_table_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.products.queries import subscriptions_table


@portal_view(role=Role.INVESTOR)
def holdings(request: PortalRequest) -> HttpResponse:
    """Holdings first, bids below."""
    places = places_of(scope=request.scope, on=request.business_date)
    return page(
        request,
        "investor/holdings.html",
        {
            "holdings": holdings_table_of(places, request),
            "bids": bids_table(list(subscriptions_table(scope=request.scope))),
            "open": sum(place.is_open for place in places),
            "late": sum(place.is_late for place in places),
        },
    )
