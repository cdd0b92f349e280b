"""What the match says about the order line itself."""

from __future__ import annotations

from scf.trade.values import LineType, MatchState, Movement
from tests.scf.trade.builders import (
    codes,
    credit,
    going_back,
    invoice,
    judge,
    order,
    receipt,
)


def test_order_line_says_what_is_still_open() -> None:
    assert codes(judge(order())[0]) == ["nothing_received"]
    assert judge(order())[0].state is MatchState.AWAITING_RECEIPT
    received, _ = judge(order(), receipt(5, 100))
    assert (received.state, codes(received)) == (MatchState.AWAITING_INVOICE, ["not_invoiced"])
    partly, _ = judge(order(), receipt(5, 100), invoice(9, 40))
    assert (partly.state, codes(partly)) == (MatchState.AWAITING_INVOICE, ["not_fully_invoiced"])


def test_goods_that_go_back_agree_with_their_credit() -> None:
    back = order(line_type=LineType.RETURN)
    out = going_back(5, 100, Movement.RETURN)
    summary, _ = judge(back, out, credit(3, 100, net=100_000))
    assert (summary.state, codes(summary)) == (MatchState.MATCHED, ["return_line"])
    assert judge(back, out)[0].state is MatchState.AWAITING_INVOICE
    assert judge(back, credit(3, 100, net=100_000))[0].state is MatchState.AWAITING_RECEIPT
    assert judge(back, out, credit(3, 100, net=90_000))[0].state is MatchState.PRICE_BLOCK
    # Taking a credit back is never a claim.
    _, lines = judge(back, out, credit(3, 100, net=100_000), invoice(9, 100))
    assert lines[9].state is MatchState.NO_ORDER


def test_cancelled_order_line() -> None:
    _, lines = judge(order(is_cancelled=True), invoice(9, 100))
    assert lines[9].state is MatchState.NO_ORDER
    assert judge(order(is_cancelled=True))[0].state is MatchState.REVERSED
