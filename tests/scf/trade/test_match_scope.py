"""What a batch touches: more than what it brings."""

from __future__ import annotations

from scf.network.queries import ProgrammeFacts
from scf.trade.match_scope import invoices_touched, orders_touched
from scf.trade.models import Document
from tests.scf.imports.chain import (
    credit_row,
    import_tables,
    invoice_row,
    order_row,
    receipt_row,
)


def numbers(ids: list[int]) -> set[str]:
    return set(Document.objects.filter(pk__in=ids).values_list("number", flat=True))


def touched(programme: ProgrammeFacts, batch_id: int) -> tuple[set[str], set[str]]:
    orders = orders_touched(programme_id=programme.id, batch_id=batch_id)
    invoices = invoices_touched(programme_id=programme.id, batch_id=batch_id)
    return numbers(orders), numbers(invoices)


def test_a_receipt_touches_its_order_and_the_invoices_on_it(programme: ProgrammeFacts) -> None:
    import_tables(programme, orders=[order_row()], invoices=[invoice_row()])
    batch = import_tables(programme, receipts=[receipt_row()]).batch
    assert touched(programme, batch.id) == ({"4500001201"}, {"INV-001"})


def test_a_credit_note_touches_its_invoice_and_the_invoices_order(
    programme: ProgrammeFacts,
) -> None:
    import_tables(programme, orders=[order_row()], invoices=[invoice_row()])
    batch = import_tables(programme, invoices=[credit_row()]).batch
    assert touched(programme, batch.id) == ({"4500001201"}, {"INV-001"})


def test_a_second_invoice_touches_the_first_of_that_number(programme: ProgrammeFacts) -> None:
    import_tables(programme, orders=[order_row()], invoices=[invoice_row()])
    batch = import_tables(
        programme, invoices=[invoice_row(invoice_no="INV001", order_no="", order_line="")]
    ).batch
    assert touched(programme, batch.id) == ({"4500001201"}, {"INV-001", "INV001"})


def test_an_order_line_that_moved_touches_the_order_it_left(programme: ProgrammeFacts) -> None:
    import_tables(
        programme, orders=[order_row(), order_row(order_no="46")], receipts=[receipt_row()]
    )
    batch = import_tables(programme, receipts=[receipt_row(order_no="46")]).batch
    assert touched(programme, batch.id)[0] == {"4500001201", "46"}
