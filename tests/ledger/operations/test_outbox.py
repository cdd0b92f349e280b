import pytest
from django.db import transaction

from ledger.operations.outbox import event_emit, events_claim
from tests.ledger.books import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_event_is_told_once_in_order() -> None:
    for number in range(3):
        event_emit(name="room.thing.happened", payload={"id": number}, at=AT)
    with transaction.atomic():
        first = events_claim(limit=2)
        assert [event.payload["id"] for event in first] == [0, 1]
    with transaction.atomic():
        assert [event.payload["id"] for event in events_claim(limit=2)] == [2]
        assert events_claim(limit=2) == ()


def test_an_event_of_a_rolled_back_transaction_never_happened() -> None:
    with transaction.atomic():
        event_emit(name="room.thing.happened", payload={}, at=AT)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert events_claim(limit=9) == ()


def test_what_a_relay_could_not_hand_on_is_told_again() -> None:
    event_emit(name="room.thing.happened", payload={"id": 1}, at=AT)
    with transaction.atomic():
        assert len(events_claim(limit=9)) == 1
        transaction.set_rollback(True)
    with transaction.atomic():
        assert len(events_claim(limit=9)) == 1


def test_claiming_without_a_transaction_would_lose_events() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        events_claim(limit=1)
