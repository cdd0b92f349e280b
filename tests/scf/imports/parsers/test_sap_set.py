"""Keys, clients and headers of a set of SAP tables."""

from __future__ import annotations

from scf.imports.plan import Severity
from tests.scf.imports.parsers.plans import errors, read
from tests.scf.imports.parsers.sap_tables import ekko, ekpo


def test_one_client_names_the_system() -> None:
    assert read(EKKO=[ekko()], EKPO=[ekpo()]).documents[0].source_system == "SAP-375"
    mixed = read(EKKO=[ekko(MANDT="100")], EKPO=[ekpo()])
    assert mixed.documents[0].source_system == "SAP"


def test_a_header_that_comes_twice() -> None:
    plan = read(EKKO=[ekko(), ekko(), ekko(LIFNR="9")], EKPO=[ekpo()])
    assert len(plan.documents) == 1
    assert errors(plan) == [("EKKO.csv", 4, "", "header_conflict")]
    assert {code for *_, code in errors(plan, Severity.NOTE)} == {"row_repeated"}


def test_keys_with_and_without_padding_meet() -> None:
    plan = read(EKKO=[ekko(EBELN="0045")], EKPO=[ekpo(EBELN="45.0")])
    assert plan.documents[0].number == "45"
