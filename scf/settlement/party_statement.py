"""What a statement of account says of a party and a month. Pure: entries in, content out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.queries import Entry

# Accounts in the order in which a statement shows them.
CODES = ("available", "payable", "on_account")


@dataclass(frozen=True, slots=True)
class AccountMonth:
    """One kind of account: what it holds now, and its entries from the month's first day on."""

    code: str
    now_minor: int
    since: Sequence[Entry]


def month_bounds(day: date) -> tuple[date, date]:
    """First day of the month, and of the next one."""
    first = day.replace(day=1)
    return first, (first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1))


def statement_content(
    *, party: Mapping[str, str], month: date, accounts: Iterable[AccountMonth]
) -> dict[str, Any]:
    """Opening, every entry of the month, closing, account by account, in minor units.

    The opening is what is held now less all that came since, so that a statement can be written
    for any month. Accounts without balance and entry are left out.
    """
    first, following = month_bounds(month)
    told = []
    for account in accounts:
        inside = [one for one in account.since if one.effective_date < following]
        opening = account.now_minor - sum(one.net for one in account.since)
        if not inside and opening == 0:
            continue
        told.append(
            {
                "code": account.code,
                "opening_minor": opening,
                "lines": _lines(inside),
                "closing_minor": opening + sum(one.net for one in inside),
            }
        )
    return {
        "type": "huoshui.statement.v1",
        "party": dict(party),
        "month": first.isoformat()[:7],
        "accounts": told,
    }


def _lines(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """One line a journal and what it was for: the holders behind a sum are not the party's."""
    lines: dict[tuple[date, int, str], dict[str, Any]] = {}
    for one in sorted(entries, key=lambda e: (e.effective_date, e.transfer_id)):
        line = lines.setdefault(
            (one.effective_date, one.journal_id, one.account.subject),
            {
                "value_date": one.effective_date.isoformat(),
                "kind": one.kind,
                "subject": one.account.subject,
                "amount_minor": 0,
                "journal": one.journal_id,
            },
        )
        line["amount_minor"] += one.net
    return [line for line in lines.values() if line["amount_minor"]]
