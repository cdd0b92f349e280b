"""The match over stored documents: links, allocations, and running it again."""

from __future__ import annotations

from scf.network.queries import ProgrammeFacts
from scf.trade.models import MatchAllocation, MatchLine, OrderLineMatch
from scf.trade.operations.matching import orders_match, unlinked_match
from tests.scf.imports.chain import (
    AT,
    import_tables,
    invoice_row,
    order_row,
    receipt_row,
)


def results() -> list[tuple[object, ...]]:
    """What a match keeps, without the ids that a new run gives."""
    lines = MatchLine.objects.order_by("invoice_id", "line_no").values_list(
        "invoice_id", "line_no", "invoice_version_id", "order_id", "order_version_id", "state",
        "allocated_micro", "supported_gross_minor",
    )  # fmt: skip
    orders = OrderLineMatch.objects.order_by("order_id", "line_no").values_list(
        "order_id", "line_no", "state", "received_micro", "invoiced_micro"
    )
    parts = MatchAllocation.objects.order_by("receipt_id").values_list("receipt_id", "qty_micro")
    return [*lines, *orders, *parts]


def test_running_it_again_gives_the_same(programme: ProgrammeFacts) -> None:
    import_tables(
        programme,
        orders=[order_row()],
        receipts=[receipt_row(quantity="60"), receipt_row(receipt_no="R2", quantity="40")],
        invoices=[invoice_row()],
    )
    before = results()
    order_id, invoice_id = before[0][3], before[0][0]
    orders_match(programme_id=programme.id, order_ids=[order_id], at=AT)  # type: ignore[list-item]
    unlinked_match(programme_id=programme.id, invoice_ids=[invoice_id], at=AT)  # type: ignore[list-item]
    assert results() == before
    assert MatchAllocation.objects.count() == 2


def test_the_order_in_which_files_come_does_not_matter(programme: ProgrammeFacts) -> None:
    import_tables(programme, invoices=[invoice_row()])
    assert MatchLine.objects.get().state == "no_order"
    import_tables(programme, receipts=[receipt_row()])
    import_tables(programme, orders=[order_row()])
    line = MatchLine.objects.get()
    assert (line.state, line.supported_gross_minor) == ("matched", 4_695_150)


def test_a_delivery_note_leads_an_invoice_to_its_order(programme: ProgrammeFacts) -> None:
    import_tables(
        programme,
        orders=[order_row()],
        receipts=[receipt_row(delivery_note="L-77")],
        invoices=[invoice_row(order_no="", order_line="", delivery_note="L-77")],
    )
    assert MatchLine.objects.get().state == "matched"


def test_part_price_and_date_suggest_and_do_not_link(programme: ProgrammeFacts) -> None:
    import_tables(
        programme,
        orders=[order_row()],
        receipts=[receipt_row()],
        invoices=[invoice_row(order_no="", order_line="", item_code="MX-220")],
    )
    line = MatchLine.objects.get()
    assert (line.state, line.supported_gross_minor) == ("no_order", 0)
    assert [reason["code"] for reason in line.reasons] == ["no_order_reference", "order_suggested"]


def test_an_invoice_that_moves_to_another_order_leaves_the_first(programme: ProgrammeFacts) -> None:
    import_tables(
        programme,
        orders=[order_row(), order_row(order_no="4500001202")],
        receipts=[receipt_row(), receipt_row(receipt_no="R2", order_no="4500001202")],
        invoices=[invoice_row()],
    )
    import_tables(programme, invoices=[invoice_row(order_no="4500001202")])
    assert MatchLine.objects.get().order.number == "4500001202"  # type: ignore[union-attr]
    states = dict(OrderLineMatch.objects.values_list("order__number", "state"))
    assert states == {"4500001201": "awaiting_invoice", "4500001202": "matched"}


def test_a_new_price_after_receipt_is_judged_with_the_version_it_came_in(
    programme: ProgrammeFacts,
) -> None:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    import_tables(programme, orders=[order_row(unit_price="400")])
    line = MatchLine.objects.select_related("order_version").get()
    assert line.state == "price_block"
    assert line.order_version is not None
    assert line.order_version.version_no == 2
