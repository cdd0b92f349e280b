"""Views of the chain are saved by name and thrown away by their owner."""

from __future__ import annotations

from datetime import datetime

from ledger.errors import DomainError
from risk.models import SavedView

MOST = 50
NAME_LENGTH = 60
STATE_LENGTH = 2000


def view_save(
    *, programme_ref: str, owner_ref: str, name: str, party_ref: str, state: str, at: datetime
) -> int:
    """Keep a view under a name; the same name again replaces it. Returns its id.

    Raises `risk.view_nameless`, `risk.view_too_long`, and `risk.views_full` beyond `MOST`.
    """
    name = " ".join(name.split())
    if not name:
        raise DomainError("risk.view_nameless")
    if len(name) > NAME_LENGTH or len(state) > STATE_LENGTH:
        raise DomainError("risk.view_too_long", most=NAME_LENGTH)
    own = SavedView.objects.filter(programme_ref=programme_ref, owner_ref=owner_ref)
    if own.exclude(name=name).count() >= MOST:
        raise DomainError("risk.views_full", most=MOST)
    view, _is_new = SavedView.objects.update_or_create(
        programme_ref=programme_ref,
        owner_ref=owner_ref,
        name=name,
        defaults={"party_ref": party_ref, "state": state, "saved_at": at},
    )
    return view.pk


def view_drop(*, view_id: int, programme_ref: str, owner_ref: str) -> None:
    """Throw a view away; raises `risk.view_unknown`, also for somebody else's."""
    dropped, _rows = SavedView.objects.filter(
        pk=view_id, programme_ref=programme_ref, owner_ref=owner_ref
    ).delete()
    if not dropped:
        raise DomainError("risk.view_unknown", view=view_id)
