"""The words of the trade room."""

from __future__ import annotations

from datetime import date

from scf.trade.values import MatchState, Movement, ReceivableFacts, match_state_worst


def facts(state: MatchState, financeable: int) -> ReceivableFacts:
    return ReceivableFacts(
        id=1, programme_id=1, supplier_id=2, obligor_id=3, invoice_id=4, invoice_version_id=5,
        invoice_number="INV-001", number_key="INV001", fiscal_year=2026, currency="CNY",
        invoice_date=date(2026, 2, 20), due_date=None, face_minor=100, credited_minor=0,
        paid_minor=0, supported_minor=financeable, financeable_minor=financeable,
        match_state=state, reasons=(), content_hash="", item_name="",
    )  # fmt: skip


def test_a_document_takes_its_worst_line() -> None:
    assert match_state_worst(MatchState.MATCHED, MatchState.TOLERANCE) is MatchState.TOLERANCE
    assert match_state_worst(MatchState.PRICE_BLOCK, MatchState.NO_ORDER) is MatchState.NO_ORDER
    assert match_state_worst(MatchState.DUPLICATE, MatchState.REVERSED) is MatchState.REVERSED


def test_only_matched_and_within_tolerance_pass() -> None:
    passing = {state for state in MatchState if state.passes}
    assert passing == {MatchState.MATCHED, MatchState.TOLERANCE}


def test_ready_needs_both_agreement_and_money() -> None:
    assert facts(MatchState.MATCHED, 100).is_ready
    assert not facts(MatchState.MATCHED, 0).is_ready
    assert not facts(MatchState.PRICE_BLOCK, 100).is_ready


def test_movements_say_where_the_goods_are() -> None:
    assert [each.sign for each in Movement] == [1, -1, -1, 1]
