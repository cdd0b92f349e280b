"""The report over order lines: every line is counted once, with one reason."""

from __future__ import annotations

from scf.network.queries import ProgrammeFacts
from tests.scf.imports.chain import import_tables, invoice_row, order_row, receipt_row


def line(number: str) -> dict[str, str]:
    return {"order_no": number}


def test_agreeing_lines_and_why_the_others_do_not(programme: ProgrammeFacts) -> None:
    report = import_tables(
        programme,
        orders=[
            order_row(**line("1")),
            order_row(**line("2")),
            order_row(**line("3")),
            order_row(**line("4"), over_delivery_pct="5"),
            order_row(**line("5"), unit_price="x"),
        ],
        receipts=[
            receipt_row(**line("1"), receipt_no="R1"),
            receipt_row(**line("2"), receipt_no="R2"),
            receipt_row(**line("4"), receipt_no="R4", quantity="104"),
        ],
        invoices=[
            invoice_row(**line("1"), invoice_no="I1"),
            invoice_row(**line("2"), invoice_no="I2", net_amount="50000", tax_amount="6500"),
            invoice_row(
                **line("4"),
                invoice_no="I4",
                quantity="104",
                net_amount="43212",
                tax_amount="5617.56",
            ),
        ],
    ).match
    assert report["order_lines"] == 5
    assert report["agree_by_kind"] == {"exact": 1, "within_tolerance": 1}
    assert report["disagree_by_reason"] == {
        "price_high": 1,
        "nothing_received": 1,
        "not_imported": 1,
    }
    assert report["examples"]["nothing_received"] == ["3/10"]
    assert report["receivables"]["ready"] == 2
    assert report["receivables"]["states"] == {"matched": 1, "price_block": 1, "tolerance": 1}
