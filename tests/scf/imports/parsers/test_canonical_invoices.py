"""Rows of invoices, credit notes and payments."""

from __future__ import annotations

from scf.imports.plan import Severity
from tests.scf.imports.chain import credit_row, invoice_row
from tests.scf.imports.parsers.plans import errors, of_kind, read


def test_an_invoice_is_known_by_the_suppliers_number_and_the_supplier() -> None:
    (document,) = read(invoices=[invoice_row(due_date="2026-05-21")]).documents
    assert (document.number, document.partner_key, document.reference) == (
        "INV-001",
        "V10021",
        "INV-001",
    )
    assert (document.fiscal_year, document.state) == (2026, "posted")
    (line,) = document.lines
    assert (line.net_minor, line.tax_minor, line.qty_micro) == (4_155_000, 540_150, 100_000_000)


def test_the_erps_own_number_is_the_key_where_there_is_one() -> None:
    (document,) = read(invoices=[invoice_row(document_no="5100001")]).documents
    assert (document.number, document.partner_key, document.reference) == ("5100001", "", "INV-001")


def test_a_credit_note_names_its_invoice_normalised() -> None:
    (document,) = read(invoices=[credit_row()]).documents
    assert document.kind == "credit_note"
    assert (document.lines[0].ref_number, document.lines[0].sign) == ("INV001", -1)


def test_a_negative_invoice_that_names_its_original_is_a_credit_note() -> None:
    row = invoice_row(net_amount="-100", tax_amount="-13", original_invoice_no="INV-000")
    plan = read(invoices=[row])
    (document,) = plan.documents
    assert document.kind == "credit_note"
    assert (document.lines[0].net_minor, document.lines[0].tax_minor) == (10_000, 1_300)
    assert ("invoices.csv", 2, "net_amount", "negative_invoice") in errors(plan, Severity.WARNING)


def test_a_negative_invoice_that_names_none_is_refused() -> None:
    plan = read(invoices=[invoice_row(net_amount="-100", tax_amount="-13", tax_rate="")])
    assert errors(plan) == [("invoices.csv", 2, "net_amount", "amount_negative")]


def test_the_three_amounts_must_add_up_and_tax_is_recomputed() -> None:
    plan = read(
        invoices=[
            invoice_row(gross_amount="46951.50"),
            invoice_row(invoice_no="2", gross_amount="46951.51"),
            invoice_row(invoice_no="3", tax_rate="9"),
        ]
    )
    assert errors(plan) == [("invoices.csv", 3, "gross_amount", "gross_differs")]
    assert errors(plan, Severity.WARNING) == [("invoices.csv", 4, "tax_amount", "tax_differs")]


def test_absurd_amounts_are_refused() -> None:
    plan = read(invoices=[invoice_row(net_amount="999999999999", tax_amount="129999999999.87")])
    assert errors(plan) == [("invoices.csv", 2, "net_amount", "amount_absurd")]


def test_flags_go_with_the_document() -> None:
    row = invoice_row(self_billed="Y", advance="是", state="冻结")
    (document,) = read(invoices=[row]).documents
    assert document.attributes == {"self_billed": 1, "advance": 1}
    assert document.state == "blocked"


def test_a_payment_keeps_no_more_of_the_account_than_its_tail() -> None:
    row = {
        "company_code": "6030", "payment_no": "P1", "payment_date": "2026-03-10",
        "partner_code": "V10021", "payment_amount": "100", "invoice_no": "INV-001",
        "bank_account": "6222000011114471", "kind": "预付款",
    }  # fmt: skip
    (document,) = of_kind(read(payments=[row]), "payment")
    assert document.attributes == {"account_tail": "4471"}
    (line,) = document.lines
    assert (line.line_no, line.line_type, line.ref_number) == ("1", "prepayment", "INV001")


def test_a_due_date_before_the_invoice_is_flagged() -> None:
    plan = read(invoices=[invoice_row(due_date="2026-01-01")])
    assert errors(plan, Severity.WARNING) == [("invoices.csv", 2, "due_date", "due_before_invoice")]
