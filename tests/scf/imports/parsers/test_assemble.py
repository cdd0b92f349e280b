"""One document a key, no line twice, headers that agree."""

from __future__ import annotations

from scf.imports.plan import Severity
from tests.scf.imports.chain import order_row
from tests.scf.imports.parsers.plans import errors, outcomes, read


def test_the_same_row_twice_counts_once() -> None:
    plan = read(orders=[order_row(), order_row()])
    (document,) = plan.documents
    assert len(document.lines) == 1
    assert len(document.rows) == 2
    assert errors(plan, Severity.NOTE) == [("orders.csv", 3, "", "row_repeated")]


def test_a_line_that_comes_twice_and_differs_is_reported_on_both_rows() -> None:
    plan = read(orders=[order_row(), order_row(quantity="7"), order_row(order_line="20")])
    assert errors(plan) == [
        ("orders.csv", 2, "", "line_conflict"),
        ("orders.csv", 3, "", "line_conflict"),
    ]
    (document,) = plan.documents
    assert [line.line_no for line in document.lines] == ["20"]


def test_rows_that_disagree_on_the_header_keep_the_document_out() -> None:
    plan = read(orders=[order_row(), order_row(order_line="20", order_date="2026-01-09")])
    assert plan.documents == []
    assert {code for *_, code in errors(plan)} == {"header_conflict"}
    assert outcomes(plan) == {"quarantined": 2}


def test_a_bad_line_leaves_the_others_in() -> None:
    plan = read(orders=[order_row(), order_row(order_line="20", quantity="x")])
    (document,) = plan.documents
    assert [line.line_no for line in document.lines] == ["10"]
