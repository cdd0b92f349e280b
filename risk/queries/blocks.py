"""Which firms a confirmed fraud keeps out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ledger.errors import DomainError
from risk.models import PartyBlock


@dataclass(frozen=True, slots=True)
class BlockRow:
    """Why a firm is kept out, and who said so."""

    party_ref: str
    case_id: int
    by_ref: str
    reason: str
    since_at: datetime


def blocks_map(*, programme_ref: str, party_refs: Iterable[str]) -> dict[str, BlockRow]:
    """The oldest block in force of each of these firms, in one query."""
    rows = PartyBlock.objects.filter(
        programme_ref=programme_ref, party_ref__in=set(party_refs), lifted_at=None
    )
    found = rows.order_by("party_ref", "pk").distinct("party_ref")
    return {
        row.party_ref: BlockRow(row.party_ref, row.case_id, row.by_ref, row.reason, row.since_at)
        for row in found
    }


def block_refuse(*, programme_ref: str, party_refs: Iterable[str]) -> None:
    """Raise `risk.party_blocked` where one of these firms is kept out."""
    found = blocks_map(programme_ref=programme_ref, party_refs=party_refs)
    for ref, row in sorted(found.items()):
        raise DomainError("risk.party_blocked", party=ref, case=row.case_id)
