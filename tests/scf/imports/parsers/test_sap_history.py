"""EKBE where nothing better is there."""

from __future__ import annotations

from scf.imports.plan import Severity
from tests.scf.imports.parsers.plans import errors, of_kind, read
from tests.scf.imports.parsers.sap_tables import (
    bkpf,
    bseg,
    ekbe,
    ekko,
    ekpo,
    mkpf,
    mseg,
    vendor_line,
)

ORDER = {"EKKO": [ekko()], "EKPO": [ekpo()]}
INVOICE = ekbe(BELNR="5105600111", BEWTP="Q", VGABE="2", BWART="", XBLNR="INV-7")


def test_receipts_and_net_invoices() -> None:
    plan = read(**ORDER, EKBE=[ekbe(), ekbe(BELNR="5000000011", BWART="102", SHKZG="H"), INVOICE])
    receipts = of_kind(plan, "receipt")
    assert [each.lines[0].line_type for each in receipts] == ["receipt", "reversal"]
    (invoice,) = of_kind(plan, "invoice")
    # Without tax and due date it can be compared and not financed.
    assert (invoice.state, invoice.reference, invoice.lines[0].net_minor) == (
        "incomplete",
        "INV-7",
        100_000,
    )


def test_a_fuller_table_of_the_set_wins() -> None:
    plan = read(
        **ORDER, MKPF=[mkpf()], MSEG=[mseg()], BKPF=[bkpf()], BSEG=[vendor_line(), bseg()],
        EKBE=[ekbe(), INVOICE],
    )  # fmt: skip
    assert len(of_kind(plan, "receipt")) == len(of_kind(plan, "invoice")) == 1
    assert {code for name, *_, code in errors(plan, Severity.NOTE) if name == "EKBE.csv"} == {
        "history_repeats"
    }


def test_other_history_is_not_used_and_unknown_orders_are_named() -> None:
    plan = read(**ORDER, EKBE=[ekbe(BEWTP="D"), ekbe(EBELN="46")])
    assert errors(plan, Severity.NOTE)[-1] == ("EKBE.csv", 2, "", "history_not_used")
    assert errors(plan) == [("EKBE.csv", 3, "EBELN", "order_unknown")]
