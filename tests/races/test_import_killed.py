"""kill -9 in the middle of an import and of its match: run again, it ends as if nothing happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from scf.imports.models import RawRecord, RowIssue
from scf.imports.queries import BatchFacts, batch_get
from scf.journeys.importing import batch_open, import_run
from scf.journeys.matching import match_run
from scf.network.queries import ProgrammeFacts
from scf.trade.models import DocumentLine, DocumentVersion, MatchAllocation, MatchLine, Receivable
from tests.scf.imports.chain import (
    AT,
    invoice_row,
    order_row,
    programme_make,
    receipt_row,
    table,
)

KILLS = 3
WORKER = """
import sys
from datetime import UTC, datetime
import django
django.setup()
import scf.imports.chunks, scf.journeys.matching
scf.imports.chunks.CHUNK_ROWS = 40
scf.journeys.matching.CHUNK_DOCUMENTS = 40
from scf.imports.queries import batch_get
from scf.journeys.importing import import_run
from scf.journeys.matching import match_run
batch_id, at = int(sys.argv[1]), datetime(2026, 3, 18, 2, 0, tzinfo=UTC)
print("ready", flush=True)
if batch_get(batch_id=batch_id).state != "committed":
    import_run(batch_id=batch_id, at=at)
match_run(batch_id=batch_id, at=at)
"""


def files() -> list[tuple[str, bytes]]:
    """150 orders of two lines, received in two parts, invoiced; every 50th row has a fault."""
    orders, receipts, invoices = [], [], []
    for number in range(150):
        order = f"45{number:05}"
        for line in ("10", "20"):
            bad = "x" if number % 50 == 7 and line == "20" else "100"
            orders.append(order_row(order_no=order, order_line=line, quantity=bad))
            for part, quantity in enumerate(("60", "40")):
                receipts.append(
                    receipt_row(receipt_no=f"R{order}{line}{part}", order_no=order,
                                order_line=line, quantity=quantity)
                )  # fmt: skip
            invoices.append(
                invoice_row(
                    invoice_no=f"I{order}", invoice_line=line, order_no=order, order_line=line
                )
            )
    found = {"orders": orders, "receipts": receipts, "invoices": invoices}
    return [(f"{name}.csv", table(rows)) for name, rows in found.items()]


def received(programme: ProgrammeFacts) -> int:
    options: dict[str, str | int] = {"create_parties": 1, "create_companies": 1}
    return batch_open(
        programme_id=programme.id, files=files(), options=options, is_dry_run=False,
        uploaded_by="test", party_id=None, at=AT, enqueue=False,
    ).batch_id  # fmt: skip


def end_state(programme: ProgrammeFacts, batch: BatchFacts) -> dict[str, Any]:
    """Everything that an import and its match leave, without ids."""
    key = "version__document__number"
    lines = DocumentLine.objects.filter(version__document__programme_id=programme.id)
    verdicts = MatchLine.objects.filter(invoice__programme_id=programme.id)
    parts = MatchAllocation.objects.filter(match_line__invoice__programme_id=programme.id)
    records = RawRecord.objects.filter(file__batch_id=batch.id)
    claims = Receivable.objects.filter(programme_id=programme.id)
    return {
        "counts": batch.counts,
        "stage": (batch.state, batch.match_stage, batch.documents_created),
        "versions": DocumentVersion.objects.filter(document__programme_id=programme.id).count(),
        "lines": list(lines.order_by(key, "line_no").values_list(key, "line_no", "line_hash")),
        "records": list(
            records.order_by("file__file_no", "row_no").values_list("row_no", "outcome")
        ),
        "issues": RowIssue.objects.filter(batch_id=batch.id).count(),
        "verdicts": list(
            verdicts.order_by("invoice__number", "line_no").values_list(
                "invoice__number", "line_no", "state", "allocated_micro"
            )
        ),
        "parts": list(
            parts.order_by("receipt__number").values_list("receipt__number", "qty_micro")
        ),
        "claims": list(
            claims.order_by("number_key").values_list(
                "number_key", "match_state", "financeable_minor"
            )
        ),
    }


def kill_after(batch_id: int, seconds: float) -> bool:
    """Start a process on the batch and kill it; whether it had finished before."""
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(batch_id)],
        stdout=subprocess.PIPE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "scf.config.settings", "PYTHONPATH": "."},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        deadline = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        finished = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
    return finished and process.returncode == 0


def seeds() -> list[Any]:
    many = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 50)]
    return [0, 1, *many]


@pytest.mark.parametrize("seed", seeds())
def test_killed_at_random_points_it_ends_the_same(transactional_db: None, seed: int) -> None:
    undisturbed = programme_make("calm")
    first = received(undisturbed)
    began = time.monotonic()
    import_run(batch_id=first, at=AT)
    match_run(batch_id=first, at=AT)
    whole = time.monotonic() - began
    expected = end_state(undisturbed, batch_get(batch_id=first))
    assert expected["counts"]["quarantined"] == 3

    programme = programme_make("storm")
    batch_id = received(programme)
    rng = random.Random(seed)
    killed = 0
    while killed < KILLS and not kill_after(batch_id, rng.uniform(0, whole)):
        killed += 1
    if batch_get(batch_id=batch_id).state != "committed":
        import_run(batch_id=batch_id, at=AT)
    match_run(batch_id=batch_id, at=AT)
    assert end_state(programme, batch_get(batch_id=batch_id)) == expected
