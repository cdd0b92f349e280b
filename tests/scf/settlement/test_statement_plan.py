"""What each line means for the payouts that are out."""

from __future__ import annotations

import pytest

from scf.settlement.statement_plan import (
    LineView,
    Meaning,
    PayoutView,
    StatementPlan,
    statement_plan,
)
from scf.settlement.values import PaymentResultInput

SENT = PayoutView(5, "HS1B2N1", "HS1B2", 93_581_346, "sent")
FEE = PayoutView(6, "HS1B2N2", "HS1B2", 138_654, "unknown")


def plan(
    *lines: LineView, results: tuple[PaymentResultInput, ...] = (), state: str = "sent"
) -> StatementPlan:
    payout = PayoutView(5, "HS1B2N1", "HS1B2", 93_581_346, state)
    return statement_plan(lines=lines, results=results, payouts=[payout, FEE])


def meanings(found: StatementPlan) -> list[tuple[int, str, tuple[int, ...], str]]:
    return [
        (each.line.id, each.meaning.value, each.payout_ids, each.exception_code)
        for each in found.lines
    ]


def test_a_debit_with_our_id_and_amount_confirms() -> None:
    found = plan(LineView(1, -93_581_346, "HS1B2N1"))
    assert meanings(found) == [(1, "confirm", (5,), "")]


def test_an_unknown_payout_is_resolved_by_the_debit() -> None:
    assert meanings(plan(LineView(1, -138_654, "HS1B2N2"))) == [(1, "confirm", (6,), "")]


def test_another_amount_confirms_nothing() -> None:
    found = plan(LineView(1, -93_581_345, "HS1B2N1"))
    assert meanings(found) == [(1, "unexplained", (), "debit_amount_differs")]


def test_a_second_debit_of_the_same_payout_is_an_alarm() -> None:
    found = plan(LineView(1, -93_581_346, "HS1B2N1"), LineView(2, -93_581_346, "HS1B2N1"))
    assert meanings(found) == [
        (1, "confirm", (5,), ""),
        (2, "unexplained", (), "debit_of_confirmed"),
    ]


@pytest.mark.parametrize("state", ["prepared", "approved", "cancelled", "rejected", "returned"])
def test_a_debit_of_a_payout_that_is_not_out_is_an_alarm(state: str) -> None:
    found = plan(LineView(1, -93_581_346, "HS1B2N1"), state=state)
    assert meanings(found) == [(1, "unexplained", (), f"debit_of_{state}")]


def test_one_debit_for_the_whole_file_confirms_each() -> None:
    found = plan(LineView(1, -93_720_000, batch_reference="HS1B2"))
    assert meanings(found) == [(1, "confirm", (5, 6), "")]


def test_a_debit_for_the_file_after_a_refusal_is_what_is_left_of_it() -> None:
    refused = PaymentResultInput("HS1B2N2", "AC04", "收款账户已销户")
    found = plan(LineView(1, -93_581_346, batch_reference="HS1B2"), results=(refused,))
    assert meanings(found) == [(1, "confirm", (5,), "")]
    assert [each.payout_id for each in found.refusals] == [6]


def test_the_bank_refuses_a_payment_it_never_booked() -> None:
    refused = PaymentResultInput("HS1B2N1", "AC04", "收款账户已销户")
    found = plan(results=(refused,))
    assert [each.payout_id for each in found.refusals] == [5]
    assert found.strays == ()


def test_the_same_refusal_again_is_no_news_and_a_stranger_is() -> None:
    again = PaymentResultInput("HS1B2N1", "AC04")
    stranger = PaymentResultInput("E2E-9", "AC04")
    found = plan(results=(again, stranger), state="rejected")
    assert found.refusals == ()
    assert found.strays == (stranger,)


def test_a_confirmed_payout_comes_back() -> None:
    found = plan(LineView(1, 93_581_346, "HS1B2N1"), state="confirmed")
    assert meanings(found) == [(1, "return", (5,), "")]


def test_debit_and_return_in_one_statement_whatever_their_order() -> None:
    found = plan(LineView(1, 93_581_346, "HS1B2N1"), LineView(2, -93_581_346, "HS1B2N1"))
    assert meanings(found) == [(2, "confirm", (5,), ""), (1, "return", (5,), "")]


def test_a_return_that_does_not_fit_is_a_receipt_with_an_alarm() -> None:
    found = plan(LineView(1, 93_000_000, "HS1B2N1"), state="confirmed")
    assert meanings(found) == [(1, "receipt", (), "return_does_not_fit")]


def test_receipts_come_before_debits_that_nobody_instructed() -> None:
    found = plan(LineView(1, -2_600), LineView(2, 5_000_000))
    assert [each.meaning for each in found.lines] == [Meaning.RECEIPT, Meaning.UNEXPLAINED]
    assert found.lines[1].exception_code == "debit_unknown"
