"""Order, receipt and invoice side by side."""

from datetime import date
from typing import Any

from scf.portals.evidence import match_table
from scf.trade.queries_evidence import EvidenceLine
from scf.trade.values import MatchState, ReceivableFacts


def receivable(**changes: Any) -> ReceivableFacts:
    facts: dict[str, Any] = {
        "id": 1, "programme_id": 1, "supplier_id": 2, "obligor_id": 3, "invoice_id": 4,
        "invoice_version_id": 5, "invoice_number": "INV-1", "number_key": "INV1",
        "fiscal_year": 2026, "currency": "CNY", "invoice_date": date(2026, 3, 16),
        "due_date": date(2026, 6, 16), "face_minor": 113_00, "credited_minor": 0,
        "paid_minor": 0, "supported_minor": 113_00, "financeable_minor": 113_00,
        "match_state": MatchState.MATCHED, "reasons": (), "content_hash": "", "item_name": "",
    }  # fmt: skip
    return ReceivableFacts(**{**facts, **changes})


def line(kind: str, **changes: Any) -> EvidenceLine:
    facts: dict[str, Any] = {
        "kind": kind, "document_id": 1, "number": "45", "line_no": "10",
        "on_date": date(2026, 3, 1), "item_name": "门体", "unit": "PCS",
        "qty_micro": 100_000_000, "price_micro": 100_000_000, "price_unit": 1,
        "amount_minor": 100_00, "state": "", "raw_record_id": None,
    }  # fmt: skip
    return EvidenceLine(**{**facts, **changes})


def test_documents_that_agree_are_green() -> None:
    table = match_table(receivable(), [line("order"), line("receipt"), line("invoice")])
    assert [row.tone for row in table.rows] == ["g", "g", "g"]
    assert [row.check for row in table.rows] == ["已链接", "数量内", "价差 0.00"]
    assert table.rows[0].amount == "100.00"
    assert table.financeable_minor == 113_00


def test_what_lacks_is_amber_and_says_how_much() -> None:
    reasons = ({"code": "receipt_missing", "qty_micro": 120_000_000},)
    facts = receivable(match_state=MatchState.AWAITING_RECEIPT, reasons=reasons)
    table = match_table(facts, [line("order"), line("receipt"), line("invoice")])
    receipt = next(row for row in table.rows if row.check == "收货差 120 件")
    assert receipt.tone == "a"


def test_a_document_that_is_not_there_has_its_own_row() -> None:
    table = match_table(receivable(), [line("invoice")])
    assert [row.check for row in table.rows[:2]] == ["没有对应的订单", "还没有收货"]
    assert {row.tone for row in table.rows[:2]} == {"a"}
