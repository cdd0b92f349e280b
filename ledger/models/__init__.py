"""Tables of the books. Only the door (`ledger/sql`) writes them; outbox and work items are plain tables."""

from ledger.models.books import Account, AccountBalance, Asset
from ledger.models.journal import JournalRow, PendingResolution, Transfer
from ledger.models.period import PeriodLock
from ledger.models.work import OutboxEvent, WorkItem

__all__ = [
    "Account",
    "AccountBalance",
    "Asset",
    "JournalRow",
    "OutboxEvent",
    "PendingResolution",
    "PeriodLock",
    "Transfer",
    "WorkItem",
]
