"""Every clause of the signed statement is a sentence on the page."""

from scf.portals.anchor.statement import statement_clauses

STATEMENT = {
    "obligor": {"name": "沧澜制冷", "tax_id": "91A"},
    "supplier": {"name": "澄岳注塑", "tax_id": "91B"},
    "invoices": [{"number": "INV-1", "date": "2026-03-16", "content_hash": "0"}],
    "amount_minor": 100_000_000,
    "currency": "CNY",
    "due_date": "2026-06-16",
    "goods_accepted": True,
    "set_off_waived": True,
    "not_assigned_or_pledged_before": True,
    "assignment_notice_acknowledged": True,
    "pay_only_to": {"holder": "托管户", "bank": "中信银行", "account": "6222"},
}


def test_nothing_that_is_signed_is_left_out() -> None:
    text = "".join(statement_clauses(STATEMENT))
    for fact in ("沧澜制冷", "91A", "澄岳注塑", "91B", "INV-1", "2026-03-16", "1,000,000.00"):
        assert fact in text
    for fact in ("2026-06-16", "抵销", "验收", "质押", "转让通知", "托管户", "中信银行", "6222"):
        assert fact in text


def test_a_waiver_that_is_not_given_is_not_said() -> None:
    text = "".join(statement_clauses({**STATEMENT, "set_off_waived": False}))
    assert "抵销" not in text
