"""Running a work item: claim, effect, done; what goes wrong is counted, never swallowed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.db import Error, connections, transaction

from ledger.errors import DomainError
from ledger.operations.work import (
    LEASE_SECONDS,
    WorkClaim,
    work_claim,
    work_fail,
    work_finish,
    work_renew,
)

log = logging.getLogger(__name__)


class WorkOutcome(StrEnum):
    """`idle`: done before, held by another worker, or not due yet. `lost`: taken over meanwhile."""

    DONE = "done"
    IDLE = "idle"
    RETRY = "retry"
    DEAD = "dead"
    LOST = "lost"


def work_run(
    *, kind: str, key: str, worker: str, effect: Callable[[WorkClaim], None]
) -> WorkOutcome:
    """Claim an item and commit its effect and its end in one transaction, exactly once.

    A DomainError of the effect is a verdict: the item is dead with that code. Anything else is tried
    again later. Neither is raised.
    """
    return _run(kind, key, worker, effect, single=True)


def work_run_steps(
    *, kind: str, key: str, worker: str, effect: Callable[[WorkClaim], None]
) -> WorkOutcome:
    """The same for long effects that commit step by step on their own: each step calls `work_progress`
    in its transaction, the last one `work_finish`; a later attempt goes on from `claim.rows_done`.
    """
    return _run(kind, key, worker, effect, single=False)


def _run(
    kind: str, key: str, worker: str, effect: Callable[[WorkClaim], None], *, single: bool
) -> WorkOutcome:
    claim = work_claim(kind=kind, key=key, worker=worker)
    if claim is None:
        return WorkOutcome.IDLE
    try:
        with lease_kept(claim=claim):
            if not single:
                effect(claim)
                return WorkOutcome.DONE
            with transaction.atomic():
                effect(claim)
                work_finish(claim=claim)
            return WorkOutcome.DONE
    except DomainError as error:
        if error.code == "ledger.work_lost":
            return WorkOutcome.LOST
        log.warning("work refused", extra={"work": f"{kind} {key}", "code": error.code})
        return _failed(claim, code=error.code, detail=str(error), is_final=True)
    except Exception as error:
        log.exception("work failed", extra={"work": f"{kind} {key}"})
        return _failed(claim, code="ledger.work_failed", detail=f"{type(error).__name__}: {error}")


def _failed(claim: WorkClaim, *, code: str, detail: str, is_final: bool = False) -> WorkOutcome:
    try:
        again = work_fail(claim=claim, error_code=code, detail=detail, is_final=is_final)
    except DomainError:
        return WorkOutcome.LOST
    return WorkOutcome.RETRY if again else WorkOutcome.DEAD


@contextmanager
def lease_kept(*, claim: WorkClaim, every_seconds: float = LEASE_SECONDS / 3) -> Iterator[None]:
    """Renew a lease from a thread of its own, on its own connection, while the block runs."""
    over = threading.Event()

    def keep() -> None:
        try:
            while not over.wait(every_seconds):
                try:
                    work_renew(claim=claim)
                except Error:  # the database may be back before the lease is over
                    log.warning("lease not renewed", exc_info=True)
                    connections.close_all()
        except DomainError:
            log.warning("lease lost", extra={"work": f"{claim.kind} {claim.key}"})
        finally:
            connections.close_all()

    thread = threading.Thread(target=keep, name=f"lease-{claim.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
