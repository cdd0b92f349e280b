"""Work items as people and progress bars see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from ledger.models import WorkItem
from ledger.values import Json


@dataclass(frozen=True, slots=True)
class WorkView:
    """A work item. `rows_known` is None until the effect knows how much there is."""

    kind: str
    key: str
    payload: Mapping[str, Json]
    state: str
    attempt: int
    failures: int
    enqueued_at: datetime
    finished_at: datetime | None
    error_code: str
    error_detail: str
    rows_done: int
    rows_known: int | None


def work_get(*, kind: str, key: str) -> WorkView | None:
    """One item, or None."""
    row = WorkItem.objects.filter(kind=kind, key=key).first()
    return None if row is None else _view(row)


def works_list(
    *, kind: str | None = None, state: str | None = None, limit: int = 100
) -> list[WorkView]:
    """The newest items that match."""
    rows = WorkItem.objects.all()
    if kind is not None:
        rows = rows.filter(kind=kind)
    if state is not None:
        rows = rows.filter(state=state)
    return [_view(row) for row in rows.order_by("-id")[:limit]]


def work_counts() -> dict[str, int]:
    """How many items are in each state; states without any are left out."""
    return dict(WorkItem.objects.values_list("state").annotate(Count("id")).order_by())


def _view(row: WorkItem) -> WorkView:
    return WorkView(
        kind=row.kind,
        key=row.key,
        payload=row.payload,
        state=row.state,
        attempt=row.attempt,
        failures=row.failures,
        enqueued_at=row.enqueued_at,
        finished_at=row.finished_at,
        error_code=row.error_code,
        error_detail=row.error_detail,
        rows_done=row.rows_done,
        rows_known=row.rows_known,
    )
