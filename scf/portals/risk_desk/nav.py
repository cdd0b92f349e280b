"""The numbers beside 待办队列 and 案件."""

from __future__ import annotations

from risk.queries.cases import cases_live_count
from risk.queries.desk import desk_queue
from risk.queries.desk_items import QueueItem
from scf.portals.shell.session import PortalRequest


def queue_items(request: PortalRequest) -> tuple[QueueItem, ...]:
    """The desk's queue, read once a request for the page and the rail."""
    known: tuple[QueueItem, ...] | None = getattr(request, "risk_queue", None)
    if known is None:
        known = desk_queue(programme_ref=request.programme.book, on=request.business_date)
        request.risk_queue = known  # type: ignore[attr-defined]
    return known


def queue_count(request: PortalRequest) -> int:
    """How many things wait."""
    return len(queue_items(request))


def cases_count(request: PortalRequest) -> int:
    """How many cases are not closed."""
    return cases_live_count(programme_ref=request.programme.book)
