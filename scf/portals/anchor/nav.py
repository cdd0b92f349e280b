"""The red number beside 确权."""

from __future__ import annotations

from scf.financing.queries import claims_table
from scf.portals.shell.session import PortalRequest


def confirmations_waiting(request: PortalRequest) -> int:
    """Claims that wait for this desk's word."""
    return claims_table(scope=request.scope).filter(state="matched").count()
