"""Vendor payments and the invoices they cleared."""

from __future__ import annotations

from tests.scf.imports.parsers.plans import of_kind, read
from tests.scf.imports.parsers.sap_tables import bkpf, bseg, vendor_line

PAYMENT = bkpf(BELNR="1500000094", BLART="KZ", XBLNR="", BLDAT="2/1/17", BUDAT="2/18/17")


def paid(amount: str = "1,000.00", **changes: str) -> dict[str, str]:
    return vendor_line(
        BELNR="1500000094", BSCHL="25", SHKZG="S", WRBTR=amount, ZBD2T="0", **changes
    )


def bank(amount: str = "1,000.00") -> dict[str, str]:
    return bseg(
        BELNR="1500000094", BUZEI="2", BSCHL="50", SHKZG="H", KTOSL="", EBELN="", WRBTR=amount
    )


def test_a_payment_by_the_invoices_it_closed() -> None:
    plan = read(
        BKPF=[bkpf(), PAYMENT],
        BSEG=[vendor_line(AUGBL="1500000094.0"), bseg(), paid(), bank()],
    )
    (payment,) = of_kind(plan, "payment")
    assert (payment.number, payment.document_date.isoformat()) == ("1500000094", "2017-02-18")
    (line,) = payment.lines
    assert (line.ref_number, line.net_minor, line.line_type) == ("INV7", 100_000, "settlement")


def test_a_part_payment_names_its_invoice_itself() -> None:
    plan = read(BKPF=[PAYMENT], BSEG=[paid("400.00", REBZG="5105600111.0"), bank("400.00")])
    (line,) = of_kind(plan, "payment")[0].lines
    assert (line.ref_number, line.net_minor) == ("5105600111", 40_000)


def test_items_that_do_not_make_up_the_sum_are_not_claimed_to() -> None:
    plan = read(
        BKPF=[bkpf(), PAYMENT],
        BSEG=[vendor_line(AUGBL="1500000094.0"), bseg(), paid("900.00"), bank("900.00")],
    )
    (line,) = of_kind(plan, "payment")[0].lines
    assert (line.ref_number, line.net_minor) == ("", 90_000)


def test_money_that_comes_back_is_a_refund() -> None:
    back = vendor_line(BELNR="1500000094", BSCHL="35", SHKZG="H", WRBTR="50.00")
    plan = read(BKPF=[PAYMENT], BSEG=[back, bank("50.00")])
    (line,) = of_kind(plan, "payment")[0].lines
    assert (line.line_type, line.sign) == ("refund", -1)
