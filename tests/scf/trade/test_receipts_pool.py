"""What is left of receipts after reversals and returns, seen through the match."""

from __future__ import annotations

from scf.trade.values import MatchState, Movement
from tests.scf.trade.builders import (
    MICRO,
    going_back,
    invoice,
    judge,
    order,
    receipt,
)


def test_reversed_receipt_is_no_receipt() -> None:
    summary, lines = judge(
        order(),
        receipt(5, 100),
        going_back(6, 100, Movement.REVERSAL, original_number="5", original_line_no="1"),
        invoice(9, 100),
    )
    assert summary.received_micro == 0
    assert lines[9].state is MatchState.AWAITING_RECEIPT


def test_reversal_after_payment_takes_the_match_back() -> None:
    """A receipt reversed when all was settled: the verdict follows the documents, not history."""
    _, before = judge(order(is_closed=True), receipt(5, 100), invoice(9, 100))
    _, after = judge(
        order(is_closed=True),
        receipt(5, 100),
        going_back(6, 100, Movement.REVERSAL),
        invoice(9, 100),
    )
    assert before[9].state is MatchState.MATCHED
    assert after[9].state is MatchState.OVER_QUANTITY
    assert after[9].supported_net_minor == 0


def test_return_after_financing_lowers_what_is_supported() -> None:
    _, lines = judge(order(), receipt(5, 100), going_back(6, 10, Movement.RETURN), invoice(9, 100))
    assert lines[9].state is MatchState.AWAITING_RECEIPT
    assert lines[9].supported_net_minor == 90_000


def test_a_cancelled_return_brings_the_goods_back() -> None:
    summary, _ = judge(
        order(),
        receipt(5, 100),
        going_back(6, 10, Movement.RETURN, original_number="5", original_line_no="1"),
        going_back(
            7, 10, Movement.RETURN_REVERSAL, original_number="6", original_line_no="1", day=11
        ),
        invoice(9, 100),
    )
    assert summary.received_micro == 100 * MICRO
    assert summary.state is MatchState.MATCHED
