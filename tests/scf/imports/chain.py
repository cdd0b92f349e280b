"""A small chain's files: one order, one receipt, one invoice, and what a test changes in them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

from scf.imports.plan import Fact
from scf.journeys.import_reporting import SetImported, import_set
from scf.network.operations import PartyInput, bank_account_add, party_upsert_many, programme_ensure
from scf.network.queries import ProgrammeFacts

AT = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)
Rows = list[dict[str, Any]]


def programme_make(code: str = "canglan") -> ProgrammeFacts:
    """A programme with an anchor and a platform and nothing else."""
    ids = party_upsert_many(
        programme_id=0,
        rows=[
            PartyInput(tax_id=f"{code}-A", name="沧澜"),
            PartyInput(tax_id=f"{code}-P", name="活水"),
        ],
    )
    escrow = bank_account_add(
        party_id=ids[f"{code}-P"],
        holder_name="活水",
        bank_name="监管银行",
        number="6222000011114471",
        is_verified=True,
    )
    return programme_ensure(
        code=code,
        name="沧澜",
        anchor_id=ids[f"{code}-A"],
        platform_id=ids[f"{code}-P"],
        escrow_account_id=escrow,
        business_date=date(2026, 3, 18),
    )


def order_row(**changes: Any) -> dict[str, Any]:
    """100 compressors at 415.50."""
    return {
        "company_code": "6030",
        "order_no": "4500001201",
        "order_line": "10",
        "order_date": "2026-01-08",
        "partner_code": "V10021",
        "item_code": "MX-220",
        "item_name": "压缩机",
        "quantity": "100",
        "unit": "PCS",
        "unit_price": "415.50",
        "payment_days": "90",
        **changes,
    }


def receipt_row(**changes: Any) -> dict[str, Any]:
    return {
        "company_code": "6030",
        "receipt_no": "5000003301",
        "receipt_line": "1",
        "receipt_date": "2026-02-02",
        "partner_code": "V10021",
        "order_no": "4500001201",
        "order_line": "10",
        "quantity": "100",
        **changes,
    }


def invoice_row(**changes: Any) -> dict[str, Any]:
    """41,550.00 net, 46,951.50 gross."""
    return {
        "company_code": "6030",
        "invoice_no": "INV-001",
        "invoice_line": "1",
        "invoice_date": "2026-02-20",
        "partner_code": "V10021",
        "order_no": "4500001201",
        "order_line": "10",
        "quantity": "100",
        "net_amount": "41550.00",
        "tax_rate": "13",
        "tax_amount": "5401.50",
        **changes,
    }


def credit_row(**changes: Any) -> dict[str, Any]:
    """A rebate of 1,130.00 gross on INV-001."""
    return {
        "company_code": "6030",
        "invoice_no": "CN-001",
        "invoice_line": "1",
        "type": "credit_note",
        "original_invoice_no": "INV-001",
        "invoice_date": "2026-03-01",
        "partner_code": "V10021",
        "net_amount": "1000.00",
        "tax_amount": "130.00",
        **changes,
    }


def table(rows: Rows, *, encoding: str = "utf-8") -> bytes:
    """Rows as CSV; every column that any row has."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def import_tables(programme: ProgrammeFacts, at: datetime = AT, /, **tables: Rows) -> SetImported:
    """Import tables as one set, as the command line does, and match."""
    return import_files(
        programme, {f"{name}.csv": table(rows) for name, rows in tables.items()}, at=at
    )


def import_files(
    programme: ProgrammeFacts,
    files: dict[str, bytes],
    *,
    is_dry_run: bool = False,
    at: datetime = AT,
    **options: Fact,
) -> SetImported:
    given: dict[str, Fact] = {"create_parties": 1, "create_companies": 1, **options}
    return import_set(
        programme_id=programme.id,
        files=list(files.items()),
        options=given,
        is_dry_run=is_dry_run,
        at=at,
    )
