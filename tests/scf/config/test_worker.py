"""A real worker on this run's own database: it takes up work, is killed, and takes up work again."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from ledger.operations.work import work_enqueue
from ledger.queries import work_get
from tests.support.worker import CeleryWorker

AT = datetime(2026, 1, 5, tzinfo=UTC)


def item_enqueue(*, key: str) -> None:
    """Work for a programme that is not there: the worker records the refusal and lets it rest."""
    with transaction.atomic():
        work_enqueue(kind="entries.apply", key=key, payload={"programme_id": 1}, at=AT)


def refusal_wait(*, key: str, seconds: float = 60.0) -> str:
    """The code with which a worker ended the item."""
    deadline = time.monotonic() + seconds
    while (item := work_get(kind="entries.apply", key=key)) is None or not item.error_code:
        assert time.monotonic() < deadline, item
        time.sleep(0.1)
    return item.error_code


@pytest.mark.django_db(transaction=True)
def test_an_item_in_the_database_is_found_and_ended(celery_worker: CeleryWorker) -> None:
    item_enqueue(key="first")
    assert refusal_wait(key="first") == "network.programme_unknown"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_after_kill_9_a_new_worker_takes_up_what_waits(tmp_path: Path) -> None:
    worker = CeleryWorker(folder=tmp_path)
    worker.start()
    worker.kill()
    item_enqueue(key="waiting")
    worker.start()
    try:
        assert refusal_wait(key="waiting") == "network.programme_unknown"
    finally:
        worker.stop()
