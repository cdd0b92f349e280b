"""Keys and sums of the match's values."""

from __future__ import annotations

from scf.trade.match_values import Allocation, LineVerdict, MatchPolicy
from scf.trade.values import MatchState
from tests.scf.trade.builders import KEY, invoice, order


def test_an_order_line_is_known_by_document_and_line() -> None:
    assert order().key == KEY == invoice(9, 1).order
    assert invoice(9, 1).linked((2, "20")).order == (2, "20")


def test_a_verdict_adds_up_its_allocations() -> None:
    verdict = LineVerdict(
        invoice_id=9, line_no="1", version_id=1, order=KEY, order_version_id=1,
        state=MatchState.MATCHED, reasons=(), qty_micro=5,
        allocations=(Allocation(1, 1, "1", 2), Allocation(2, 2, "1", 3)),
    )  # fmt: skip
    assert verdict.allocated_micro == 5


def test_the_default_tolerance_is_half_a_percent_and_500_yuan() -> None:
    assert (MatchPolicy().price_ppm, MatchPolicy().price_minor) == (5_000, 50_000)
