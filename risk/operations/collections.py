"""The desk's collection: contacts and promises are recorded, and nothing recorded is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from ledger.errors import DomainError
from risk.lifecycle import COLLECTION, PROMISE, step_check
from risk.models import CollectionEvent, CollectionItem, Contact, Promise
from risk.models.collections import CHANNELS, CONTACT_OUTCOMES, ITEM_LIVE

PROMISE_MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class Promised:
    """So much, in minor units, by a day."""

    amount_minor: int
    by_date: date


@dataclass(frozen=True, slots=True)
class Said:
    """What came of one attempt to speak to a debtor. `who` is a function, not a name."""

    channel: str
    who: str
    outcome: str
    note: str
    next_step: str = ""
    next_date: date | None = None
    promised: Promised | None = None


@transaction.atomic
def contact_record(*, item_id: int, said: Said, key: str, by: str, on: date, at: datetime) -> int:
    """Log a contact, with the promise where one was given; returns the contact's id.

    `key` makes a second post of the same form harmless. A new promise replaces one that waits.
    Raises `risk.collection_unknown`, `risk.collection_ended`, `risk.contact_word_unknown`,
    `risk.reason_missing` (no note), `risk.promise_amount`, `risk.promise_dates`.
    """
    for word, known in ((said.channel, CHANNELS), (said.outcome, CONTACT_OUTCOMES)):
        if word not in known:
            raise DomainError("risk.contact_word_unknown", word=word[:20])
    if not said.note.strip():
        raise DomainError("risk.reason_missing")
    item = item_lock(item_id)
    known_contact = Contact.objects.filter(item=item, key=key).values_list("pk", flat=True).first()
    if known_contact is not None:
        return known_contact
    if item.state not in ITEM_LIVE:
        raise DomainError("risk.collection_ended", key=item.key)
    contact = Contact.objects.create(
        item=item,
        channel=said.channel,
        who=said.who.strip(),
        outcome=said.outcome,
        note=said.note.strip(),
        next_step=said.next_step.strip(),
        next_date=said.next_date,
        by_ref=by,
        on_date=on,
        at=at,
        key=key,
    )
    if said.promised is not None:
        _promise(item, said.promised, by=by, on=on, at=at)
    return contact.pk


def promise_judge(item: CollectionItem, *, paid_minor: int, on: date, at: datetime) -> str:
    """Whether the promise that waits on a locked item is kept or broken by what was paid by a
    day; "" while it waits on, or where there is none. For the end of a day's transaction."""
    promise = Promise.objects.select_for_update().filter(item=item, state="pending").first()
    if promise is None:
        return ""
    came = max(0, paid_minor - promise.paid_before_minor)
    if came >= promise.amount_minor:
        to = "kept"
    elif promise.by_date < on:
        to = "broken"
    else:
        return ""
    promise.state = step_check(PROMISE, current=promise.state, to=to)
    promise.paid_minor, promise.judged_date = came, on
    promise.save(update_fields=["state", "paid_minor", "judged_date"])
    facts = {
        "promised_minor": promise.amount_minor,
        "paid_minor": came,
        "by": promise.by_date.isoformat(),
    }
    item_tell(item, to, facts=facts, on=on, at=at)
    if item.state == "promised":
        item_move(item, "open", at=at)
    return to


def item_lock(item_id: int) -> CollectionItem:
    """The item, locked; raises `risk.collection_unknown`."""
    item = CollectionItem.objects.select_for_update().filter(pk=item_id).first()
    if item is None:
        raise DomainError("risk.collection_unknown", item=item_id)
    return item


def item_move(item: CollectionItem, to: str, *, at: datetime) -> None:
    """One step of the item's axis; raises `risk.step_refused`."""
    item.state = step_check(COLLECTION, current=item.state, to=to)
    item.ended_at = None if to in ITEM_LIVE else at
    item.save(update_fields=["state", "ended_at"])


def item_tell(
    item: CollectionItem,
    act: str,
    *,
    facts: Mapping[str, object],
    on: date,
    at: datetime,
    by: str = "",
) -> None:
    """One more line of the item's history."""
    CollectionEvent.objects.create(
        item=item, act=act, by_ref=by, facts=dict(facts), on_date=on, at=at
    )


def _promise(item: CollectionItem, given: Promised, *, by: str, on: date, at: datetime) -> None:
    if not 0 < given.amount_minor <= item.open_minor:
        raise DomainError("risk.promise_amount", open_minor=item.open_minor)
    latest = on + timedelta(days=PROMISE_MOST_DAYS)
    if not on <= given.by_date <= latest:
        raise DomainError("risk.promise_dates", until=latest.isoformat())
    for waiting in Promise.objects.select_for_update().filter(item=item, state="pending"):
        waiting.state = step_check(PROMISE, current=waiting.state, to="replaced")
        waiting.judged_date = on
        waiting.save(update_fields=["state", "judged_date"])
    Promise.objects.create(
        item=item,
        amount_minor=given.amount_minor,
        by_date=given.by_date,
        paid_before_minor=item.paid_minor,
        made_date=on,
        made_at=at,
        recorded_by_ref=by,
    )
    facts = {"promised_minor": given.amount_minor, "by": given.by_date.isoformat()}
    item_tell(item, "promised", facts=facts, on=on, at=at, by=by)
    if item.state == "open":
        item_move(item, "promised", at=at)
