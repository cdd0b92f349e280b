import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from ledger.errors import DomainError
from risk.models import CollectionItem, Contact, Promise
from risk.operations.collecting import collections_refresh, hazards_latest
from risk.operations.collections import Promised, Said, contact_record
from tests.risk.collection_made import books, debt
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 17)
CALL = Said("phone", "财务经理", "reached", "下周付", "再打电话", DAY + timedelta(days=7))


def item() -> CollectionItem:
    hazards = hazards_latest(programme_ref=PROGRAMME, debtors=[])
    collections_refresh(
        programme_ref=PROGRAMME, books=books(debt()), hazards=hazards, on=DAY, at=AT
    )
    return CollectionItem.objects.get()


def record(item_id: int, said: Said = CALL, key: str = "k") -> int:
    return contact_record(item_id=item_id, said=said, key=key, by="user:1", on=DAY, at=AT)


def promised(amount: int, days: int) -> Said:
    return Said(
        "phone",
        "财务经理",
        "promised",
        "答应了",
        promised=Promised(amount, DAY + timedelta(days=days)),
    )


def test_a_form_posted_twice_is_one_contact() -> None:
    one = item()
    assert record(one.pk) == record(one.pk)
    assert record(one.pk, key="other") != record(one.pk)
    first = Contact.objects.order_by("pk")[0]
    assert (first.channel, first.who, first.next_step) == ("phone", "财务经理", "再打电话")


def test_a_new_promise_replaces_the_one_that_waits() -> None:
    one = item()
    record(one.pk, promised(1_000, 3))
    record(one.pk, promised(2_000, 5), key="k2")
    states = list(Promise.objects.order_by("pk").values_list("state", "amount_minor"))
    assert states == [("replaced", 1_000), ("pending", 2_000)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("pigeon", "", "reached", "x"), "risk.contact_word_unknown"),
        (Said("phone", "", "shrugs", "x"), "risk.contact_word_unknown"),
        (Said("phone", "", "reached", "  "), "risk.reason_missing"),
        (promised(0, 3), "risk.promise_amount"),
        (promised(100_000_001, 3), "risk.promise_amount"),
        (promised(1_000, -1), "risk.promise_dates"),
        (promised(1_000, 91), "risk.promise_dates"),
    ],
)
def test_what_is_refused(said: Said, code: str) -> None:
    one = item()
    with pytest.raises(DomainError, match=code.replace(".", r"\.")):
        record(one.pk, said)
    assert not Contact.objects.exists()


def test_a_debt_that_is_over_takes_no_more() -> None:
    one = item()
    hazards = hazards_latest(programme_ref=PROGRAMME, debtors=[])
    collections_refresh(programme_ref=PROGRAMME, books=books(), hazards=hazards, on=DAY, at=AT)
    with pytest.raises(DomainError, match=r"risk\.collection_ended"):
        record(one.pk)
    with pytest.raises(DomainError, match=r"risk\.collection_unknown"):
        record(one.pk + 1)


@pytest.mark.django_db(transaction=True)
def test_two_promises_at_once_leave_one_that_waits() -> None:
    one, together = item(), threading.Barrier(2)

    def promise(number: int) -> None:
        together.wait()
        try:
            record(one.pk, promised(1_000 * number, 3), key=f"k{number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=promise, args=(n,)) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = sorted(Promise.objects.values_list("state", flat=True))
    assert states == ["pending", "replaced"]
