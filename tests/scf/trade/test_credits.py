"""Credit notes on invoice lines: each is taken off once, and from the right one."""

from __future__ import annotations

from scf.trade.values import MatchState, Movement
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


def test_return_with_its_credit_note_agrees_again() -> None:
    """The return and its credit are one event: it is taken off once, not twice."""
    summary, lines = judge(
        order(),
        receipt(5, 100),
        going_back(6, 10, Movement.RETURN),
        invoice(9, 100),
        credit(3, 10, net=10_000, invoice_id=9),
    )
    assert lines[9].state is MatchState.MATCHED
    assert lines[9].supported_net_minor == 90_000
    assert [part.gross_minor for part in lines[9].credits] == [11_300]
    assert summary.invoiced_micro == 90 * MICRO


def test_credit_restores_quantity_for_a_corrected_invoice() -> None:
    """Credited 100, invoiced again 100: available = receipts - already invoiced + credited."""
    _, lines = judge(
        order(),
        receipt(5, 100),
        invoice(8, 100, day=10, net=120_000),
        credit(3, 100, net=120_000, invoice_id=8),
        invoice(9, 100, day=12),
    )
    assert lines[8].state is MatchState.REVERSED
    assert codes(lines[8]) == ["fully_credited"]
    assert lines[9].state is MatchState.MATCHED


def test_one_credit_note_for_many_invoices() -> None:
    _, lines = judge(
        order(),
        receipt(5, 100),
        invoice(8, 50, day=10),
        invoice(9, 50, day=11),
        credit(3, 0, net=2_000, invoice_id=8),
        credit(3, 0, net=3_000, invoice_id=9, line_no="2"),
    )
    assert [lines[8].supported_net_minor, lines[9].supported_net_minor] == [48_000, 47_000]
    assert {part.credit_id for each in lines.values() for part in each.credits} == {3}


def test_retrospective_rebate_is_no_price_error() -> None:
    _, lines = judge(order(), receipt(5, 100), invoice(9, 100), credit(3, 0, net=5_000))
    assert lines[9].state is MatchState.MATCHED
    assert lines[9].supported_net_minor == 95_000


def test_credit_without_an_invoice_finds_the_one_it_equals() -> None:
    _, lines = judge(
        order(),
        receipt(5, 100),
        invoice(8, 40, day=10),
        invoice(9, 60, day=11),
        credit(3, 40, net=40_000),
    )
    assert lines[8].state is MatchState.REVERSED
    assert lines[9].state is MatchState.MATCHED
