"""Posting: Python's thin front of the database's one door."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import Error, connection

from ledger.chart import account_code
from ledger.errors import DomainError
from ledger.money import MINOR_MAX
from ledger.values import AccountRef, Journal, JournalRequest, Json, Leg, Phase

_POST = """
SELECT journal_ids, created, transfer_ids FROM ledger.post(
    %s, %s::text[], %s::bytea[], %s::text[], %s::date[], %s::timestamptz[], %s::jsonb[],
    %s::text[], %s::text[], %s::text[], %s::text[],
    %s::int[], %s::int[], %s::int[], %s::int[], %s::bigint[], %s::smallint[], %s::bigint[])
"""
_POST_ONE = """
SELECT journal_id, created, transfer_ids FROM ledger.post_one(
    %s, %s, %s, %s, %s, %s, %s::jsonb, %s::text[], %s::text[], %s::text[], %s::text[],
    %s::int[], %s::int[], %s::bigint[], %s::smallint[], %s::bigint[])
"""
# Up to here a loop of plain statements is quicker than the set-based ones (see sql/post_one.sql).
FEW_LEGS = 8


def asset_ensure(*, code: str, kind: str, scale: int) -> None:
    """Make sure that an asset exists. Raises DomainError ledger.asset_conflict when it differs."""
    with connection.cursor() as cursor, refusals_raised():
        cursor.execute("SELECT ledger.asset_ensure(%s, %s, %s::smallint)", [code, kind, scale])


def journal_post(
    *,
    key: str,
    kind: str,
    book: str,
    legs: Sequence[Leg],
    effective_date: date,
    booked_at: datetime,
    memo: Mapping[str, Json] | None = None,
) -> Journal:
    """Post all legs or none, in one round trip. The same key with the same request returns the first result.

    Amounts are in minor units of each leg's asset. Raises DomainError: ledger.key_conflict,
    limit_exceeded (account, asset, owner, subject), amount_invalid, asset_mixed, asset_unknown,
    account_unknown, pending_unknown, pending_resolved, period_locked (locked_date). After a refusal the
    surrounding transaction can only be rolled back.
    """
    request = JournalRequest(
        key=key,
        kind=kind,
        book=book,
        legs=legs,
        effective_date=effective_date,
        booked_at=booked_at,
        memo=memo or {},
    )
    return journals_post_many(requests=[request])[0]


def journals_post_many(*, requests: Sequence[JournalRequest]) -> list[Journal]:
    """Post many journals, each under its own key, all or none; one round trip for each book.

    Limits are judged on the final balances of a book's batch. Results stand in the order given.
    Raises as `journal_post`.
    """
    by_book: dict[str, list[int]] = {}
    for place, request in enumerate(requests):
        by_book.setdefault(request.book, []).append(place)
    posted: dict[int, Journal] = {}
    for book in sorted(by_book):
        places = by_book[book]
        posted.update(
            zip(places, _book_post(book, [requests[place] for place in places]), strict=True)
        )
    return [posted[place] for place in range(len(requests))]


def _book_post(book: str, requests: Sequence[JournalRequest]) -> list[Journal]:
    call = _Call()
    for request in requests:
        call.add(request)
    if len(call.requests) == 1 and len(call.requests[0].legs) <= FEW_LEGS:
        journal_id, is_new, transfer_ids = _knock(_POST_ONE, [book, *call.arguments_of_one()])
        journal_ids, created = [journal_id], [is_new]
    else:
        journal_ids, created, transfer_ids = _knock(_POST, [book, *call.arguments()])
    results: dict[str, Journal] = {}
    end = 0
    for number, request in enumerate(call.requests):
        start, end = end, end + len(request.legs)
        results[request.key] = Journal(
            journal_ids[number], created[number], tuple(transfer_ids[start:end])
        )
    return [results[request.key] for request in requests]


def _knock(sql: str, arguments: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor, refusals_raised():
        cursor.execute(sql, arguments)
        return tuple(cursor.fetchall()[0])


class _Call:
    """The arrays of one call of the door: journals, the accounts they name, and their legs."""

    def __init__(self) -> None:
        self.requests: list[JournalRequest] = []
        self._hashes: dict[str, bytes] = {}
        self._accounts: dict[AccountRef, int] = {}
        self._legs: list[tuple[int, int, int | None, int | None, int, int, int | None]] = []

    def add(self, request: JournalRequest) -> None:
        """One more journal. The same key again in one call counts once, if the request is the same."""
        if not request.legs:
            raise DomainError("ledger.amount_invalid", amount=0)
        hashed = request_hash(request)
        first = self._hashes.setdefault(request.key, hashed)
        if first != hashed:
            raise DomainError("ledger.key_conflict", key=request.key)
        if first is not hashed:
            return
        self.requests.append(request)
        number = len(self.requests)
        for seq, leg in enumerate(request.legs, start=1):
            self._legs.append(self._leg(number, seq, leg))

    def _leg(
        self, number: int, seq: int, leg: Leg
    ) -> tuple[int, int, int | None, int | None, int, int, int | None]:
        resolves = leg.phase >= Phase.POST
        if not (0 if resolves else 1) <= leg.amount <= MINOR_MAX:
            raise DomainError("ledger.amount_invalid", amount=leg.amount)
        if resolves:
            if leg.pending_id is None:
                raise DomainError("ledger.pending_unknown", pending=None)
            return number, seq, None, None, leg.amount, leg.phase, leg.pending_id
        if leg.debit.asset != leg.credit.asset:
            raise DomainError("ledger.asset_mixed", left=leg.debit.asset, right=leg.credit.asset)
        return (
            number,
            seq,
            self._account(leg.debit),
            self._account(leg.credit),
            leg.amount,
            leg.phase,
            None,
        )

    def _account(self, ref: AccountRef) -> int:
        place = self._accounts.get(ref)
        if place is None:
            account_code(code=ref.code, asset=ref.asset)
            place = self._accounts[ref] = len(self._accounts) + 1
        return place

    def arguments(self) -> list[Any]:
        requests, accounts = self.requests, list(self._accounts)
        journal, seq, debit, credit, amount, phase, pending = zip(*self._legs, strict=True)
        return [
            [request.key for request in requests],
            [self._hashes[request.key] for request in requests],
            [request.kind for request in requests],
            [request.effective_date for request in requests],
            [request.booked_at for request in requests],
            [json.dumps(dict(request.memo), ensure_ascii=False) for request in requests],
            [ref.code for ref in accounts],
            [ref.asset for ref in accounts],
            [ref.owner for ref in accounts],
            [ref.subject for ref in accounts],
            list(journal),
            list(seq),
            list(debit),
            list(credit),
            list(amount),
            [int(each) for each in phase],
            list(pending),
        ]

    def arguments_of_one(self) -> list[Any]:
        journals, rest = self.arguments()[:6], self.arguments()[6:]
        accounts, legs = rest[:4], rest[6:]
        return [*(column[0] for column in journals), *accounts, *legs]


def request_hash(request: JournalRequest) -> bytes:
    """What makes two requests under one key the same: everything but the instant they were sent."""
    legs = [
        (
            leg.debit.code,
            leg.debit.asset,
            leg.debit.owner,
            leg.debit.subject,
            leg.credit.code,
            leg.credit.owner,
            leg.credit.subject,
            leg.amount,
            int(leg.phase),
            leg.pending_id,
        )
        for leg in request.legs
    ]
    memo = json.dumps(dict(request.memo), sort_keys=True)
    return sha256(
        repr((request.kind, request.book, request.effective_date.isoformat(), legs, memo)).encode()
    ).digest()


@contextmanager
def refusals_raised() -> Iterator[None]:
    """Turn the door's refusals, and the constraints behind it, into DomainError."""
    try:
        yield
    except Error as error:
        refusal = _refusal(error)
        if refusal is None:
            raise
        raise refusal from error


_CONSTRAINTS = {
    "ledger_pendingresolution_pkey": "ledger.pending_resolved",
    "balance_debits_within_credits": "ledger.limit_exceeded",
    "balance_credits_within_debits": "ledger.limit_exceeded",
    "transfer_amount_positive": "ledger.amount_invalid",
    "transfer_between_two": "ledger.accounts_same",
}


def _refusal(error: Error) -> DomainError | None:
    diag = getattr(error.__cause__, "diag", None)
    state = getattr(diag, "sqlstate", None)
    if diag is None:
        return None
    if state == "LG001":
        return DomainError(diag.message_primary, **json.loads(diag.message_detail or "{}"))
    if state == "22003":  # a sum beyond what 64 bits hold
        return DomainError("ledger.amount_invalid", amount=MINOR_MAX)
    code = _CONSTRAINTS.get(diag.constraint_name or "")
    return DomainError(code, account="", asset="") if code else None
