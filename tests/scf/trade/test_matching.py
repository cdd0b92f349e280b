"""The three-way match, case by case. Orders are 100 pieces at 10.00 unless a test says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scf.trade.match_values import CreditLine, InvoiceLine, ReceiptLine
from scf.trade.matching import match_unlinked
from scf.trade.values import LineType, MatchState, Movement
from tests.scf.trade.builders import (
    MICRO,
    codes,
    credit,
    going_back,
    invoice,
    judge,
    order,
    receipt,
)


def test_order_receipt_and_invoice_agree() -> None:
    summary, lines = judge(order(), receipt(5, 100), invoice(9, 100))
    assert summary.state is MatchState.MATCHED
    assert summary.reasons == ()
    assert lines[9].state is MatchState.MATCHED
    assert (lines[9].supported_net_minor, lines[9].supported_gross_minor) == (100_000, 113_000)
    assert [(part.receipt_id, part.qty_micro) for part in lines[9].allocations] == [
        (5, 100 * MICRO)
    ]
    assert (lines[9].version_id, lines[9].order_version_id) == (2009, 11)


def test_partial_delivery_invoiced_as_delivered() -> None:
    summary, lines = judge(order(), receipt(5, 60), invoice(9, 60))
    assert summary.state is MatchState.MATCHED
    assert codes(summary) == ["partly_delivered"]
    assert lines[9].supported_gross_minor == 67_800


def test_invoice_for_more_than_arrived_waits_for_the_rest() -> None:
    _, lines = judge(order(), receipt(5, 60), invoice(9, 100))
    assert lines[9].state is MatchState.AWAITING_RECEIPT
    assert lines[9].reasons == ({"code": "receipt_missing", "qty_micro": 40 * MICRO},)
    assert lines[9].supported_net_minor == 60_000


def test_invoice_before_receipt() -> None:
    summary, lines = judge(order(), invoice(9, 100))
    assert summary.state is lines[9].state is MatchState.AWAITING_RECEIPT
    assert lines[9].supported_net_minor == 0


def test_what_a_closed_order_line_lacks_will_not_come() -> None:
    _, lines = judge(order(is_closed=True), receipt(5, 60), invoice(9, 100))
    assert lines[9].state is MatchState.OVER_QUANTITY
    assert codes(lines[9]) == ["over_receipt"]


def test_over_delivery_is_blocked_unless_the_line_allows_it() -> None:
    _, lines = judge(order(), receipt(5, 104), invoice(9, 104))
    assert lines[9].state is MatchState.OVER_QUANTITY
    _, lines = judge(order(over_ppm=50_000), receipt(5, 104), invoice(9, 104))
    assert lines[9].state is MatchState.TOLERANCE
    assert codes(lines[9]) == ["over_delivery_allowed"]
    # The tolerance lets it pass and finances nothing beyond the order.
    assert lines[9].supported_net_minor == 100_000
    _, lines = judge(order(over_ppm=-1), receipt(5, 900), invoice(9, 900))
    assert lines[9].state is MatchState.TOLERANCE


def test_split_invoices_share_one_receipt_and_use_nothing_twice() -> None:
    summary, lines = judge(order(), receipt(5, 100), invoice(9, 60, day=10), invoice(8, 60, day=11))
    assert lines[9].state is MatchState.MATCHED
    assert lines[8].state is MatchState.OVER_QUANTITY
    assert codes(lines[8]) == ["over_order", "receipt_missing"]
    assert lines[8].allocated_micro == 40 * MICRO
    assert summary.invoiced_micro == 120 * MICRO


def test_one_invoice_combines_receipts_oldest_first() -> None:
    _, lines = judge(order(), receipt(6, 70, day=4), receipt(5, 30, day=2), invoice(9, 80))
    assert [(part.receipt_id, part.qty_micro) for part in lines[9].allocations] == [
        (5, 30 * MICRO),
        (6, 50 * MICRO),
    ]


def test_a_named_receipt_is_used_before_the_oldest_and_nothing_else_is() -> None:
    _, lines = judge(
        order(),
        receipt(5, 50, day=2),
        receipt(6, 50, day=4),
        invoice(8, 50, day=10),
        invoice(9, 50, day=11, receipt_number="5"),
    )
    assert [part.receipt_id for part in lines[9].allocations] == [5]
    assert [part.receipt_id for part in lines[8].allocations] == [6]
    _, lines = judge(order(), receipt(5, 50), receipt(6, 50), invoice(9, 80, receipt_number="5"))
    assert lines[9].state is MatchState.AWAITING_RECEIPT


def test_a_delivery_note_names_receipts_too() -> None:
    _, lines = judge(
        order(),
        receipt(5, 50, delivery_note="L1"),
        receipt(6, 50, delivery_note="L2"),
        invoice(9, 50, delivery_note="L2"),
    )
    assert [part.receipt_id for part in lines[9].allocations] == [6]


def test_units_that_do_not_convert_block() -> None:
    summary, lines = judge(order(), receipt(5, 100, unit="KG"), invoice(9, 100))
    assert summary.state is lines[9].state is MatchState.PRICE_BLOCK
    assert lines[9].reasons == ({"code": "unit_differs", "unit": "KG", "other": "PCS"},)


def test_foreign_currency_must_be_the_orders() -> None:
    _, lines = judge(order(currency="USD"), receipt(5, 100), invoice(9, 100, currency="USD"))
    assert lines[9].state is MatchState.MATCHED
    _, lines = judge(order(currency="USD"), receipt(5, 100), invoice(9, 100))
    assert lines[9].state is MatchState.PRICE_BLOCK
    assert lines[9].supported_net_minor == 0


def test_free_lines_are_worth_nothing_and_agree() -> None:
    free = order(price=0, line_type=LineType.FREE)
    summary, lines = judge(free, receipt(5, 100), invoice(9, 100, net=0))
    assert summary.state is MatchState.MATCHED
    assert lines[9].supported_gross_minor == 0
    _, lines = judge(free, receipt(5, 100), invoice(9, 100, net=500))
    assert lines[9].state is MatchState.PRICE_BLOCK


@pytest.mark.parametrize("line_type", [LineType.CONSIGNMENT, LineType.BUY_BACK])
def test_what_may_come_back_is_not_sold_yet(line_type: LineType) -> None:
    _, lines = judge(order(line_type=line_type), receipt(5, 100), invoice(9, 100))
    assert lines[9].state is MatchState.AWAITING_RECEIPT
    assert codes(lines[9]) == [str(line_type)]
    assert lines[9].supported_net_minor == 0


def test_advance_invoice_is_no_receivable_yet() -> None:
    _, lines = judge(order(), receipt(5, 100), invoice(9, 100, is_advance=True))
    assert lines[9].state is MatchState.AWAITING_RECEIPT
    assert lines[9].supported_net_minor == 0


def test_self_billing_changes_nothing_but_is_said() -> None:
    _, lines = judge(order(), receipt(5, 100), invoice(9, 100, is_self_billed=True))
    assert lines[9].state is MatchState.MATCHED
    assert codes(lines[9]) == ["self_billed"]


def test_services_match_the_order_alone() -> None:
    summary, lines = judge(order(receipt_required=False), invoice(9, 100))
    assert summary.state is lines[9].state is MatchState.MATCHED
    assert lines[9].supported_net_minor == 100_000


def test_another_suppliers_invoice_has_no_order_here() -> None:
    _, lines = judge(order(), receipt(5, 100), invoice(9, 100, seller_id=8))
    assert lines[9].state is MatchState.NO_ORDER
    assert codes(lines[9]) == ["partner_differs"]


def test_duplicate_and_reversed_invoices_take_no_receipt() -> None:
    summary, lines = judge(
        order(),
        receipt(5, 100),
        invoice(7, 100, day=8, is_reversed=True),
        invoice(8, 100, day=9, is_duplicate=True),
        invoice(9, 100, day=10),
    )
    assert lines[7].state is MatchState.REVERSED
    assert lines[8].state is MatchState.DUPLICATE
    assert lines[9].state is summary.state is MatchState.MATCHED


def test_a_line_without_quantity_needs_a_person() -> None:
    _, lines = judge(order(), receipt(5, 100), invoice(9, 0, net=5_000))
    assert lines[9].state is MatchState.PRICE_BLOCK
    assert codes(lines[9]) == ["no_quantity"]


def test_no_order_reference_suggests_and_never_uses() -> None:
    line = replace(invoice(9, 100), order=None)
    assert match_unlinked(line=line).state is MatchState.NO_ORDER
    verdict = match_unlinked(line=line, suggestion=order())
    assert codes(verdict) == ["no_order_reference", "order_suggested"]
    assert verdict.supported_net_minor == 0
    duplicate = match_unlinked(line=replace(line, is_duplicate=True))
    assert duplicate.state is MatchState.DUPLICATE


def test_the_answer_does_not_depend_on_input_order() -> None:
    documents: list[ReceiptLine | InvoiceLine | CreditLine] = [
        receipt(5, 50, day=2),
        receipt(6, 30, day=2),
        going_back(7, 10, Movement.RETURN),
        invoice(8, 40, day=10),
        invoice(9, 40, day=10),
        credit(3, 10, net=10_000),
    ]
    answers = {repr(sorted(judge(order(), *each)[1].items())) for each in permutations(documents)}
    assert len(answers) == 1


@given(
    ordered=st.integers(1, 200),
    received=st.lists(st.integers(1, 80), max_size=4),
    invoiced=st.lists(st.tuples(st.integers(1, 80), st.integers(1, 90_000)), max_size=4),
    returned=st.integers(0, 60),
    over=st.sampled_from([None, -1, 100_000]),
)
def test_never_supports_more_than_order_receipt_or_invoice(
    ordered: int,
    received: list[int],
    invoiced: list[tuple[int, int]],
    returned: int,
    over: int | None,
) -> None:
    receipts: list[ReceiptLine] = [receipt(50 + n, qty) for n, qty in enumerate(received)]
    if returned:
        receipts.append(going_back(60, returned, Movement.RETURN))
    invoices: list[InvoiceLine] = [
        invoice(90 + n, qty, net=net) for n, (qty, net) in enumerate(invoiced)
    ]
    summary, lines = judge(order(qty=ordered, over_ppm=over), *receipts, *invoices)
    supported = sum(each.supported_net_minor for each in lines.values())
    in_hand = max(sum(received) - returned, 0)
    assert summary.received_micro == in_hand * MICRO
    assert supported <= min(ordered, in_hand) * 1_000
    assert sum(each.allocated_micro for each in lines.values()) <= in_hand * MICRO
    used: dict[int, int] = {}
    for each in lines.values():
        for part in each.allocations:
            used[part.receipt_id] = used.get(part.receipt_id, 0) + part.qty_micro
    for n, qty in enumerate(received):
        assert used.get(50 + n, 0) <= qty * MICRO
    for number, net in enumerate(invoiced):
        assert lines[90 + number].supported_net_minor <= net[1]
