"""RBKP and RSEG to invoices."""

from __future__ import annotations

from datetime import date
from typing import Any

from scf.imports.parsers.sap_verification import lines_settle
from scf.imports.plan import ParsedDocument, ParsedLine, Row, Severity
from tests.scf.imports.parsers.plans import errors, read
from tests.scf.imports.parsers.sap_tables import bkpf, bseg, rbkp, rseg, vendor_line


def document(header: dict[str, Any], *lines: dict[str, Any]) -> ParsedDocument:
    (found,) = read(RBKP=[header], RSEG=list(lines)).documents
    return found


def test_an_invoice_with_tax_due_date_and_the_receipt_it_is_for() -> None:
    found = document(rbkp(), rseg())
    assert (found.kind, found.reference, found.partner_code) == ("invoice", "INV-7", "125000")
    assert found.due_date == date(2017, 2, 25)
    (line,) = found.lines
    assert (line.net_minor, line.tax_minor, line.qty_micro) == (100_000, 13_000, 10_000_000)
    assert (line.ref_number, line.ref_line_no) == ("5000000010", "1")


def test_without_the_invoice_mark_it_is_a_credit_memo() -> None:
    found = document(rbkp(XRECH=""), rseg(SHKZG="H"))
    assert found.kind == "credit_note"
    assert (found.lines[0].net_minor, found.lines[0].sign) == (100_000, -1)


def test_states() -> None:
    assert document(rbkp(STBLG="51056"), rseg()).state == "reversed"
    assert document(rbkp(RBSTAT="A"), rseg()).state == "blocked"
    assert document(rbkp(), rseg(SPGRP="X")).state == "blocked"


def test_lines_without_a_header() -> None:
    plan = read(RBKP=[rbkp()], RSEG=[rseg(), rseg(BELNR="77")])
    assert errors(plan) == [("RSEG.csv", 3, "BELNR", "header_missing")]


def test_the_accounting_tables_then_give_no_second_invoice() -> None:
    plan = read(RBKP=[rbkp()], RSEG=[rseg()], BKPF=[bkpf()], BSEG=[vendor_line(), bseg()])
    assert len(plan.documents) == 1
    assert {code for *_, code in errors(plan, Severity.NOTE)} == {"history_repeats"}


def test_lines_are_made_to_add_up_by_value() -> None:
    row = Row(0, "", 1, ())
    lines = [ParsedLine("1", row, net_minor=300), ParsedLine("2", row, net_minor=100)]
    settled = lines_settle(lines, net_minor=396, tax_minor=52)
    assert [line.net_minor for line in settled] == [297, 99]
    assert [line.tax_minor for line in settled] == [39, 13]
