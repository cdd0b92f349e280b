"""Payments with the receivable that they came out of."""

from datetime import UTC, date, datetime

from scf.portals.supplier.receipts import receipts_of
from scf.settlement.queries.receipts import PayoutLine


def payout(amount: int, subject: str = "series:7") -> PayoutLine:
    return PayoutLine(
        payout_id=1,
        party_id=2,
        subject=subject,
        purpose="payable",
        amount_minor=amount,
        state="confirmed",
        reason="",
        account_masked="····4471",
        end_to_end_id="HS1B1N1",
        on_date=date(2026, 3, 12),
        at=datetime(2026, 3, 12, 4, tzinfo=UTC),
        journal_id=85,
    )


def test_the_sum_of_the_sale_is_the_proceeds_and_the_rest_residual() -> None:
    series = {7: {"claim_id": 3, "proceeds_minor": 500}}
    claims = {3: {"invoice_number": "INV-1", "receivable_id": 11}}
    found = receipts_of([payout(500), payout(40), payout(9, "")], series, claims)
    assert [one.kind for one in found] == ["放款", "尾款", "退款"]
    assert found[0].invoice == "INV-1"
    assert found[0].month == "2026-03"
    assert found[2].receivable_id is None
