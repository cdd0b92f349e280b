"""BKPF and BSEG to invoices and credit notes."""

from __future__ import annotations

from datetime import date
from typing import Any

from scf.imports.plan import ParsedDocument, Severity
from tests.scf.imports.parsers.plans import errors, of_kind, outcomes, read
from tests.scf.imports.parsers.sap_tables import bkpf, bseg, ekko, ekpo, vendor_line

Rows = list[dict[str, Any]]


def document(*lines: dict[str, Any], header: dict[str, Any] | None = None) -> ParsedDocument:
    plan = read(EKKO=[ekko()], EKPO=[ekpo()], BKPF=[header or bkpf()], BSEG=list(lines))
    (found,) = [each for each in plan.documents if each.kind in ("invoice", "credit_note")]
    return found


def test_an_invoice_with_its_order_line() -> None:
    found = document(vendor_line(WRBTR="1,000.00"), bseg())
    assert (found.kind, found.number, found.fiscal_year, found.reference) == (
        "invoice",
        "5105600111",
        2017,
        "INV-7",
    )
    assert (found.partner_code, found.due_date) == ("125000", date(2017, 2, 25))
    (line,) = found.lines
    assert (line.order_number, line.order_line_no) == ("4500000002", "10")
    assert (line.qty_micro, line.net_minor, line.tax_minor) == (10_000_000, 100_000, 0)
    assert len(found.rows) == 3


def test_tax_is_kept_apart() -> None:
    tax = bseg(BUZEI="3", KTOSL="VST", BSCHL="40", WRBTR="130.00", EBELN="", MENGE="0", BPMNG="0")
    found = document(vendor_line(WRBTR="1,130.00"), bseg(), tax)
    assert [(line.net_minor, line.tax_minor) for line in found.lines] == [(100_000, 13_000)]


def test_a_price_difference_belongs_to_its_line() -> None:
    more = bseg(BUZEI="3", KTOSL="PRD", WRBTR="50.00")
    found = document(vendor_line(WRBTR="1,050.00"), bseg(), more)
    assert [(line.net_minor, line.qty_micro) for line in found.lines] == [(105_000, 10_000_000)]


def test_small_differences_change_what_is_owed() -> None:
    less = bseg(BUZEI="3", KTOSL="DIF", BSCHL="93", SHKZG="H", WRBTR="0.14", EBELN="", BPMNG="0")
    found = document(vendor_line(WRBTR="999.86"), bseg(), less)
    assert [line.net_minor for line in found.lines] == [99_986]


def test_posted_wholly_to_differences_nothing_is_owed() -> None:
    less = bseg(BUZEI="3", KTOSL="DIF", BSCHL="93", SHKZG="H", EBELN="", BPMNG="0")
    found = document(bseg(), less)
    assert (found.kind, found.partner_code) == ("invoice", "125000")
    assert [(line.net_minor, line.qty_micro) for line in found.lines] == [(0, 10_000_000)]


def test_a_debit_to_the_vendor_is_a_credit_note_that_names_its_invoice() -> None:
    found = document(
        vendor_line(BSCHL="21", SHKZG="S", REBZG="5105600099.0"), bseg(BSCHL="96", SHKZG="H")
    )
    assert found.kind == "credit_note"
    (line,) = found.lines
    assert (line.net_minor, line.qty_micro, line.sign, line.ref_number) == (
        100_000,
        10_000_000,
        -1,
        "5105600099",
    )


def test_blocks_clearing_and_reversal_are_states() -> None:
    assert document(vendor_line(ZLSPR="R"), bseg()).state == "blocked"
    assert document(vendor_line(ZLSPR="0"), bseg()).state == "posted"
    assert document(vendor_line(AUGBL="1500000094.0"), bseg()).attributes == {
        "cleared": "1500000094"
    }
    assert document(vendor_line(), bseg(), header=bkpf(STBLG="5105600112")).state == "reversed"


def test_documents_of_other_kinds_are_set_aside() -> None:
    plan = read(BKPF=[bkpf(BLART="WE")], BSEG=[bseg()])
    assert outcomes(plan) == {"ignored": 2}


def test_a_line_without_its_header() -> None:
    plan = read(
        BKPF=[bkpf(), bkpf(BELNR="5105600112")], BSEG=[bseg(BELNR="77"), vendor_line(), bseg()]
    )
    assert errors(plan) == [("BSEG.csv", 2, "BELNR", "header_missing")]
    assert errors(plan, Severity.NOTE) == [("BKPF.csv", 3, "", "lines_missing")]


def test_one_bad_line_keeps_the_whole_document_out() -> None:
    plan = read(BKPF=[bkpf()], BSEG=[vendor_line(), bseg(WRBTR="x")])
    assert sorted(code for *_, code in errors(plan)) == [
        "document_incomplete",
        "document_incomplete",
        "number_invalid",
    ]
    assert of_kind(plan, "invoice") == []
