"""Collection as the desk reads it: the work list, one debt with all that was said, and totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from ledger.errors import DomainError
from risk.models import CollectionEvent, CollectionItem, Contact, Promise
from risk.models.collections import ITEM_LIVE
from risk.queries.desk_items import QueueItem

# What is late that long, or was promised and is not disputed any more, is grave.
HIGH_AFTER_DAYS = 30


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise: so much by a day, and what came of it. Amounts in minor units."""

    id: int
    amount_minor: int
    by_date: date
    state: str
    paid_minor: int
    made_date: date
    recorded_by_ref: str
    judged_date: date | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact as it was logged."""

    id: int
    channel: str
    who: str
    outcome: str
    note: str
    next_step: str
    next_date: date | None
    by_ref: str
    on_date: date
    at: datetime


@dataclass(frozen=True, slots=True)
class CollectionStep:
    """What happened to a debt besides contacts; `by_ref` "" is the machine."""

    act: str
    by_ref: str
    facts: Mapping[str, Any]
    on_date: date
    at: datetime


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A debt as of `seen_date`: amounts in minor units, chances in ppm, the best action with
    what is expected within 60 days by it and what it costs; the last contact and promise."""

    id: int
    key: str
    kind: str
    claim_ref: str
    debtor_ref: str
    debtor_name: str
    label: str
    currency: str
    first_minor: int
    open_minor: int
    paid_minor: int
    due_date: date
    days_late: int
    is_disputed: bool
    cause: str
    reasons: Sequence[Sequence[Any]]
    chance_7_ppm: int
    chance_30_ppm: int
    chance_60_ppm: int
    factors: Sequence[Sequence[Any]]
    action: str
    expected_minor: int
    cost_minor: int
    gain_minor: int
    state: str
    opened_date: date
    seen_date: date
    opened_at: datetime
    contact: ContactRow | None
    promise: PromiseRow | None

    @property
    def net_minor(self) -> int:
        """Expected recovery less the cost of the best action."""
        return self.expected_minor - self.cost_minor


def collections_list(*, programme_ref: str, ended: bool = False) -> tuple[CollectionRow, ...]:
    """Live debts (or with `ended` the others), whom to call first on top."""
    rows = CollectionItem.objects.filter(programme_ref=programme_ref)
    rows = rows.exclude(state__in=ITEM_LIVE) if ended else rows.filter(state__in=ITEM_LIVE)
    rows = rows.prefetch_related(
        Prefetch("contacts", queryset=Contact.objects.order_by("pk")),
        Prefetch("promises", queryset=Promise.objects.order_by("pk")),
    )
    found = [_row(row) for row in rows]
    return tuple(sorted(found, key=lambda r: (-r.gain_minor, -r.open_minor, r.id)))


def collection_get(*, programme_ref: str, item_id: int) -> CollectionRow:
    """Raises `risk.collection_unknown`."""
    row = CollectionItem.objects.filter(programme_ref=programme_ref, pk=item_id).first()
    if row is None:
        raise DomainError("risk.collection_unknown", item=item_id)
    return _row(row)


def contacts_list(*, item_id: int) -> tuple[ContactRow, ...]:
    """Every contact of a debt, the oldest first."""
    return tuple(_contact(row) for row in Contact.objects.filter(item_id=item_id).order_by("pk"))


def promises_list(*, item_id: int) -> tuple[PromiseRow, ...]:
    """Every promise of a debt, the oldest first."""
    return tuple(_promise(row) for row in Promise.objects.filter(item_id=item_id).order_by("pk"))


def collection_steps(*, item_id: int) -> tuple[CollectionStep, ...]:
    """What happened to a debt, the oldest first; contacts are listed apart."""
    rows = CollectionEvent.objects.filter(item_id=item_id).order_by("pk")
    return tuple(
        CollectionStep(row.act, row.by_ref, row.facts, row.on_date, row.at) for row in rows
    )


def collections_live_keys(*, programme_ref: str) -> tuple[str, ...]:
    """Keys of the debts that the desk works on, for the business to say what came of them."""
    rows = CollectionItem.objects.filter(programme_ref=programme_ref, state__in=ITEM_LIVE)
    return tuple(rows.order_by("pk").values_list("key", flat=True))


def collections_due(*, programme_ref: str) -> Mapping[str, date]:
    """Since when each live debt is late, by key: a demand keeps the day on which it was made."""
    rows = CollectionItem.objects.filter(programme_ref=programme_ref, state__in=ITEM_LIVE)
    return dict(rows.values_list("key", "due_date"))


def collections_waiting(*, programme_ref: str, on: date) -> tuple[QueueItem, ...]:
    """Debts with something to do, as items of the desk's queue (kind "collection"): a promise
    that is not due yet waits for nobody."""
    found = []
    for row in collections_list(programme_ref=programme_ref):
        promise = row.promise if row.state == "promised" else None
        if promise is not None and promise.by_date >= on:
            continue
        found.append(
            QueueItem(
                kind="collection",
                severity="high" if row.days_late >= HIGH_AFTER_DAYS else "warn",
                party_ref=row.debtor_ref,
                party_name=row.debtor_name,
                ref_id=row.id,
                verdict="",
                amount_minor=row.open_minor,
                facts={"days_late": row.days_late, "cause": row.cause, "action": row.action},
                since=row.opened_at,
                until=None,
                maker_ref="",
            )
        )
    return tuple(found)


def _row(item: CollectionItem) -> CollectionRow:
    contacts = sorted(item.contacts.all(), key=lambda one: one.pk)
    promises = sorted(item.promises.all(), key=lambda one: one.pk)
    return CollectionRow(
        id=item.pk,
        contact=_contact(contacts[-1]) if contacts else None,
        promise=_promise(promises[-1]) if promises else None,
        **{name: getattr(item, name) for name in _PLAIN},
    )


_PLAIN = (
    "key", "kind", "claim_ref", "debtor_ref", "debtor_name", "label", "currency", "first_minor",
    "open_minor", "paid_minor", "due_date", "days_late", "is_disputed", "cause", "reasons",
    "chance_7_ppm", "chance_30_ppm", "chance_60_ppm", "factors", "action", "expected_minor",
    "cost_minor", "gain_minor", "state", "opened_date", "seen_date", "opened_at",
)  # fmt: skip


def _contact(row: Contact) -> ContactRow:
    return ContactRow(
        id=row.pk,
        channel=row.channel,
        who=row.who,
        outcome=row.outcome,
        note=row.note,
        next_step=row.next_step,
        next_date=row.next_date,
        by_ref=row.by_ref,
        on_date=row.on_date,
        at=row.at,
    )


def _promise(row: Promise) -> PromiseRow:
    return PromiseRow(
        id=row.pk,
        amount_minor=row.amount_minor,
        by_date=row.by_date,
        state=row.state,
        paid_minor=row.paid_minor,
        made_date=row.made_date,
        recorded_by_ref=row.recorded_by_ref,
        judged_date=row.judged_date,
    )
