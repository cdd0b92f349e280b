"""What a match is given: current versions only, receipts with their notes and movements."""

from __future__ import annotations

from scf.network.queries import ProgrammeFacts
from scf.trade.match_load import match_set_load
from scf.trade.models import Document
from scf.trade.values import Movement
from tests.scf.imports.chain import import_tables, invoice_row, order_row, receipt_row


def test_only_the_current_version_counts(programme: ProgrammeFacts) -> None:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    import_tables(
        programme, orders=[order_row(quantity="80")], receipts=[receipt_row(quantity="70")]
    )
    order = Document.objects.get(kind="order")
    found = match_set_load(programme_id=programme.id, order_ids=[order.pk])
    (key,) = found.orders
    assert found.orders[key].qty_micro == 80_000_000
    assert [each.qty_micro for each in found.receipts[key]] == [70_000_000]
    assert [each.invoice_date.isoformat() for each in found.invoices[key]] == ["2026-02-20"]


def test_movements_and_notes_come_with_their_receipts(programme: ProgrammeFacts) -> None:
    import_tables(
        programme,
        orders=[order_row()],
        receipts=[
            receipt_row(delivery_note="L1"),
            receipt_row(
                receipt_no="R2", movement="return", quantity="5",
                original_receipt_no="5000003301", original_receipt_line="01",
            ),
        ],
    )  # fmt: skip
    order = Document.objects.get(kind="order")
    found = match_set_load(programme_id=programme.id, order_ids=[order.pk])
    first, second = sorted(found.receipts[(order.pk, "10")], key=lambda each: each.movement)
    assert (first.movement, first.delivery_note) == (Movement.RECEIPT, "L1")
    assert (second.movement, second.original_number, second.original_line_no) == (
        Movement.RETURN, "5000003301", "1",
    )  # fmt: skip
    assert list(found.by_note) == ["L1"]
