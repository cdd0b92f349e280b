"""Reads of the books. Everything comes back as frozen values; amounts in minor units of their asset."""

from ledger.queries.balances import balance_get, balances_list, trial_balance
from ledger.queries.journals import (
    JournalDetail,
    JournalSummary,
    TAccount,
    TransferLine,
    journal_detail,
    journal_find,
    journals_list,
    pendings_list,
)
from ledger.queries.periods import ClosedPeriod, period_is_open, periods_list
from ledger.queries.statements import Entry, Statement, account_statement, figure_entries
from ledger.queries.work import WorkView, work_counts, work_get, works_list

__all__ = [
    "ClosedPeriod",
    "Entry",
    "JournalDetail",
    "JournalSummary",
    "Statement",
    "TAccount",
    "TransferLine",
    "WorkView",
    "account_statement",
    "balance_get",
    "balances_list",
    "figure_entries",
    "journal_detail",
    "journal_find",
    "journals_list",
    "pendings_list",
    "period_is_open",
    "periods_list",
    "trial_balance",
    "work_counts",
    "work_get",
    "works_list",
]
