"""Statements of an account, and the way back from a figure to the journals that make it up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.db import connection

from ledger.chart import Side
from ledger.models import Account
from ledger.values import AccountRef, Balance, Json, Phase

_ENTRIES = """
SELECT e.transfer_id, e.journal_id, j.key, j.kind, j.memo::text, e.effective_date, e.phase, e.side, e.posted, e.pending,
       a.code, s.code, a.owner, a.subject, a.side, o.code, o.owner, o.subject
FROM (
    SELECT * FROM ledger_entry
    WHERE account_id = ANY (%s) AND effective_date BETWEEN %s AND %s
    ORDER BY effective_date {way}, transfer_id {way} LIMIT %s
) e
JOIN ledger_account a ON a.id = e.account_id
JOIN ledger_account o ON o.id = e.other_id
JOIN ledger_asset s ON s.id = e.asset_id
JOIN ledger_journal j ON j.id = e.journal_id
ORDER BY e.effective_date {way}, e.transfer_id {way}
"""
FIRST_DATE, LAST_DATE = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a transfer. `posted` and `pending` are in minor units on `side`; `net` is what the
    posted part adds to the account in its normal direction."""

    transfer_id: int
    journal_id: int
    journal_key: str
    kind: str
    memo: Mapping[str, Json]
    effective_date: date
    phase: Phase
    side: Side
    posted: int
    pending: int
    net: int
    account: AccountRef
    other: AccountRef


@dataclass(frozen=True, slots=True)
class Statement:
    """An account between two dates. `running` stands beside each entry: the net after it."""

    opening: int
    entries: tuple[Entry, ...]
    running: tuple[int, ...]
    closing: int
    is_complete: bool


def account_statement(
    *,
    ref: AccountRef,
    book: str,
    from_date: date = FIRST_DATE,
    to_date: date = LAST_DATE,
    limit: int = 1000,
) -> Statement:
    """Entries of one account by effective date, with opening and closing net in its normal direction.

    With more than `limit` entries the first ones are given, `is_complete` is False and `closing` is
    still that of `to_date`.
    """
    ids = _account_ids(book, ref.code, ref.asset, ref.owner, ref.subject)
    before = _net_before(ids, ref.side, from_date)
    entries = _entries(ids, from_date, to_date, limit=limit + 1, newest_first=False)
    is_complete = len(entries) <= limit
    shown = entries[:limit]
    running = tuple(accumulate((entry.net for entry in shown), initial=before))[1:]
    return Statement(
        opening=before,
        entries=shown,
        running=running,
        closing=(running[-1] if running else before)
        if is_complete
        else _net_through(ids, ref.side, to_date),
        is_complete=is_complete,
    )


def figure_entries(
    *,
    book: str,
    code: str,
    asset: str,
    owner: str | None = None,
    subject: str | None = None,
    from_date: date = FIRST_DATE,
    to_date: date = LAST_DATE,
    limit: int = 200,
) -> tuple[Entry, ...]:
    """Where a figure comes from: the newest entries of all accounts that it sums."""
    ids = _account_ids(book, code, asset, owner, subject)
    return _entries(ids, from_date, to_date, limit=limit, newest_first=True)


def _account_ids(
    book: str, code: str, asset: str, owner: str | None, subject: str | None
) -> list[int]:
    filters = {"book": book, "code": code, "asset__code": asset, "owner": owner, "subject": subject}
    wanted = {name: value for name, value in filters.items() if value is not None}
    return list(Account.objects.filter(**wanted).values_list("pk", flat=True))


def _net_before(ids: list[int], side: Side, day: date) -> int:
    if day == FIRST_DATE:
        return 0
    return _net(ids, side) - _net_of_entries(ids, side, "e.effective_date >= %s", day)


def _net_through(ids: list[int], side: Side, day: date) -> int:
    return _net(ids, side) - _net_of_entries(ids, side, "e.effective_date > %s", day)


def _net(ids: list[int], side: Side) -> int:
    sums = _one(
        "SELECT coalesce(sum(dr_posted), 0)::bigint, coalesce(sum(cr_posted), 0)::bigint "
        "FROM ledger_accountbalance WHERE account_id = ANY (%s)",
        [ids],
    )
    return Balance(sums[0], sums[1], side=side).net


def _net_of_entries(ids: list[int], side: Side, where: str, day: date) -> int:
    sums = _one(
        f"""SELECT coalesce(sum(posted) FILTER (WHERE side = 'debit'), 0)::bigint,
                   coalesce(sum(posted) FILTER (WHERE side = 'credit'), 0)::bigint
            FROM ledger_entry e WHERE e.account_id = ANY (%s) AND {where}""",
        [ids, day],
    )
    return Balance(sums[0], sums[1], side=side).net


def _one(sql: str, parameters: list[Any]) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return tuple(cursor.fetchall()[0])


def _entries(
    ids: list[int], from_date: date, to_date: date, *, limit: int, newest_first: bool
) -> tuple[Entry, ...]:
    with connection.cursor() as cursor:
        way = "DESC" if newest_first else "ASC"
        cursor.execute(_ENTRIES.format(way=way), [ids, from_date, to_date, limit])
        return tuple(_entry(row) for row in cursor.fetchall())


def _entry(row: tuple[Any, ...]) -> Entry:
    account = AccountRef(row[10], row[11], row[12], row[13])
    side, posted = row[7], row[8]
    return Entry(
        transfer_id=row[0],
        journal_id=row[1],
        journal_key=row[2],
        kind=row[3],
        memo=json.loads(row[4]),
        effective_date=row[5],
        phase=Phase(row[6]),
        side=side,
        posted=posted,
        pending=row[9],
        net=posted if side == row[14] else -posted,
        account=account,
        other=AccountRef(row[15], row[11], row[16], row[17]),
    )
