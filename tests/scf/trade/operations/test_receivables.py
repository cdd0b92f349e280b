"""Receivables follow their documents: credits, payments, due dates, undoing."""

from __future__ import annotations

from datetime import date, timedelta

from ledger.models import OutboxEvent
from scf.network.queries import ProgrammeFacts
from scf.network.values import Role, Scope
from scf.trade.queries import receivable_credits, receivables_list
from scf.trade.values import MatchState, ReceivableFacts
from tests.scf.imports.chain import (
    AT,
    credit_row,
    import_tables,
    invoice_row,
    order_row,
    receipt_row,
)


def only(programme: ProgrammeFacts) -> ReceivableFacts:
    scope = Scope(programme_id=programme.id, role=Role.OPERATIONS, party_ids=None)
    (found,) = receivables_list(scope=scope)
    return found


def matched(programme: ProgrammeFacts) -> ReceivableFacts:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    return only(programme)


def test_an_invoice_that_agrees_is_financeable_at_its_gross_amount(
    programme: ProgrammeFacts,
) -> None:
    found = matched(programme)
    assert (found.match_state, found.reasons) == (MatchState.MATCHED, ())
    assert (found.face_minor, found.financeable_minor) == (4_695_150, 4_695_150)
    assert (found.invoice_number, found.number_key) == ("INV-001", "INV001")
    assert found.item_name == ""
    # 90 days from the order, since the invoice names no due date.
    assert found.due_date == date(2026, 2, 20) + timedelta(days=90)


def test_its_own_due_date_wins(programme: ProgrammeFacts) -> None:
    import_tables(
        programme,
        orders=[order_row()],
        receipts=[receipt_row()],
        invoices=[invoice_row(due_date="2026-06-30")],
    )
    assert only(programme).due_date == date(2026, 6, 30)


def test_a_credit_note_lowers_what_can_be_financed_and_never_the_face(
    programme: ProgrammeFacts,
) -> None:
    before = matched(programme)
    import_tables(programme, AT + timedelta(days=1), invoices=[credit_row()])
    found = only(programme)
    assert (found.face_minor, found.credited_minor) == (4_695_150, 113_000)
    assert found.financeable_minor == 4_695_150 - 113_000
    (credit,) = receivable_credits(receivable_id=before.id)
    assert (credit.number, credit.gross_minor) == ("CN-001", 113_000)
    assert credit.credit_date == date(2026, 3, 1)


def test_a_changed_receivable_raises_an_event_and_a_new_one_does_not(
    programme: ProgrammeFacts,
) -> None:
    found = matched(programme)
    events = OutboxEvent.objects.filter(name="trade.receivable.changed")
    assert not events.exists()
    import_tables(programme, invoices=[credit_row()])
    assert [event.payload for event in events] == [
        {"receivable_id": found.id, "programme_id": programme.id}
    ]


def test_a_credit_on_a_whole_invoice_of_two_lines(programme: ProgrammeFacts) -> None:
    import_tables(
        programme,
        orders=[order_row(), order_row(order_line="20", item_code="MX-330")],
        receipts=[receipt_row(), receipt_row(receipt_line="2", order_line="20")],
        invoices=[invoice_row(), invoice_row(invoice_line="2", order_line="20"), credit_row()],
    )
    found = only(programme)
    assert (found.face_minor, found.credited_minor) == (9_390_300, 113_000)
    assert found.financeable_minor == 9_390_300 - 113_000


def test_what_the_books_say_was_paid_cannot_be_financed(programme: ProgrammeFacts) -> None:
    matched(programme)
    payment = {
        "company_code": "6030",
        "payment_no": "P1",
        "payment_date": "2026-03-10",
        "partner_code": "V10021",
        "payment_amount": "46951.50",
        "invoice_no": "inv001",
    }
    import_tables(programme, payments=[payment])
    found = only(programme)
    assert (found.match_state, found.paid_minor) == (MatchState.MATCHED, 4_695_150)
    assert found.financeable_minor == 0


def test_a_return_after_the_match_takes_it_back(programme: ProgrammeFacts) -> None:
    matched(programme)
    back = receipt_row(receipt_no="5000009", movement="return", quantity="10")
    import_tables(programme, receipts=[back])
    found = only(programme)
    assert found.match_state is MatchState.AWAITING_RECEIPT
    assert found.financeable_minor == 0
    assert found.supported_minor == 4_695_150 * 90 // 100


def test_the_same_number_in_another_year_is_another_invoice(programme: ProgrammeFacts) -> None:
    matched(programme)
    earlier = invoice_row(invoice_date="2025-02-20", order_no="", order_line="")
    import_tables(programme, invoices=[earlier])
    scope = Scope(programme_id=programme.id, role=Role.OPERATIONS, party_ids=None)
    states = {each.fiscal_year: each.match_state for each in receivables_list(scope=scope)}
    assert states == {2025: MatchState.NO_ORDER, 2026: MatchState.MATCHED}


def test_the_same_invoice_under_another_spelling_is_a_duplicate(programme: ProgrammeFacts) -> None:
    matched(programme)
    import_tables(programme, invoices=[invoice_row(invoice_no="ＩＮＶ００１")])
    scope = Scope(programme_id=programme.id, role=Role.OPERATIONS, party_ids=None)
    first, second = sorted(receivables_list(scope=scope), key=lambda each: each.id)
    assert first.match_state is MatchState.MATCHED
    assert (second.match_state, second.financeable_minor) == (MatchState.DUPLICATE, 0)
