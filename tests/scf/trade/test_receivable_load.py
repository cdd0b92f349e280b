"""What decides the worth of an invoice besides its own lines."""

from __future__ import annotations

from datetime import date

from scf.network.queries import ProgrammeFacts
from scf.trade.models import Document
from scf.trade.receivable_load import InvoiceFacts, invoice_facts_load
from tests.scf.imports.chain import (
    Rows,
    credit_row,
    import_tables,
    invoice_row,
    order_row,
    receipt_row,
)


def load(programme: ProgrammeFacts, **tables: Rows) -> InvoiceFacts:
    import_tables(programme, **tables)
    invoice = Document.objects.get(kind="invoice")
    return invoice_facts_load(programme_id=programme.id, invoice_ids=[invoice.pk])[invoice.pk]


def test_lines_terms_and_headline(programme: ProgrammeFacts) -> None:
    facts = load(
        programme,
        orders=[order_row()],
        receipts=[receipt_row()],
        invoices=[invoice_row(item_name="压缩机 220W")],
    )
    assert (facts.line_count, len(facts.lines), facts.item_name) == (1, 1, "压缩机 220W")
    assert facts.order_terms_days == 90
    assert facts.due_date() == date(2026, 5, 21)


def test_a_credit_that_a_line_took_is_not_taken_again(programme: ProgrammeFacts) -> None:
    facts = load(
        programme,
        orders=[order_row()],
        receipts=[receipt_row()],
        invoices=[invoice_row(), credit_row()],
    )
    assert [gross for _, gross in facts.credits.values()] == [113_000]
    assert facts.loose_credit_minor == 0


def test_a_credit_without_an_order_line_is_loose(programme: ProgrammeFacts) -> None:
    facts = load(programme, invoices=[invoice_row(), credit_row()])
    assert facts.loose_credit_minor == 113_000


def test_payments_of_other_kinds_settle_nothing(programme: ProgrammeFacts) -> None:
    payment = {
        "company_code": "6030", "payment_no": "P1", "payment_date": "2026-03-10",
        "partner_code": "V10021", "payment_amount": "100", "invoice_no": "INV-001",
    }  # fmt: skip
    facts = load(
        programme,
        invoices=[invoice_row()],
        payments=[payment, {**payment, "payment_no": "P2", "kind": "rebate"}],
    )
    assert facts.paid_minor == 10_000
