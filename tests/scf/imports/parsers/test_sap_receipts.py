"""MKPF and MSEG to goods receipts."""

from __future__ import annotations

from scf.imports.plan import Severity
from tests.scf.imports.parsers.plans import errors, of_kind, outcomes, read
from tests.scf.imports.parsers.sap_tables import ekko, ekpo, mkpf, mseg

ORDER = {"EKKO": [ekko()], "EKPO": [ekpo()]}


def test_a_receipt_for_an_order() -> None:
    (document,) = of_kind(read(**ORDER, MKPF=[mkpf()], MSEG=[mseg()]), "receipt")
    assert (document.number, document.fiscal_year) == ("5000000010", 2017)
    assert document.document_date.isoformat() == "2017-01-25"
    (line,) = document.lines
    assert (line.order_number, line.order_line_no, line.qty_micro) == (
        "4500000002",
        "10",
        10_000_000,
    )
    assert (line.unit, line.delivery_note) == ("KG", "DN-1")


def test_movements_that_undo_name_what_they_undo() -> None:
    rows = [
        mseg(),
        mseg(ZEILE="2", BWART="102", SHKZG="H", SMBLN="5000000009", SMBLP="1"),
        mseg(ZEILE="3", BWART="122", SHKZG="H", LFBNR="5000000010", LFPOS="0001"),
        mseg(ZEILE="4", BWART="161", SHKZG="H"),
    ]
    (document,) = of_kind(read(**ORDER, MKPF=[mkpf()], MSEG=rows), "receipt")
    assert [
        (line.line_type, line.sign, line.ref_number, line.ref_line_no) for line in document.lines
    ] == [
        ("receipt", 1, "", ""),
        ("reversal", -1, "5000000009", "1"),
        ("return", -1, "5000000010", "1"),
        ("return", -1, "", ""),
    ]


def test_other_movements_are_set_aside_and_odd_ones_named() -> None:
    rows = [mseg(BWART="261"), mseg(ZEILE="2", BWART="601", EBELN="", KZBEW="")]
    plan = read(**ORDER, MKPF=[mkpf()], MSEG=rows)
    assert outcomes(plan)["ignored"] == 3
    assert errors(plan, Severity.WARNING) == [("MSEG.csv", 2, "BWART", "movement_inconsistent")]


def test_a_document_without_its_header_is_quarantined() -> None:
    plan = read(**ORDER, MKPF=[mkpf(MBLNR="5000000099")], MSEG=[mseg()])
    assert errors(plan) == [("MSEG.csv", 2, "MBLNR", "header_missing")]


def test_newer_systems_carry_the_date_in_the_line() -> None:
    (document,) = of_kind(read(**ORDER, MSEG=[mseg(BUDAT_MKPF="1/27/17")]), "receipt")
    assert document.document_date.isoformat() == "2017-01-27"


def test_services_are_received_by_value() -> None:
    plan = read(
        EKKO=[ekko()],
        EKPO=[ekpo(MEINS="AU", MENGE="1", NETPR="1000")],
        MKPF=[mkpf()],
        MSEG=[mseg(BSTME="AU", BSTMG="1", DMBTR="545.00")],
    )
    (line,) = of_kind(plan, "receipt")[0].lines
    assert (line.qty_micro, line.unit) == (545_000_000, "USD")


def test_another_vendor_than_the_orders_is_named() -> None:
    plan = read(**ORDER, MKPF=[mkpf()], MSEG=[mseg(LIFNR="125001")])
    assert errors(plan, Severity.WARNING) == [("MSEG.csv", 2, "LIFNR", "partner_differs")]
    assert of_kind(plan, "receipt")[0].partner_code == "125000"
