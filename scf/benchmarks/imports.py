"""How long a year of trade takes from CSV files to matched receivables."""

import csv
import io
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from scf.imports.parsers.read import plan_read
from scf.imports.queries import batch_blobs, batch_document_ids, batch_get
from scf.journeys.importing import batch_open, import_limits, import_run
from scf.journeys.matching import match_run
from scf.network.operations import PartyInput, bank_account_add, party_upsert_many, programme_ensure
from scf.runtime.scratch import scratch_database
from scf.trade.report import match_report

AT = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)
START = date(2025, 1, 1)
LINES_AN_ORDER = 4
_ORDER = "company_code order_no order_line order_date partner_code item_code item_name quantity unit unit_price payment_days"
_RECEIPT = (
    "company_code receipt_no receipt_line receipt_date partner_code order_no order_line quantity"
)
_INVOICE = "company_code invoice_no invoice_line invoice_date partner_code order_no order_line quantity net_amount tax_rate tax_amount"


def import_measure(*, order_lines: int = 50_000) -> Mapping[str, object]:
    """Import and match that many order lines, each received and invoiced, in a scratch database.

    Seconds of reading the files, of storing them and of the match, one process.
    """
    with scratch_database(label="bench", durable=True):
        programme_id = _programme()
        batch_id = batch_open(
            programme_id=programme_id,
            files=_files(order_lines),
            options={"create_parties": 1, "create_companies": 1},
            is_dry_run=False,
            uploaded_by="bench",
            party_id=None,
            at=AT,
            enqueue=False,
        ).batch_id
        started = time.perf_counter()
        plan = plan_read(blobs=batch_blobs(batch_id=batch_id), limits=import_limits())
        read = time.perf_counter()
        import_run(batch_id=batch_id, at=AT)
        stored = time.perf_counter()
        match_run(batch_id=batch_id, at=AT)
        matched = time.perf_counter()
        batch = batch_get(batch_id=batch_id)
        report = match_report(
            programme_id=programme_id, document_ids=batch_document_ids(batch_id=batch_id)
        )
    return {
        "rows": plan.row_count,
        "order_lines": report["order_lines"],
        "agree": report["agree"],
        "counts": batch.counts,
        "read_seconds": round(read - started, 2),
        "import_seconds": round(stored - read, 2),
        "match_seconds": round(matched - stored, 2),
        "rows_per_second": round(plan.row_count / (matched - read)),
    }


def _programme() -> int:
    with transaction.atomic():
        ids = party_upsert_many(
            programme_id=0,
            rows=[PartyInput(tax_id="A", name="沧澜"), PartyInput(tax_id="P", name="活水")],
        )
        escrow = bank_account_add(
            party_id=ids["P"], holder_name="活水", bank_name="监管银行", number="4471"
        )
        return programme_ensure(
            code="bench",
            name="沧澜",
            anchor_id=ids["A"],
            platform_id=ids["P"],
            escrow_account_id=escrow,
            business_date=date(2026, 3, 18),
        ).id


def _files(order_lines: int) -> list[tuple[str, bytes]]:
    orders: list[Sequence[object]] = []
    receipts: list[Sequence[object]] = []
    invoices: list[Sequence[object]] = []
    for number in range(order_lines):
        order, line = divmod(number, LINES_AN_ORDER)
        day = START + timedelta(days=order % 350)
        vendor, no = f"V{order % 300:05}", f"45{order:08}"
        quantity, price = 10 + number % 1_990, 1_00 + number * 7 % 49_900
        net = quantity * price
        tax = (net * 13 + 50) // 100
        item = f"M{number % 900:04}"
        orders.append(("6030", no, line, day, vendor, item, f"物料{item}", quantity, "PCS",
                       _yuan(price), 90))  # fmt: skip
        receipts.append(("6030", f"50{order:08}", line, day + timedelta(days=10), vendor, no, line,
                         quantity))  # fmt: skip
        invoices.append(("6030", f"INV{order:08}", line, day + timedelta(days=15), vendor, no, line,
                         quantity, _yuan(net), 13, _yuan(tax)))  # fmt: skip
    tables = (
        ("orders", _ORDER, orders),
        ("receipts", _RECEIPT, receipts),
        ("invoices", _INVOICE, invoices),
    )
    return [(f"{name}.csv", _csv(header, rows)) for name, header, rows in tables]


def _csv(header: str, rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(header.split())
    writer.writerows(rows)
    return stream.getvalue().encode("gb18030")


def _yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
