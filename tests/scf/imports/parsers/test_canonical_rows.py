"""Rows of orders, despatches and receipts."""

from __future__ import annotations

from datetime import date

from scf.imports.plan import Severity
from tests.scf.imports.chain import order_row, receipt_row
from tests.scf.imports.parsers.plans import errors, read


def test_an_order_line() -> None:
    (document,) = read(
        orders=[order_row(over_delivery_pct="5", delivery_date="2026-02-01")]
    ).documents
    (line,) = document.lines
    assert (document.number, document.terms_days, document.currency) == ("4500001201", 90, "CNY")
    assert (line.qty_micro, line.price_micro, line.net_minor) == (
        100_000_000,
        41_550_000_000,
        4_155_000,
    )
    assert (line.over_ppm, line.line_date, line.unit) == (50_000, date(2026, 2, 1), "PCS")


def test_line_types_and_states_in_both_languages() -> None:
    rows = [
        order_row(order_line="10", line_type="consignment", line_state="closed"),
        order_row(order_line="20", line_type="退货", line_state="取消"),
        order_row(order_line="30", receipt_required="N", unit_price="0", line_type="free"),
    ]
    (document,) = read(orders=rows).documents
    assert [(line.line_type, line.line_state) for line in document.lines] == [
        ("consignment", "closed"),
        ("return", "cancelled"),
        ("free", "open"),
    ]
    assert [line.receipt_required for line in document.lines] == [True, True, False]


def test_an_amount_that_is_not_quantity_times_price_is_flagged() -> None:
    plan = read(
        orders=[order_row(net_amount="41550.01"), order_row(order_no="46", net_amount="40000")]
    )
    assert errors(plan, Severity.WARNING) == [("orders.csv", 3, "net_amount", "net_differs")]


def test_a_receipt_and_what_undoes_it() -> None:
    rows = [
        receipt_row(),
        receipt_row(
            receipt_no="R2",
            movement="冲销",
            original_receipt_no="5000003301",
            original_receipt_line="0001",
        ),
        receipt_row(receipt_no="R3", movement="gone"),
    ]
    plan = read(receipts=rows)
    first, second = plan.documents
    assert (first.fiscal_year, first.lines[0].line_type, first.lines[0].sign) == (
        2026,
        "receipt",
        1,
    )
    line = second.lines[0]
    assert (line.line_type, line.sign, line.ref_number, line.ref_line_no) == (
        "reversal",
        -1,
        "5000003301",
        "1",
    )
    assert errors(plan) == [("receipts.csv", 4, "movement", "choice_unknown")]


def test_a_despatch_says_who_carries_it() -> None:
    row = {
        "company_code": "6030", "despatch_no": "D1", "despatch_line": "1",
        "despatch_date": "2026-02-01", "partner_code": "V10021", "quantity": "5",
        "carrier_code": "C9", "waybill_no": "SF1", "origin": "青岛", "delivered_date": "2026-02-03",
    }  # fmt: skip
    (document,) = read(despatches=[row]).documents
    assert document.attributes == {"carrier_code": "C9", "waybill_no": "SF1", "origin": "青岛"}
    assert document.lines[0].line_date == date(2026, 2, 3)


def test_sales_name_a_distributor() -> None:
    (document,) = read(orders=[order_row(direction="销售", partner_code="C1")]).documents
    assert (document.direction, document.partner_code) == ("sales", "C1")
