from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from risk.lifecycle import COLLECTION, PROMISE
from risk.models import CollectionEvent, CollectionItem, Contact, Promise
from risk.models.collections import ITEM_LIVE, ITEM_STATES, PROMISE_STATES
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 17)


def item(**other: Any) -> CollectionItem:
    given: dict[str, Any] = {
        "programme_ref": PROGRAMME,
        "key": "claim:8:claim",
        "kind": "claim",
        "claim_ref": "claim:8",
        "debtor_ref": "party:1",
        "debtor_name": "沧澜冰箱",
        "label": "INV-1",
        "currency": "CNY",
        "first_minor": 1_000,
        "open_minor": 1_000,
        "due_date": DAY,
        "days_late": 9,
        "cause": "unclear",
        "chance_7_ppm": 100_000,
        "chance_30_ppm": 300_000,
        "chance_60_ppm": 500_000,
        "action": "call",
        "expected_minor": 480,
        "cost_minor": 20,
        "gain_minor": 80,
        "opened_date": DAY,
        "seen_date": DAY,
        "opened_at": AT,
    }
    return CollectionItem(**{**given, **other})


def refused(row: models.Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_items_the_database_refuses() -> None:
    first = item()
    first.save()
    assert str(first) == "claim:8:claim open"
    refused(item())  # one live row a debt
    refused(item(key="b", state="lost"))
    refused(item(key="b", kind="gift"))
    refused(item(key="b", cause="bad luck"))
    refused(item(key="b", chance_7_ppm=400_000))
    refused(item(key="b", chance_60_ppm=1_000_001))
    refused(item(key="b", expected_minor=1_001))
    refused(item(key="b", state="collected"))
    item(state="collected", ended_at=AT).save()


def test_promises_and_contacts_the_database_refuses() -> None:
    first = item()
    first.save()
    promise: dict[str, Any] = {
        "item": first,
        "amount_minor": 500,
        "by_date": DAY,
        "made_date": DAY,
        "made_at": AT,
        "recorded_by_ref": "user:1",
    }
    kept = Promise(**promise)
    kept.save()
    assert str(kept) == f"{first.pk} 500 2026-03-17 pending"
    refused(Promise(**promise))  # one waits at a time
    refused(Promise(**{**promise, "state": "kept", "amount_minor": 0}))
    refused(Promise(**{**promise, "state": "kept", "by_date": date(2026, 3, 16)}))
    refused(Promise(**{**promise, "state": "forgotten"}))
    contact = {"item": first, "who": "财务", "note": "", "by_ref": "user:1", "on_date": DAY}
    Contact(**contact, channel="phone", outcome="reached", at=AT, key="k1").save()
    refused(Contact(**contact, channel="phone", outcome="reached", at=AT, key="k1"))
    refused(Contact(**contact, channel="pigeon", outcome="reached", at=AT, key="k2"))
    refused(Contact(**contact, channel="phone", outcome="maybe", at=AT, key="k2"))
    refused(CollectionEvent(item=first, act="forgotten", on_date=DAY, at=AT))


def test_the_states_are_those_of_the_tables() -> None:
    assert set(ITEM_STATES) == set(COLLECTION)
    assert {state for state, after in COLLECTION.items() if after} == set(ITEM_LIVE)
    assert set(PROMISE_STATES) == set(PROMISE)
