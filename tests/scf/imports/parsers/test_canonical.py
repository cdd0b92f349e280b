"""Canonical tables to documents: one set, whatever its files are called."""

from __future__ import annotations

from tests.scf.imports.chain import credit_row, invoice_row, order_row, receipt_row
from tests.scf.imports.parsers.plans import errors, outcomes, read


def test_files_are_told_apart_by_header_not_by_name() -> None:
    plan = read(a=[receipt_row()], b=[invoice_row(), credit_row()], c=[order_row()])
    assert plan.format == "canonical"
    assert [file.table for file in plan.files] == ["receipts", "invoices", "orders"]
    assert [each.kind for each in plan.documents] == ["order", "receipt", "invoice", "credit_note"]


def test_lines_of_a_document_come_together_in_any_order() -> None:
    rows = [order_row(order_line="10"), order_row(order_no="46"), order_row(order_line="20")]
    plan = read(orders=rows)
    assert [(each.number, len(each.lines)) for each in plan.documents] == [
        ("4500001201", 2),
        ("46", 1),
    ]


def test_parties_with_their_roles() -> None:
    plan = read(
        parties=[
            {"party_code": "6030", "name": "沧澜空调", "role": "obligor"},
            {"party_code": "V1", "name": "甲", "role": "供应商", "uscc": "91370200MA3C000001"},
            {"party_code": "C1", "name": "乙", "role": "distributor"},
        ]
    )
    found = [(each.kind, each.code, each.role, each.tax_id) for each in plan.parties]
    assert found == [
        ("company", "6030", "obligor", ""),
        ("vendor", "V1", "supplier", "91370200MA3C000001"),
        ("customer", "C1", "distributor", ""),
    ]


def test_each_fault_is_reported_at_its_row_and_column() -> None:
    plan = read(
        orders=[
            order_row(),
            order_row(order_line="20", quantity="-5"),
            order_row(order_line="30", currency="ABC"),
            order_row(order_line="40", order_date="1926-01-08"),
            order_row(order_line="50", unit_price=""),
            order_row(order_line="60", partner_code="=1+1"),
        ]
    )
    assert errors(plan) == [
        ("orders.csv", 3, "quantity", "quantity_negative"),
        ("orders.csv", 4, "currency", "currency_unknown"),
        ("orders.csv", 5, "order_date", "date_century"),
        ("orders.csv", 6, "unit_price", "cell_missing"),
        ("orders.csv", 7, "partner_code", "formula_cell"),
    ]
    assert outcomes(plan) == {"open": 1, "quarantined": 5}
