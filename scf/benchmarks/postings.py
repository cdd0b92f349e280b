"""How many journals a second the ledger takes when several writers share one hot account."""

import statistics
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

from django.db import connections

from ledger.operations.posting import asset_ensure, journal_post
from ledger.values import AccountRef, Leg
from scf.runtime.scratch import scratch_database

BOOK = "programme:1"
EFFECTIVE_DATE = date(2026, 1, 5)
BOOKED_AT = datetime(2026, 1, 5, tzinfo=UTC)


def postings_measure(*, journals: int = 2_000, writers: int = 4) -> Mapping[str, object]:
    """Post `journals` deposits from `writers` threads into a scratch database.

    Every journal debits the same bank account, the worst case for locks. Latencies in milliseconds
    are a caller's, with the commit on disk.
    """
    with scratch_database(label="bench", durable=True):
        asset_ensure(code="CNY", kind="currency", scale=2)
        started = time.perf_counter()
        with ThreadPoolExecutor(max_workers=writers) as pool:
            shares = pool.map(lambda writer: _post(writer, journals // writers), range(writers))
            milliseconds = sorted(value for share in shares for value in share)
        seconds = time.perf_counter() - started
    return {
        "journals": len(milliseconds),
        "writers": writers,
        "journals_per_second": round(len(milliseconds) / seconds),
        "median_ms": round(statistics.median(milliseconds), 2),
        "p99_ms": round(milliseconds[int(len(milliseconds) * 0.99)], 2),
    }


def _post(writer: int, count: int) -> list[float]:
    milliseconds = []
    try:
        for number in range(count):
            started = time.perf_counter()
            journal_post(
                key=f"bench:{writer}:{number}",
                kind="deposit",
                book=BOOK,
                legs=[
                    Leg(
                        debit=AccountRef("bank.escrow", "CNY"),
                        credit=AccountRef("available", "CNY", owner=f"party:{number % 50}"),
                        amount=100,
                    )
                ],
                effective_date=EFFECTIVE_DATE,
                booked_at=BOOKED_AT,
            )
            milliseconds.append((time.perf_counter() - started) * 1_000)
    finally:
        connections.close_all()
    return milliseconds
