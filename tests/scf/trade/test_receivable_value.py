"""From line verdicts to what an invoice is worth as a claim."""

from __future__ import annotations

from scf.trade.receivable_value import LineResult, ReceivableValue, receivable_value
from scf.trade.values import MatchState


def value(*lines: LineResult, **more: object) -> ReceivableValue:
    given = {"face_minor": 100_000, "credited_minor": 0, "paid_minor": 0, **more}
    return receivable_value(lines=lines, **given)  # type: ignore[arg-type]


def line(gross: int = 100_000, state: MatchState = MatchState.MATCHED, **more: int) -> LineResult:
    return LineResult("1", state, (), gross, **more)


def test_all_lines_agree() -> None:
    assert value(line(60_000), line(40_000)).financeable_minor == 100_000


def test_one_bad_line_blocks_the_invoice_and_says_what_it_supports() -> None:
    found = value(line(60_000), line(30_000, MatchState.AWAITING_RECEIPT))
    assert found.state is MatchState.AWAITING_RECEIPT
    assert (found.supported_minor, found.financeable_minor) == (90_000, 0)


def test_never_more_than_the_face_less_credits() -> None:
    assert value(line(100_000), credited_minor=20_000).financeable_minor == 80_000
    # The line already has its own credits taken off: once is enough.
    assert value(line(80_000), credited_minor=20_000).financeable_minor == 80_000
    assert (
        value(line(100_000), credited_minor=5_000, loose_credit_minor=5_000).financeable_minor
        == 95_000
    )


def test_what_the_buyer_paid_is_no_longer_there() -> None:
    found = value(line(), paid_minor=100_000)
    assert (found.state, found.financeable_minor) == (MatchState.MATCHED, 0)
    assert {"code": "paid", "amount_minor": 100_000} in found.reasons


def test_a_payment_block_keeps_it_from_being_offered_not_from_agreeing() -> None:
    found = value(line(), document_state="blocked")
    assert (found.state, found.financeable_minor) == (MatchState.MATCHED, 0)
    assert found.reasons[0] == {"code": "erp_blocked"}
    assert value(line(), document_state="incomplete").financeable_minor == 0


def test_an_invoice_of_nothing_is_no_claim() -> None:
    assert value(line(0), face_minor=0).state is MatchState.REVERSED
    assert value().state is MatchState.NO_ORDER


def test_rounding_adds_up_to_at_most_one_yuan_a_document() -> None:
    lines = [LineResult(str(n), MatchState.MATCHED, (), 100, rounding_minor=1) for n in range(101)]
    assert value(*lines[:100]).state is MatchState.MATCHED
    assert value(*lines).state is MatchState.TOLERANCE
