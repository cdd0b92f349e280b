"""Lines in the inbox of one person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from scf.network.models import Notification


def user_notify(
    *,
    programme_id: int,
    user_id: int,
    key: str,
    code: str,
    facts: Mapping[str, object],
    link: str,
    at: datetime,
) -> None:
    """Put one line into a user's inbox; the same key twice is one line."""
    Notification.objects.bulk_create(
        [
            Notification(
                user_id=user_id,
                programme_id=programme_id,
                key=key,
                code=code,
                facts=dict(facts),
                link=link,
                created_at=at,
            )
        ],
        ignore_conflicts=True,
    )
