"""The views that a user saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from risk.models import SavedView


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A saved view: whose neighbourhood, and the state its page's address carries."""

    id: int
    name: str
    party_ref: str
    state: str
    saved_at: datetime


def views_list(*, programme_ref: str, owner_ref: str) -> tuple[ViewRow, ...]:
    """A user's own views in a programme, by name."""
    rows = SavedView.objects.filter(programme_ref=programme_ref, owner_ref=owner_ref)
    return tuple(
        ViewRow(row.pk, row.name, row.party_ref, row.state, row.saved_at)
        for row in rows.order_by("name")
    )
