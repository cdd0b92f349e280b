"""Cases that are not closed: a source of the queue."""

from __future__ import annotations

from datetime import date

from risk.queries.cases import cases_list
from risk.queries.desk_items import QueueItem

LIVE = ("open", "investigating")


def cases_waiting(*, programme_ref: str, on: date) -> list[QueueItem]:
    """One item a live case, under the name of its first firm."""
    return [
        QueueItem(
            kind="case",
            severity=case.severity,
            party_ref=case.parties[0][0],
            party_name=case.parties[0][1],
            ref_id=case.id,
            verdict="",
            amount_minor=case.amount_minor,
            facts={
                "kind": case.kind,
                "number": case.number,
                "codes": sorted(case.facts),
                "firms": len(case.parties),
                "waits": bool(case.pending_by),
            },
            since=case.opened_at,
            until=None,
            maker_ref=case.pending_by,
        )
        for case in cases_list(programme_ref=programme_ref, states=LIVE)
    ]
