from __future__ import annotations

from dataclasses import replace

from scf.simulator.deliveries import receipt_return, receipts_reverse
from scf.simulator.draws import Draws
from scf.simulator.habits import PURCHASE_HABITS
from scf.simulator.numbers import numbers_start
from tests.scf.simulator.scenes import SMALL, purchases


def test_goods_leave_before_they_arrive_and_arrive_as_they_left() -> None:
    for deal in purchases():
        sent = {(line.despatch_no, line.order_line): line for line in deal.despatches}
        for receipt in deal.receipts:
            if receipt.movement != "receipt" or receipt.original_receipt_no:
                continue
            despatch = sent[receipt.delivery_note, receipt.order_line]
            assert despatch.despatch_date < receipt.receipt_date
            assert despatch.qty_milli == receipt.qty_milli


def test_nobody_delivers_more_than_was_ordered() -> None:
    for deal in purchases():
        ordered = {line.order_line: line.qty_milli for line in deal.orders}
        for number, qty in ordered.items():
            received = sum(
                line.qty_milli if line.movement == "receipt" else -line.qty_milli
                for line in deal.receipts
                if line.order_line == number
            )
            assert 0 <= received <= qty


def test_some_orders_come_in_parts_some_late_and_some_short() -> None:
    deals = purchases()
    assert any(len({line.receipt_no for line in deal.receipts}) > 1 for deal in deals)
    assert any(
        line.receipt_date > deal.orders[0].delivery_date for deal in deals for line in deal.receipts
    )
    closed = [line for deal in deals for line in deal.orders if line.line_state == "closed"]
    assert 0 < len(closed) < 0.06 * sum(len(deal.orders) for deal in deals)


def test_a_reversed_receipt_is_entered_again() -> None:
    receipt = next(deal for deal in purchases() if deal.receipts).receipts[0]
    undone, again = receipts_reverse(
        draws=Draws(seed=1, stream="undo"),
        numbers=numbers_start(series=9),
        habits=replace(PURCHASE_HABITS, reversal_share=1.0),
        receipts=[receipt],
    )
    assert (undone.movement, undone.original_receipt_no) == ("reversal", receipt.receipt_no)
    assert (again.movement, again.qty_milli) == ("receipt", receipt.qty_milli)
    assert again.receipt_no not in {undone.receipt_no, receipt.receipt_no}


def test_a_return_names_its_receipt_and_is_small() -> None:
    receipt = replace(
        next(deal for deal in purchases() if deal.receipts).receipts[0], qty_milli=1_000_000
    )
    back = receipt_return(
        draws=Draws(seed=1, stream="return"), numbers=numbers_start(series=9), receipt=receipt
    )
    assert back is not None
    assert back.movement == "return"
    assert (back.original_receipt_no, back.original_receipt_line) == (
        receipt.receipt_no,
        receipt.receipt_line,
    )
    assert 10_000 <= back.qty_milli <= 40_000
    assert (
        receipt_return(
            draws=Draws(seed=1, stream="return"),
            numbers=numbers_start(series=9),
            receipt=replace(receipt, qty_milli=5_000),
        )
        is None
    )


def test_nothing_is_dated_beyond_the_last_day() -> None:
    for deal in purchases():
        assert all(line.despatch_date <= SMALL.last_date for line in deal.despatches)
        assert all(line.receipt_date <= SMALL.last_date for line in deal.receipts)
