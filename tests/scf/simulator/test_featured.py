from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from scf.simulator.featured import featured_deals
from scf.simulator.population import FEATURED_CODE, chain_populate
from scf.simulator.stories import MISSING_PIECES, STORY_INVOICES, WORKED_INVOICE_NO
from scf.simulator.values import Deal, net_minor_of
from tests.scf.simulator.scenes import SMALL, small_chain


def _by_invoice() -> dict[str, Deal]:
    return {
        deal.invoices[0].invoice_no: deal
        for deal in featured_deals(chain=small_chain())
        if deal.invoices
    }


def test_the_worked_invoice_is_of_one_million_and_due_in_ninety_days() -> None:
    deal = _by_invoice()[WORKED_INVOICE_NO]
    invoice, order, receipt = deal.invoices[0], deal.orders[0], deal.receipts[0]
    assert invoice.gross_minor == 100_000_000
    assert invoice.due_date == SMALL.business_date + timedelta(days=90)
    assert invoice.company_code == "1000"
    assert invoice.qty_milli == receipt.qty_milli <= order.qty_milli
    assert invoice.price_e6 == order.price_e6
    assert order.order_no == "4500118230"


def test_what_is_open_is_what_the_supplier_sees_on_its_first_page() -> None:
    opened = {
        number: deal.invoices[0].gross_minor
        for number, deal in _by_invoice().items()
        if not deal.payments and deal.orders[0].partner_code == FEATURED_CODE
    }
    assert opened == {
        "INV-2601-0122": 44_980_000,
        "INV-2601-0187": 36_720_000,
        "INV-2602-0266": 120_000_000,
        "INV-2602-0312": 80_000_000,
        "INV-2603-0377": 51_230_000,
        "INV-2603-0391": 68_450_000,
        "INV-2603-0402": 28_600_000,
        "INV-2603-0418": 100_000_000,
    }


def test_one_invoice_waits_for_its_last_pieces() -> None:
    deal = _by_invoice()["INV-2603-0402"]
    missing = deal.invoices[0].qty_milli - deal.receipts[0].qty_milli
    assert missing == MISSING_PIECES * 1_000


def test_prices_and_vat_make_the_printed_sums() -> None:
    for deal in _by_invoice().values():
        line = deal.invoices[0]
        assert line.net_minor == net_minor_of(
            qty_milli=line.qty_milli, price_e6=line.price_e6, price_unit=1
        )
        exact = line.net_minor * 13 / 100
        assert abs(line.tax_minor - exact) <= 1.5  # a fen of document rounding


def test_four_other_suppliers_have_an_invoice_in_the_story() -> None:
    others = {
        deal.orders[0].partner_code: deal.invoices[0].invoice_no
        for deal in _by_invoice().values()
        if deal.orders[0].partner_code != FEATURED_CODE
    }
    assert others == STORY_INVOICES
    assert all(not _by_invoice()[number].payments for number in others.values())


def test_invoice_numbers_are_unique_and_history_is_long_enough_to_judge() -> None:
    deals = list(featured_deals(chain=small_chain()))
    numbers = [deal.invoices[0].invoice_no for deal in deals if deal.invoices]
    assert len(numbers) == len(set(numbers))
    assert deals[0].orders[0].order_date < SMALL.business_date - timedelta(days=365)


def test_the_story_moves_with_the_business_date() -> None:
    moved = chain_populate(spec=replace(SMALL, business_date=date(2026, 9, 1)))
    last = list(featured_deals(chain=moved))[-1]
    assert last.invoices[0].due_date == date(2026, 9, 1) + timedelta(days=90)
