"""A demo programme moves on by several business days, each with its whole end of day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from scf.access.policy import require
from scf.journeys.day_end import day_end_run, day_open_end
from scf.network.operations import programme_lock
from scf.network.queries import business_days_list, programme_get
from scf.network.values import Actor

MOST_DAYS = 120


@transaction.atomic(durable=True)
def days_advance_request(*, actor: Actor, days: int, at: datetime) -> None:
    """Ask for the end of ``days`` business days in a row; runs in the background.

    The first day's end is opened here, so that asking twice is refused and the page shows it.
    Raises ``network.not_a_demo``, ``network.days_invalid`` and ``network.day_under_way``.
    """
    require(actor, "day.close")
    programme = programme_lock(programme_id=actor.programme_id)
    if not programme.is_demo:
        raise DomainError("network.not_a_demo", programme=programme.name)
    if not 1 <= days <= MOST_DAYS:
        raise DomainError("network.days_invalid", days=days, most=MOST_DAYS)
    if any(
        day.closing_date == programme.business_date
        for day in business_days_list(programme_id=programme.id, limit=1)
    ):
        raise DomainError("network.day_under_way", day=programme.business_date.isoformat())
    day_open_end(programme=programme, by=actor.name, at=at)
    event_emit(
        name="network.advance.requested",
        payload={
            "programme_id": programme.id,
            "from_date": programme.business_date.isoformat(),
            "days": days,
            "by": actor.name,
        },
        at=at,
    )


def days_advance_run(
    *,
    programme_id: int,
    days: int,
    done: int,
    by: str,
    at: datetime,
    on_day: Callable[[int], None],
    on_evening: Callable[[], None] = lambda: None,
) -> None:
    """Close the days that are left, one after the other; ``on_day(n)`` runs in each last step.

    ``done`` is how many an earlier attempt finished. ``on_evening`` is the world outside before
    each day ends: a demo's bank, which has no other time to answer.
    """
    for number in range(done, days):
        on_evening()
        programme = programme_get(programme_id=programme_id)
        day = day_open_end(programme=programme, by=by, at=at)
        day_end_run(
            business_day_id=day.id,
            at=at,
            on_step=lambda _step: None,
            on_end=partial(on_day, number + 1),
        )
