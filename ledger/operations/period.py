"""Closing periods: after a lock nothing with an effective date up to it can be posted any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from ledger.errors import InvariantViolated
from ledger.operations.posting import refusals_raised


@dataclass(frozen=True, slots=True)
class PeriodLocked:
    """A closed period. `created` is False when it had been closed before."""

    created: bool
    trial_balance_hash: bytes


def period_lock(*, book: str, locked_date: date, at: datetime) -> PeriodLocked:
    """Close a book up to and including `locked_date`; waits for postings that are under way.

    The hash is SHA-256 over the trial balance at the end of that day, so that a later restatement
    shows. Locking the same date again returns the first result. Raises DomainError
    ledger.period_locked when a later date is locked already.
    """
    with connection.cursor() as cursor, refusals_raised():
        cursor.execute(
            "SELECT created, hash FROM ledger.period_lock(%s, %s, %s)", [book, locked_date, at]
        )
        row = cursor.fetchone()
    if row is None:
        raise InvariantViolated("period_lock answered nothing")
    return PeriodLocked(created=row[0], trial_balance_hash=bytes(row[1]))
