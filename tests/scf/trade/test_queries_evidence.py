"""The documents behind a receivable, and what falls due when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scf.network.queries import ProgrammeFacts
from scf.network.values import Role, Scope
from scf.trade.queries import receivables_list
from scf.trade.queries_evidence import dues_by_date, evidence_list, receivables_unpaid
from tests.scf.imports.chain import (
    credit_row,
    import_tables,
    invoice_row,
    order_row,
    programme_make,
    receipt_row,
)


@pytest.fixture
def programme(db: None) -> ProgrammeFacts:
    return programme_make()


def whole(programme: ProgrammeFacts) -> Scope:
    return Scope(programme.id, Role.OPERATIONS, None)


def test_order_receipt_and_invoice_stand_side_by_side(programme: ProgrammeFacts) -> None:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    receivable = receivables_list(scope=whole(programme))[0]
    lines = evidence_list(receivable=receivable)
    assert [line.kind for line in lines] == ["order", "receipt", "invoice"]
    order, receipt, invoice = lines
    assert order.number == "4500001201"
    assert receipt.qty_micro == 100_000_000
    assert receipt.amount_minor == 4_155_000  # the order's price for what was received
    assert invoice.number == "INV-001"
    assert invoice.amount_minor == 4_155_000
    assert all(line.raw_record_id is not None for line in lines)


def test_only_the_received_part_that_the_invoice_used_counts(programme: ProgrammeFacts) -> None:
    import_tables(
        programme,
        orders=[order_row()],
        receipts=[receipt_row(quantity="60"), receipt_row(receipt_no="5000003302", quantity="50")],
        invoices=[invoice_row()],
    )
    receivable = receivables_list(scope=whole(programme))[0]
    taken = [line for line in evidence_list(receivable=receivable) if line.kind == "receipt"]
    assert [line.qty_micro for line in taken] == [60_000_000, 40_000_000]
    assert sum(line.amount_minor for line in taken) == 4_155_000


def test_a_credit_note_is_taken_off(programme: ProgrammeFacts) -> None:
    import_tables(
        programme,
        orders=[order_row()],
        receipts=[receipt_row()],
        invoices=[invoice_row(), credit_row()],
    )
    receivable = receivables_list(scope=whole(programme))[0]
    last = evidence_list(receivable=receivable)[-1]
    assert last.kind == "credit_note"
    assert last.amount_minor == -113_000


def test_what_is_unpaid_by_date_and_entity(programme: ProgrammeFacts) -> None:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    receivable = receivables_list(scope=whole(programme))[0]
    assert receivable.due_date is not None
    sums = dues_by_date(scope=whole(programme), until=receivable.due_date)
    assert [(one.due_date, one.count, one.amount_minor) for one in sums] == [
        (receivable.due_date, 1, 4_695_150)
    ]
    before = receivable.due_date - timedelta(days=1)
    assert dues_by_date(scope=whole(programme), until=before) == []


def test_another_s_scope_sees_nothing(programme: ProgrammeFacts) -> None:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    stranger = Scope(programme.id, Role.ANCHOR, frozenset({programme.platform_id}))
    assert list(receivables_unpaid(scope=stranger)) == []
    assert dues_by_date(scope=stranger, until=date(2099, 1, 1)) == []
