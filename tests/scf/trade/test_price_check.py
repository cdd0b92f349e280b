"""Which prices pass, and what a quantity is worth: never more than the lower price."""

from __future__ import annotations

from scf.trade.values import MatchState
from tests.scf.trade.builders import (
    codes,
    invoice,
    judge,
    order,
    receipt,
)


def test_price_passes_within_half_a_percent_and_500_yuan() -> None:
    _, lines = judge(order(), receipt(5, 100), invoice(9, 100, net=100_500))
    assert lines[9].state is MatchState.TOLERANCE
    assert lines[9].supported_net_minor == 100_000
    _, lines = judge(order(), receipt(5, 100), invoice(9, 100, net=100_501))
    assert lines[9].state is MatchState.PRICE_BLOCK
    assert lines[9].reasons == (
        {
            "code": "price_high",
            "difference_minor": 501,
            "expected_minor": 100_000,
            "allowed_minor": 500,
        },
    )
    dear = order(price=1_000_000)  # 1,000,000.00 a line: half a percent is 5,000.00
    _, lines = judge(dear, receipt(5, 100), invoice(9, 100, net=100_050_000))
    assert lines[9].state is MatchState.TOLERANCE
    _, lines = judge(dear, receipt(5, 100), invoice(9, 100, net=100_050_001))
    assert lines[9].state is MatchState.PRICE_BLOCK


def test_a_lower_invoice_price_is_what_can_be_financed() -> None:
    _, lines = judge(order(), receipt(5, 100), invoice(9, 100, net=99_600))
    assert lines[9].state is MatchState.TOLERANCE
    assert lines[9].supported_net_minor == 99_600
    _, lines = judge(order(), receipt(5, 100), invoice(9, 100, net=1_000))
    assert lines[9].state is MatchState.PRICE_BLOCK
    assert codes(lines[9]) == ["price_low"]


def test_price_change_after_receipt_judges_by_the_new_price() -> None:
    _, lines = judge(order(price=900, version_id=12), receipt(5, 100), invoice(9, 100))
    assert lines[9].state is MatchState.PRICE_BLOCK
    assert lines[9].supported_net_minor == 90_000
    assert lines[9].order_version_id == 12


def test_rounding_of_one_fen_a_line_is_a_match() -> None:
    third = order(qty=3, price_unit=3, price=1_000)
    _, lines = judge(third, receipt(5, 3), invoice(9, 3, net=1_001))
    assert lines[9].state is MatchState.MATCHED
    assert lines[9].rounding_minor == 1
    assert lines[9].supported_net_minor == 1_000


def test_units_and_price_units_are_converted_first() -> None:
    by_weight = order(unit="KG", qty=2_000, price=5_000, price_unit=100)
    _, lines = judge(
        by_weight,
        receipt(5, 2, unit="TO"),
        invoice(9, 2_000_000, unit="G", net=100_000),
    )
    assert lines[9].state is MatchState.MATCHED
    assert lines[9].supported_net_minor == 100_000


def test_an_invoice_posted_with_nothing_payable_agrees_with_nothing() -> None:
    _, lines = judge(order(), receipt(5, 100), invoice(9, 100, net=0))
    assert lines[9].state is MatchState.PRICE_BLOCK
    assert codes(lines[9]) == ["nothing_payable"]
