import pytest

from ledger.operations.work import work_claim, work_enqueue, work_fail, work_finish
from ledger.queries import work_counts, work_get, works_list
from tests.ledger.books import AT

pytestmark = pytest.mark.django_db


def test_work_as_the_operations_desk_sees_it() -> None:
    for key in ("1", "2", "3"):
        work_enqueue(kind="sum", key=key, payload={"id": int(key)}, at=AT)
    done = work_claim(kind="sum", key="1", worker="w")
    failed = work_claim(kind="sum", key="2", worker="w")
    assert done is not None
    assert failed is not None
    work_finish(claim=done)
    work_fail(claim=failed, error_code="room.refused", detail="why", is_final=True)

    assert work_counts() == {"done": 1, "dead": 1, "ready": 1}
    assert [view.key for view in works_list(kind="sum")] == ["3", "2", "1"]
    assert works_list(kind="other") == []
    (dead,) = works_list(state="dead")
    assert (dead.key, dead.error_code, dead.error_detail) == ("2", "room.refused", "why")
    first = work_get(kind="sum", key="1")
    assert first is not None
    assert first.finished_at is not None
    assert first.payload == {"id": 1}
    assert work_get(kind="sum", key="9") is None
