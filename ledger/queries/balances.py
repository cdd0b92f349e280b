"""Balances: materialised for now, by subtraction for the end of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from ledger.values import AccountRef, Balance

_SELECT = """
SELECT a.code, s.code, a.owner, a.subject, a.side, {sums}.dr_posted, {sums}.cr_posted, {sums}.dr_pending, {sums}.cr_pending
FROM ledger_account a JOIN ledger_asset s ON s.id = a.asset_id JOIN {source} ON {sums}.account_id = a.id
"""
_NOW = _SELECT.format(sums="b", source="ledger_accountbalance b")
_AS_OF = _SELECT.format(sums="t", source="ledger.trial_balance(%s, %s) t")
_ORDER = " ORDER BY a.code, s.code, a.owner, a.subject"


def balance_get(*, ref: AccountRef, book: str) -> Balance:
    """Balance of one account now; an account nobody posted to yet has a balance of zero."""
    found = balances_list(
        book=book, code=ref.code, asset=ref.asset, owner=ref.owner, subject=ref.subject
    )
    return found[0][1] if found else Balance(side=ref.side)


def balances_list(
    *,
    book: str,
    code: str | None = None,
    asset: str | None = None,
    owner: str | None = None,
    subject: str | None = None,
) -> list[tuple[AccountRef, Balance]]:
    """Balances now of the accounts that match; a filter left out matches all."""
    filters = {
        "a.book": book,
        "a.code": code,
        "s.code": asset,
        "a.owner": owner,
        "a.subject": subject,
    }
    wanted = {column: value for column, value in filters.items() if value is not None}
    where = " WHERE " + " AND ".join(f"{column} = %s" for column in wanted)
    return _read(_NOW + where + _ORDER, list(wanted.values()))


def trial_balance(*, book: str, as_of: date) -> list[tuple[AccountRef, Balance]]:
    """Balances of a book at the end of `as_of`, by effective date; accounts without any are left out."""
    rows = _read(_AS_OF + _ORDER, [book, as_of])
    return [(ref, sums) for ref, sums in rows if sums != Balance(side=sums.side)]


def _read(sql: str, parameters: list[Any]) -> list[tuple[AccountRef, Balance]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [
            (AccountRef(code, asset, owner, subject), Balance(dr, cr, dr_pending, cr_pending, side))
            for code, asset, owner, subject, side, dr, cr, dr_pending, cr_pending in cursor.fetchall()
        ]
