"""Proofs of a book: recomputed from its transfers, and compared with what the outside world says."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.db import connection

from ledger import proofs_sql
from ledger.chart import ACCRUAL_REVERSED

Finding = tuple[int, list[str]]
DETAILS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that must be true. `difference` is in minor units (or rows, for references); `detail`
    names the first places where it is not."""

    name: str
    ok: bool
    difference: int
    detail: str
    seconds: float


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """All proofs of a book."""

    book: str
    ok: bool
    proofs: tuple[Proof, ...]


def book_verify(
    *,
    book: str,
    statement_closings: Mapping[date, int] | None,
    business_date: date | None,
    impaired: frozenset[str],
) -> VerifyReport:
    """Verify a book: conservation, balances from zero, references, and the five proofs of the design.

    statement_closings: closing balance of the escrow's bank statement in minor units, by the day it was
    posted; None leaves the proof of the escrow out. business_date: the open business date; None leaves
    the proof of the fee sweep out. impaired: owners ("series:7") that are flagged, whose entitlement may
    fall short. To see one moment of a living book, call it in a REPEATABLE READ transaction.
    """
    checks: list[tuple[str, Callable[[], Finding]]] = [
        ("conservation", lambda: _listed(proofs_sql.CONSERVATION, [book])),
        ("balances", lambda: _listed(proofs_sql.BALANCES, {"book": book})),
        ("references", lambda: _listed(proofs_sql.REFERENCES, {"book": book})),
        ("client_money", lambda: _listed(proofs_sql.CLIENT_MONEY, [book])),
        ("units", lambda: _listed(proofs_sql.UNITS, [book])),
        ("entitlement", lambda: _entitlement(book, impaired)),
    ]
    if statement_closings is not None:
        closings = dict(statement_closings)
        checks.append(("escrow", lambda: _escrow(book, closings)))
    if business_date is not None:
        checks.append(
            ("fees", lambda: _listed(proofs_sql.FEES, {"book": book, "day": business_date}))
        )
    proofs = tuple(_prove(name, check) for name, check in checks)
    return VerifyReport(book=book, ok=all(proof.ok for proof in proofs), proofs=proofs)


def _prove(name: str, check: Callable[[], Finding]) -> Proof:
    start = time.perf_counter()
    difference, details = check()
    shown = "; ".join(details[:DETAILS_SHOWN])
    more = f"; +{len(details) - DETAILS_SHOWN}" if len(details) > DETAILS_SHOWN else ""
    seconds = time.perf_counter() - start
    return Proof(name, ok=not details, difference=difference, detail=shown + more, seconds=seconds)


def _listed(sql: str, parameters: Any) -> Finding:
    """Each row is a place that is wrong: its name and by how much."""
    rows = _rows(sql, parameters)
    return sum(abs(row[1]) for row in rows), [f"{row[0]}: {row[1]}" for row in rows]


def _escrow(book: str, closings: dict[date, int]) -> Finding:
    """Proof 1: the escrow moves on days with a statement only, and ends them at its closing balance."""
    moved = {day: int(net) for day, net in _rows(proofs_sql.ESCROW_BY_DAY, [book])}
    days = sorted(moved.keys() | closings.keys())
    balances = dict(zip(days, accumulate(moved.get(day, 0) for day in days), strict=True))
    wrong: list[str] = []
    difference = 0
    for day in days:
        if day not in closings:
            wrong.append(f"{day}: moved by {moved[day]} without a statement")
            difference += abs(moved[day])
        elif balances[day] != closings[day]:
            wrong.append(f"{day}: book {balances[day]}, statement {closings[day]}")
            difference += abs(balances[day] - closings[day])
    return difference, wrong


def _entitlement(book: str, impaired: frozenset[str]) -> Finding:
    """Proof 4: what a series may still collect covers the principal that its holders are still owed."""
    short = [
        (series, int(entitled) + int(collected) - int(outstanding))
        for series, entitled, collected, outstanding in _rows(
            proofs_sql.ENTITLEMENT, {"book": book, "reversed": ACCRUAL_REVERSED}
        )
        if entitled + collected < outstanding and series not in impaired
    ]
    return sum(-gap for _, gap in short), [f"{series}: {gap}" for series, gap in short]


def _rows(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
