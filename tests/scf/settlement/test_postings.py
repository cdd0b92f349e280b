"""The legs of BOOKS, step by step: every one balances by construction, these name the accounts."""

from __future__ import annotations

from ledger.values import Leg, Phase
from scf.settlement.postings import (
    Cash,
    legs_bank_charge,
    legs_deposit,
    legs_late_payout,
    legs_late_return,
    legs_on_account,
    legs_payout_confirmed,
    legs_payout_rejected,
    legs_payout_returned,
    legs_payout_sent,
    legs_receipt,
    legs_reversed,
    legs_unexplained,
    legs_withdrawal,
)

CASH = Cash("CNY", platform_id=9)
OWED = CASH.payable(7, "series:5")


def told(legs: list[Leg]) -> list[tuple[str, str, int]]:
    return [
        (
            f"{leg.debit.code} {leg.debit.owner} {leg.debit.subject}".strip(),
            f"{leg.credit.code} {leg.credit.owner} {leg.credit.subject}".strip(),
            leg.amount,
        )
        for leg in legs
    ]


def test_step_1_deposit() -> None:
    legs = legs_receipt(cash=CASH, amount_minor=5) + legs_deposit(
        cash=CASH, party_id=7, amount_minor=5
    )
    assert told(legs) == [
        ("bank.escrow", "unallocated", 5),
        ("unallocated", "available party:7", 5),
    ]


def test_steps_5_and_10_payout() -> None:
    sent = legs_payout_sent(cash=CASH, owed=OWED, amount_minor=93_581_346)
    confirmed = legs_payout_confirmed(cash=CASH, amounts_minor=[93_581_346])
    assert told(sent + confirmed) == [
        ("payable party:7 series:5", "clearing", 93_581_346),
        ("clearing", "bank.escrow", 93_581_346),
    ]


def test_step_6_fee_sweep() -> None:
    owed = CASH.owed(purpose="fee", party_id=9, subject="")
    legs = legs_payout_sent(cash=CASH, owed=owed, amount_minor=138_654)
    assert told(legs) == [("fee_payable party:9", "clearing", 138_654)]


def test_step_11_withdrawal_is_reserved_and_then_completed() -> None:
    (reserved,) = legs_withdrawal(cash=CASH, party_id=7, amount_minor=5)
    assert reserved.phase is Phase.PENDING
    assert told([reserved]) == [("available party:7", "clearing", 5)]
    owed = CASH.owed(purpose="withdrawal", party_id=7, subject="")
    legs = legs_payout_sent(cash=CASH, owed=owed, amount_minor=9, pending_ids=[3, 4])
    assert [(leg.phase, leg.pending_id) for leg in legs] == [(Phase.POST, 3), (Phase.POST, 4)]


def test_variants_rejected_and_returned_go_back_to_what_is_owed() -> None:
    assert told(legs_payout_rejected(cash=CASH, owed=OWED, amount_minor=5)) == [
        ("clearing", "payable party:7 series:5", 5)
    ]
    assert told(legs_payout_returned(cash=CASH, owed=OWED, amount_minor=5)) == [
        ("bank.escrow", "payable party:7 series:5", 5)
    ]
    failed = CASH.owed(purpose="withdrawal", party_id=7, subject="")
    assert failed == CASH.payable(7)


def test_variant_overpaid() -> None:
    assert told(legs_on_account(cash=CASH, party_id=7, amount_minor=50_000)) == [
        ("unallocated", "on_account party:7", 50_000)
    ]


def test_an_unexplained_debit_comes_out_of_the_suspense_until_it_is_explained() -> None:
    assert told(legs_unexplained(cash=CASH, amount_minor=26)) == [
        ("unallocated", "bank.escrow", 26)
    ]
    assert told(legs_bank_charge(cash=CASH, amount_minor=26)) == [
        ("fee_payable party:9", "unallocated", 26)
    ]
    assert told(legs_late_payout(cash=CASH, amount_minor=26)) == [("clearing", "unallocated", 26)]
    assert told(legs_late_return(cash=CASH, owed=OWED, amount_minor=26)) == [
        ("unallocated", "payable party:7 series:5", 26)
    ]


def test_a_reversal_swaps_sides_last_one_first() -> None:
    legs = [Leg(CASH.unallocated, CASH.escrow, 1), Leg(CASH.clearing, OWED, 2)]
    assert told(legs_reversed(legs)) == [
        ("payable party:7 series:5", "clearing", 2),
        ("bank.escrow", "unallocated", 1),
    ]
