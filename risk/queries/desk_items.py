"""One thing on the risk desk, whatever it comes from: what sources of the queue give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

SEVERITY_ORDER: Mapping[str, int] = {"high": 0, "warn": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing that waits for a person.

    `kind`: "referred" (no verdict, a person decides), "failed" (may be overridden or left),
    "override" and "limit" (a proposal waits for a second person), "case" (a suspicion that is
    not closed), "warning", "collection". `ref_id` is the decision's, override's, change's,
    case's ... id. `owner_ref` is "" where nobody took it.
    """

    kind: str
    severity: str
    party_ref: str
    party_name: str
    ref_id: int
    verdict: str
    amount_minor: int | None
    facts: Mapping[str, Any]
    since: datetime
    until: date | None
    maker_ref: str
    owner_ref: str = ""
    taken_at: datetime | None = None

    @property
    def owned_as(self) -> tuple[str, str]:
        """(kind, reference) under which it has an owner: a decision by its firm, since every
        run decides anew."""
        if self.kind in ("failed", "referred"):
            return ("decision", self.party_ref)
        return (self.kind, str(self.ref_id))
