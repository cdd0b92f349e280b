"""Work that survives a crash: an item in the database, leased to one worker at a time.

The item is the truth and a broker message only a wake-up. Whoever claims it raises its attempt; the
effect and `done` commit together, fenced by that attempt, so that a worker that was taken for dead
loses its result instead of doing the work twice. Lease clocks are the database's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from ledger.errors import DomainError
from ledger.values import Json

LEASE_SECONDS = 15
WAKE_AGAIN_SECONDS = 5
FAILURES_MAX = 6
# A worker that dies reports no failure; an item that kills every worker must still end.
TAKEOVERS_MAX = 20
BACKOFF_MAX_SECONDS = 120


@dataclass(frozen=True, slots=True)
class WorkRef:
    """An item to wake a worker for."""

    kind: str
    key: str
    queue: str


@dataclass(frozen=True, slots=True)
class WorkClaim:
    """A lease on an item: valid as long as nobody claims it after us."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, Json]
    attempt: int
    rows_done: int


def work_enqueue(
    *, kind: str, key: str, payload: Mapping[str, Json], at: datetime, queue: str = "default"
) -> bool:
    """Make an item in this transaction; False, and nothing changes, when (kind, key) is there already."""
    return bool(
        _changed(
            """INSERT INTO ledger_workitem (kind, key, queue, payload, state, attempt, failures, takeovers, worker, enqueued_at,
                   due_at, wake_at, error_code, error_detail, rows_done)
               VALUES (%s, %s, %s, %s, 'ready', 0, 0, 0, '', %s, clock_timestamp(), clock_timestamp(), '', '', 0)
               ON CONFLICT (kind, key) DO NOTHING""",
            [kind, key, queue, json.dumps(dict(payload)), at],
        )
    )


def work_wake_list(*, limit: int) -> tuple[WorkRef, ...]:
    """Items that are ready or whose lease ran out, each named at most once in WAKE_AGAIN_SECONDS."""
    rows = _rows(
        """UPDATE ledger_workitem SET wake_at = clock_timestamp() + make_interval(secs => %s)
           WHERE id IN (SELECT id FROM ledger_workitem
                        WHERE state IN ('ready', 'leased') AND due_at <= clock_timestamp()
                          AND wake_at <= clock_timestamp()
                        ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED)
           RETURNING kind, key, queue""",
        [WAKE_AGAIN_SECONDS, limit],
    )
    return tuple(WorkRef(*row) for row in rows)


def work_claim(*, kind: str, key: str, worker: str) -> WorkClaim | None:
    """Lease an item that is ready or whose lease ran out; None when it is not to be had.

    An item whose lease ran out TAKEOVERS_MAX times is put away as dead: it kills its workers.
    """
    rows = _rows(
        """UPDATE ledger_workitem
           SET attempt = attempt + 1, worker = %(worker)s,
               takeovers = takeovers + CASE WHEN state = 'leased' THEN 1 ELSE 0 END,
               state = CASE WHEN state = 'leased' AND takeovers >= %(max)s THEN 'dead' ELSE 'leased' END,
               error_code = CASE WHEN state = 'leased' AND takeovers >= %(max)s
                                 THEN 'ledger.work_kills_workers' ELSE error_code END,
               due_at = clock_timestamp() + make_interval(secs => %(lease)s)
           WHERE id = (SELECT id FROM ledger_workitem
                       WHERE kind = %(kind)s AND key = %(key)s AND state IN ('ready', 'leased')
                         AND due_at <= clock_timestamp() FOR UPDATE SKIP LOCKED)
           RETURNING id, kind, key, payload::text, attempt, rows_done, state""",
        {"worker": worker, "max": TAKEOVERS_MAX, "lease": LEASE_SECONDS, "kind": kind, "key": key},
    )
    if not rows or rows[0][6] == "dead":
        return None
    identity, kind, key, payload, attempt, rows_done, _ = rows[0]
    return WorkClaim(identity, kind, key, json.loads(payload), attempt, rows_done)


def work_renew(*, claim: WorkClaim) -> None:
    """Lengthen the lease, outside the effect's transaction. Raises DomainError("ledger.work_lost")."""
    _fenced(claim, "due_at = clock_timestamp() + make_interval(secs => %s)", [LEASE_SECONDS])


def work_progress(*, claim: WorkClaim, rows_done: int, rows_known: int | None = None) -> None:
    """Record progress in the transaction of a step; a step of a lost lease is rolled back.

    Raises DomainError("ledger.work_lost").
    """
    _fenced(claim, "rows_done = %s, rows_known = coalesce(%s, rows_known)", [rows_done, rows_known])


def work_finish(*, claim: WorkClaim) -> None:
    """Done: to be called in the effect's transaction. Raises DomainError("ledger.work_lost")."""
    _fenced(
        claim,
        "state = 'done', finished_at = clock_timestamp(), error_code = '', error_detail = ''",
        [],
    )


def work_fail(
    *, claim: WorkClaim, error_code: str, detail: str = "", is_final: bool = False
) -> bool:
    """Give an item back for a later attempt, twice as late each time, with jitter; after FAILURES_MAX
    failures, or at once when `is_final`, it is dead and waits for a person.

    Returns whether it will be tried again. Raises DomainError("ledger.work_lost").
    """
    rows = _fenced(
        claim,
        """failures = failures + 1, error_code = %s, error_detail = left(%s, 4000),
           state = CASE WHEN %s OR failures + 1 >= %s THEN 'dead' ELSE 'ready' END,
           due_at = clock_timestamp() + make_interval(
               secs => least(%s, power(2, failures)) * (0.5 + random()))""",
        [error_code, detail.replace("\0", ""), is_final, FAILURES_MAX, BACKOFF_MAX_SECONDS],
    )
    return bool(rows[0][0] == "ready")


def work_requeue(*, kind: str, key: str) -> None:
    """A person sends a dead item round again. Raises DomainError("ledger.work_unknown")."""
    requeued = _changed(
        """UPDATE ledger_workitem SET state = 'ready', failures = 0, takeovers = 0, error_code = '', error_detail = '',
               due_at = clock_timestamp(), wake_at = clock_timestamp()
           WHERE kind = %s AND key = %s AND state = 'dead'""",
        [kind, key],
    )
    if not requeued:
        raise DomainError("ledger.work_unknown", kind=kind, key=key)


def _fenced(claim: WorkClaim, change: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    rows = _rows(
        f"""UPDATE ledger_workitem SET {change}
            WHERE id = %s AND attempt = %s AND state = 'leased' RETURNING state""",
        [*parameters, claim.id, claim.attempt],
    )
    if not rows:
        raise DomainError("ledger.work_lost", kind=claim.kind, key=claim.key)
    return rows


def _rows(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _changed(sql: str, parameters: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
