from datetime import date, timedelta

import pytest

from ledger.errors import DomainError
from risk.operations.collecting import collections_refresh, hazards_latest
from risk.operations.collections import Promised, Said, contact_record
from risk.queries.collections import (
    collection_get,
    collection_steps,
    collections_due,
    collections_list,
    collections_live_keys,
    collections_waiting,
    contacts_list,
    promises_list,
)
from tests.risk.collection_made import books, debt
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 17)
SMALL = debt(key="claim:9:claim", open_minor=100_000, days_late=31)


def taken_in() -> None:
    collections_refresh(
        programme_ref=PROGRAMME,
        books=books(debt(), SMALL),
        hazards=hazards_latest(programme_ref=PROGRAMME, debtors=[]),
        on=DAY,
        at=AT,
    )


def test_whom_to_call_first_with_what_was_said_last() -> None:
    taken_in()
    rows = collections_list(programme_ref=PROGRAMME)
    assert [row.key for row in rows] == ["claim:8:claim", "claim:9:claim"]
    assert rows[0].net_minor == rows[0].expected_minor - rows[0].cost_minor
    assert (rows[0].contact, rows[0].promise) == (None, None)
    promised = Promised(1_000, DAY + timedelta(days=3))
    for key, outcome in (("a", "no_answer"), ("b", "promised")):
        said = Said("phone", "", outcome, "x", promised=promised if key == "b" else None)
        contact_record(item_id=rows[0].id, said=said, key=key, by="user:1", on=DAY, at=AT)
    one = collection_get(programme_ref=PROGRAMME, item_id=rows[0].id)
    assert one.contact is not None
    assert one.contact.outcome == "promised"
    assert one.promise is not None
    assert one.promise.amount_minor == 1_000
    assert [row.outcome for row in contacts_list(item_id=one.id)] == ["no_answer", "promised"]
    assert [row.state for row in promises_list(item_id=one.id)] == ["pending"]
    assert [step.act for step in collection_steps(item_id=one.id)] == ["opened", "promised"]
    assert one in collections_list(programme_ref=PROGRAMME)
    with pytest.raises(DomainError, match=r"risk\.collection_unknown"):
        collection_get(programme_ref="programme:2", item_id=one.id)


def test_a_promise_not_due_yet_waits_for_nobody() -> None:
    taken_in()
    waiting = collections_waiting(programme_ref=PROGRAMME, on=DAY)
    assert [(item.kind, item.severity) for item in waiting] == [
        ("collection", "warn"),
        ("collection", "high"),
    ]
    promised = Promised(1_000, DAY + timedelta(days=3))
    said = Said("phone", "", "promised", "x", promised=promised)
    contact_record(item_id=waiting[0].ref_id, said=said, key="k", by="user:1", on=DAY, at=AT)
    assert len(collections_waiting(programme_ref=PROGRAMME, on=DAY + timedelta(days=3))) == 1
    assert len(collections_waiting(programme_ref=PROGRAMME, on=DAY + timedelta(days=4))) == 2


def test_what_the_business_asks_for() -> None:
    taken_in()
    assert collections_live_keys(programme_ref=PROGRAMME) == ("claim:8:claim", "claim:9:claim")
    assert set(collections_due(programme_ref=PROGRAMME)) == {"claim:8:claim", "claim:9:claim"}
    assert collections_list(programme_ref=PROGRAMME, ended=True) == ()
