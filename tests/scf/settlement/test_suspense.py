"""What a person may make of a line in the suspense account."""

from __future__ import annotations

from scf.settlement.suspense import PayoutTrace, SuspenseLine, suspense_suggest
from scf.settlement.values import Proposal

SENT = PayoutTrace(5, 7, 93_581_346, "sent", "4471")
CONFIRMED = PayoutTrace(6, 7, 93_581_346, "confirmed", "4471")
TWIN = PayoutTrace(9, 8, 93_581_346, "sent", "8802")


def suggested(
    line: SuspenseLine,
    *payouts: PayoutTrace,
    others: tuple[SuspenseLine, ...] = (),
    fee: int = 0,
) -> tuple[Proposal, ...]:
    return suspense_suggest(line=line, payouts=payouts, others=others, fee_minor=fee, platform_id=3)


def told(found: tuple[Proposal, ...]) -> list[tuple[str, str, int]]:
    return [(line.kind, line.ref, line.amount_minor) for each in found for line in each.lines]


def test_a_debit_may_be_a_payout_that_is_out() -> None:
    found = suggested(SuspenseLine(1, -93_581_346), SENT, CONFIRMED)
    assert told(found) == [("payout", "payout:5", 93_581_346)]
    assert found[0].is_unique
    assert not found[0].automatic


def test_the_payees_account_puts_its_payout_first_among_twins() -> None:
    found = suggested(SuspenseLine(1, -93_581_346, "4471"), TWIN, SENT)
    assert [ref for _, ref, _ in told(found)] == ["payout:5", "payout:9"]
    assert not any(each.is_unique for each in found)
    assert [reason.code for reason in found[0].reasons] == ["payout_amount", "payee_account"]


def test_a_receipt_may_be_a_payout_that_came_back() -> None:
    found = suggested(SuspenseLine(1, 93_581_346), SENT, CONFIRMED)
    assert told(found) == [("return", "payout:6", 93_581_346)]


def test_another_amount_is_no_payout() -> None:
    assert suggested(SuspenseLine(1, -93_581_345), SENT) == ()


def test_a_charge_is_covered_by_the_fee_where_the_fee_suffices() -> None:
    assert told(suggested(SuspenseLine(1, -2_600), fee=2_600)) == [
        ("bank_charge", "party:3", 2_600)
    ]
    assert suggested(SuspenseLine(1, -2_600), fee=2_599) == ()
    assert suggested(SuspenseLine(1, 2_600), fee=9_999) == ()


def test_an_error_and_its_correction_cancel_out() -> None:
    others = (SuspenseLine(2, 2_600), SuspenseLine(3, -2_600), SuspenseLine(4, 2_601))
    assert told(suggested(SuspenseLine(1, -2_600), others=others)) == [("contra", "entry:2", 2_600)]
    assert told(suggested(SuspenseLine(1, 2_600), others=others)) == [("contra", "entry:3", 2_600)]
