"""The red number beside 报价与出让: prices that lapse today and sales that wait for the reader."""

from __future__ import annotations

from scf.financing.queries import QuoteFacts, quotes_list
from scf.portals.shell.session import PortalRequest


def open_quotes(request: PortalRequest) -> list[QuoteFacts]:
    """Open quotes of the business date; read once a request, for the page and the rail."""
    known: list[QuoteFacts] | None = getattr(request, "open_quotes", None)
    if known is None:
        known = [
            quote
            for quote in quotes_list(scope=request.scope, states=["open"])
            if quote.business_date == request.business_date
        ]
        request.open_quotes = known  # type: ignore[attr-defined]
    return known


def offers_waiting(request: PortalRequest) -> int:
    """Open quotes of the business date, those that wait for a second person included."""
    return len(open_quotes(request))
