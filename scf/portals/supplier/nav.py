"""The red number beside 报价与出让: prices that lapse today and sales that wait for the reader."""

from __future__ import annotations

from scf.financing.queries import quotes_list
from scf.portals.shell.session import PortalRequest


def offers_waiting(request: PortalRequest) -> int:
    """Open quotes of the business date, those that wait for a second person included."""
    quotes = quotes_list(scope=request.scope, states=["open"])
    return sum(quote.business_date == request.business_date for quote in quotes)
