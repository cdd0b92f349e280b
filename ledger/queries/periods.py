"""Which periods of a book are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ledger.models import PeriodLock


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """Everything up to `locked_date` is closed; the hash is hexadecimal SHA-256 of the trial balance."""

    locked_date: date
    locked_at: datetime
    trial_balance_hash: str


def period_is_open(*, book: str, effective_date: date) -> bool:
    """Whether a posting on that date would be let in now."""
    return not PeriodLock.objects.filter(book=book, locked_date__gte=effective_date).exists()


def periods_list(*, book: str, limit: int = 100) -> list[ClosedPeriod]:
    """Closed periods of a book, the latest first."""
    rows = PeriodLock.objects.filter(book=book).order_by("-locked_date")[:limit]
    return [
        ClosedPeriod(row.locked_date, row.locked_at, bytes(row.trial_balance_hash).hex())
        for row in rows
    ]
