"""People at the risk desk deal with warnings; whoever acts on one owns it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ledger.errors import DomainError
from risk.operations.ownership import item_hand, item_take
from risk.operations.warnings import (
    warning_acknowledge,
    warning_escalate,
    warning_resolve,
    warning_snooze,
)
from risk.queries.warnings import WarningRow, warning_get
from scf.access.policy import require
from scf.journeys.desk_items import desk_colleagues, owner_named
from scf.network.operations.inbox import user_notify
from scf.network.queries import programme_get
from scf.network.values import Actor, programme_ref

ESCALATED = "risk.warning.escalated"


@transaction.atomic(durable=True)
def warning_take_up(*, actor: Actor, warning_id: int, at: datetime) -> None:
    """I am on it. Raises ``access.denied``, ``risk.item_taken`` with the owner's name,
    ``risk.warning_unknown``, ``risk.step_refused``."""
    row = _mine(actor, warning_id, at)
    warning_acknowledge(warning_id=row.id, by=actor.ref, on=_day(actor), at=at)


@transaction.atomic(durable=True)
def warning_put_aside(
    *, actor: Actor, warning_id: int, until: date, reason: str, at: datetime
) -> None:
    """Quiet until a day, unless it gets graver. Raises ``risk.snooze_dates``,
    ``risk.reason_missing`` and as ``warning_take_up``."""
    row = _mine(actor, warning_id, at)
    warning_snooze(
        warning_id=row.id, until=until, reason=reason, by=actor.ref, on=_day(actor), at=at
    )


@transaction.atomic(durable=True)
def warning_hand_up(
    *, actor: Actor, warning_id: int, user_id: int, reason: str, at: datetime
) -> None:
    """To a colleague of the desk, who owns it from now on and is told.

    Raises ``access.colleague_unknown``, ``risk.escalate_to_oneself``, ``risk.reason_missing`` and
    as ``warning_take_up``.
    """
    row = _mine(actor, warning_id, at)
    people = {one.user_id: one for one in desk_colleagues(programme_id=actor.programme_id)}
    if user_id not in people:
        raise DomainError("access.colleague_unknown", user=user_id)
    to_ref = people[user_id].ref
    warning_escalate(
        warning_id=row.id, to_ref=to_ref, reason=reason, by=actor.ref, on=_day(actor), at=at
    )
    item_hand(
        programme_ref=programme_ref(actor.programme_id),
        kind="warning",
        ref_id=row.id,
        from_ref=actor.ref,
        owner_ref=to_ref,
        at=at,
    )
    user_notify(
        programme_id=actor.programme_id,
        user_id=user_id,
        key=f"warning:{row.id}:{at.isoformat()}",
        code=ESCALATED,
        facts={"name": row.party_name or row.party_ref, "by": actor.name, "reason": reason.strip()},
        link=f"/risk/warnings/{row.id}/",
        at=at,
    )


@transaction.atomic(durable=True)
def warning_close(*, actor: Actor, warning_id: int, reason: str, at: datetime) -> None:
    """Dealt with. Raises ``risk.reason_missing`` and as ``warning_take_up``."""
    row = _mine(actor, warning_id, at)
    warning_resolve(warning_id=row.id, reason=reason, by=actor.ref, on=_day(actor), at=at)


def _mine(actor: Actor, warning_id: int, at: datetime) -> WarningRow:
    """The warning, the actor's own from now on: taken where nobody had it."""
    require(actor, "warning.act")
    book = programme_ref(actor.programme_id)
    row = warning_get(programme_ref=book, warning_id=warning_id)
    owner_named(
        lambda: item_take(
            programme_ref=book, kind="warning", ref_id=row.id, owner_ref=actor.ref, at=at
        )
    )
    return row


def _day(actor: Actor) -> date:
    return programme_get(programme_id=actor.programme_id).business_date
