from __future__ import annotations

import re
from pathlib import Path

import pytest

from scf.simulator.tables import (
    HEADERS,
    amount_text,
    despatch_row,
    invoice_row,
    order_row,
    party_row,
    payment_row,
    price_text,
    quantity_text,
    receipt_row,
    row_mistype,
)
from tests.scf.simulator.scenes import small_chain, small_deals

FORMAT = Path(__file__).parents[3] / "docs" / "import-format.md"


def _documented(table: str) -> set[str]:
    """Every English and Chinese column name that the format's document knows."""
    text = FORMAT.read_text(encoding="utf-8")
    section = text.split(f"## {table} ")[1].split("\n## ")[0]
    return set(re.findall(r"`([a-z_]+)`", section))


@pytest.mark.parametrize("table", ["parties", "orders", "despatches", "invoices", "payments"])
def test_every_column_is_in_the_documented_format(table: str) -> None:
    assert set(HEADERS[table]) <= _documented(table)


def test_chinese_columns_are_documented_too() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    assert [name for name in HEADERS["receipts"] if name not in text] == []


def test_rows_fit_their_headers() -> None:
    deal = next(deal for deal in small_deals() if deal.payments and deal.receipts)
    rows = {
        "parties": party_row(small_chain().suppliers[0]),
        "orders": order_row(deal.orders[0]),
        "despatches": despatch_row(deal.despatches[0]),
        "receipts": receipt_row(deal.receipts[0]),
        "invoices": invoice_row(deal.invoices[0]),
        "payments": payment_row(deal.payments[0]),
    }
    assert {name: len(row) for name, row in rows.items()} == {
        name: len(header) for name, header in HEADERS.items()
    }


def test_figures_are_written_exactly() -> None:
    assert amount_text(100_000_005) == "1000000.05"
    assert quantity_text(12_500_000) == "12500"
    assert quantity_text(12_345) == "12.345"
    assert price_text(70_796_460) == "70.79646"
    assert price_text(415_500_000) == "415.50"


def test_a_mistyped_date_does_not_exist() -> None:
    deal = next(deal for deal in small_deals() if deal.despatches)
    row = despatch_row(deal.despatches[0])
    spoilt = row_mistype(row=row)
    assert str(spoilt[4]).endswith("-02-30")
    assert [cell for cell, was in zip(spoilt, row, strict=True) if cell is not was] == [spoilt[4]]
