"""Events: written in the transaction that causes them, turned into work by the relay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from ledger.models import OutboxEvent
from ledger.values import Json


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `payload` carries ids only."""

    id: int
    name: str
    payload: Mapping[str, Json]
    emitted_at: datetime


def event_emit(*, name: str, payload: Mapping[str, Json], at: datetime) -> None:
    """Record that something happened (past tense: `financing.quote.accepted`), in this transaction."""
    OutboxEvent.objects.create(name=name, payload=dict(payload), emitted_at=at)


def events_claim(*, limit: int) -> tuple[Event, ...]:
    """Take the oldest untold events, each once; what another relay holds is skipped.

    To be called in the transaction that enqueues their work: if that fails, they are untold again.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "events are claimed together with enqueuing their work"
        )
    waiting = OutboxEvent.objects.filter(is_relayed=False).order_by("id")
    rows = list(waiting.select_for_update(skip_locked=True)[:limit])
    OutboxEvent.objects.filter(pk__in=[row.pk for row in rows]).update(is_relayed=True)
    return tuple(Event(row.pk, row.name, row.payload, row.emitted_at) for row in rows)
