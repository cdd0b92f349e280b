import pytest
from django.db import IntegrityError, connection, transaction

from ledger.operations.work import work_enqueue
from tests.ledger.books import AT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [("state = 'lost'", "work_item_state_known"), ("key = '1'", "work_item_once")],
)
def test_a_work_item_is_one_of_a_kind_in_a_known_state(change: str, constraint: str) -> None:
    for key in ("1", "2"):
        work_enqueue(kind="sum", key=key, payload={}, at=AT)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE ledger_workitem SET {change}")
