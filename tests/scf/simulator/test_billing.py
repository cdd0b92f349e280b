from __future__ import annotations

from collections import defaultdict

from scf.simulator.values import InvoiceLine, PaymentLine, net_minor_of, tax_minor_of
from tests.scf.simulator.scenes import SMALL, purchases, sales, small_deals


def _documents() -> dict[str, list[InvoiceLine]]:
    found: dict[str, list[InvoiceLine]] = defaultdict(list)
    for deal in small_deals():
        for line in deal.invoices:
            found[line.invoice_no].append(line)
    return found


def test_every_line_is_quantity_times_price_plus_vat() -> None:
    for lines in _documents().values():
        for line in lines:
            assert line.net_minor == net_minor_of(
                qty_milli=line.qty_milli,
                price_e6=line.price_e6,
                price_unit=line.item.price_unit,
            )
            assert line.tax_minor == tax_minor_of(net_minor=line.net_minor)


def test_an_invoice_has_one_date_one_due_date_and_lines_from_one() -> None:
    for lines in _documents().values():
        assert len({(line.invoice_date, line.due_date, line.partner_code) for line in lines}) == 1
        assert sorted(line.invoice_line for line in lines) == list(range(1, len(lines) + 1))


def test_most_prices_agree_and_a_few_are_off() -> None:
    ordered = {
        (line.order_no, line.order_line): line.price_e6
        for deal in purchases()
        for line in deal.orders
    }
    billed = [line for deal in purchases() for line in deal.invoices if line.kind == "invoice"]
    off = [line for line in billed if line.price_e6 != ordered[line.order_no, line.order_line or 0]]
    assert 0 < len(off) < 0.06 * len(billed)


def test_a_credit_note_reduces_an_invoice_of_its_own_deal() -> None:
    notes = 0
    for deal in small_deals():
        own = {(line.invoice_no, line.invoice_line): line for line in deal.invoices}
        for note in deal.invoices:
            if note.kind != "credit_note":
                continue
            notes += 1
            original = own[note.original_invoice_no, note.original_invoice_line or 0]
            assert 0 < note.net_minor < original.net_minor
            assert note.invoice_date > original.due_date or note.due_date == original.due_date
    assert notes > 0


def test_the_anchor_pays_invoices_less_credit_notes_and_not_before_they_are_due() -> None:
    for deal in purchases():
        by_invoice: dict[str, PaymentLine] = {line.invoice_no: line for line in deal.payments}
        for invoice_no, payment in by_invoice.items():
            lines = [line for line in deal.invoices if line.invoice_no == invoice_no]
            credited = sum(
                line.gross_minor
                for line in deal.invoices
                if line.original_invoice_no == invoice_no
                and line.invoice_date <= payment.payment_date
            )
            assert payment.amount_minor == sum(line.gross_minor for line in lines) - credited
            assert lines[0].due_date <= payment.payment_date <= SMALL.last_date


def test_distributors_that_prepay_do_so_on_the_day_they_order() -> None:
    prepaid = [
        (deal, line) for deal in sales() for line in deal.payments if line.kind == "prepayment"
    ]
    assert prepaid
    for deal, line in prepaid:
        assert line.order_no == deal.orders[0].order_no
        assert line.payment_date == deal.orders[0].order_date


def test_some_invoices_are_written_before_the_goods_are_received() -> None:
    received = {
        (line.order_no, line.order_line): line.receipt_date
        for deal in purchases()
        for line in deal.receipts
        if line.movement == "receipt"
    }
    early = [
        line
        for deal in purchases()
        for line in deal.invoices
        if line.kind == "invoice"
        and line.invoice_date < received.get((line.order_no, line.order_line or 0), SMALL.last_date)
    ]
    assert early
