"""EKKO and EKPO to orders."""

from __future__ import annotations

from typing import Any

from scf.imports.plan import ParsedLine, Severity
from tests.scf.imports.parsers.plans import errors, outcomes, read
from tests.scf.imports.parsers.sap_tables import ekko, ekpo


def line(**changes: Any) -> ParsedLine:
    (document,) = read(EKKO=[ekko()], EKPO=[ekpo(**changes)]).documents
    return document.lines[0]


def test_header_and_item_complete_each_other() -> None:
    (document,) = read(EKKO=[ekko()], EKPO=[ekpo()]).documents
    assert (document.number, document.partner_code, document.company_code) == (
        "4500000002",
        "125000",
        "US00",
    )
    assert (document.source_system, document.currency, document.terms_days) == (
        "SAP-375",
        "USD",
        30,
    )
    assert document.document_date.isoformat() == "2017-01-24"
    (item,) = document.lines
    assert (item.line_no, item.qty_micro, item.net_minor) == ("10", 10_000_000, 100_000)
    assert len(document.rows) == 2


def test_the_price_may_be_per_another_unit() -> None:
    item = line(MEINS="PC", BPRME="KG", BPUMZ="25", BPUMN="10", PEINH="100", NETWR="25.00")
    assert (item.price_micro, item.price_unit) == (250_000_000_000, 1_000)
    assert item.net_minor == 2_500


def test_services_are_ordered_by_value() -> None:
    item = line(MEINS="AU", MENGE="1", NETPR="25000", NETWR="25,000.00", PSTYP="9")
    assert (item.qty_micro, item.unit, item.price_micro) == (25_000_000_000, "USD", 100_000_000)


def test_tolerances_deletion_completion_and_returns() -> None:
    assert line(UEBTO="10").over_ppm == 100_000
    assert line(UEBTK="X").over_ppm == -1
    assert line().over_ppm is None
    assert line(LOEKZ="L").line_state == "cancelled"
    assert line(ELIKZ="X").line_state == "closed"
    assert line(RETPO="X").line_type == "return"
    assert line(PSTYP="2").line_type == "consignment"
    assert not line(WEPOS="").receipt_required


def test_a_price_unit_of_zero_is_flagged_and_read_as_one() -> None:
    plan = read(EKKO=[ekko()], EKPO=[ekpo(PEINH="0", NETWR="999")])
    assert errors(plan, Severity.WARNING) == [
        ("EKPO.csv", 2, "PEINH", "price_unit_zero"),
        ("EKPO.csv", 2, "NETWR", "net_differs"),
    ]


def test_items_without_a_header_and_headers_without_a_vendor() -> None:
    plan = read(
        EKKO=[ekko(), ekko(EBELN="46", LIFNR=""), ekko(EBELN="")],
        EKPO=[ekpo(), ekpo(EBELN="46"), ekpo(EBELN="47")],
    )
    assert errors(plan) == [
        ("EKKO.csv", 3, "LIFNR", "cell_missing"),
        ("EKKO.csv", 4, "EBELN", "cell_missing"),
        ("EKPO.csv", 3, "EBELN", "header_invalid"),
        ("EKPO.csv", 4, "EBELN", "header_missing"),
    ]
    assert len(plan.documents) == 1


def test_contracts_are_no_orders() -> None:
    plan = read(EKKO=[ekko(BSTYP="K")], EKPO=[ekpo()])
    assert outcomes(plan) == {"ignored": 2}
    assert {code for *_, code in errors(plan, Severity.NOTE)} == {"not_an_order"}


def test_a_header_without_items_is_set_aside_with_the_reason() -> None:
    plan = read(EKKO=[ekko(), ekko(EBELN="46")], EKPO=[ekpo()])
    assert errors(plan, Severity.NOTE) == [("EKKO.csv", 3, "", "lines_missing")]
