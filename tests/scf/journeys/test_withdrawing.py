"""An investor takes cash out: reserved at once, paid once, never spent twice."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from ledger.queries import balance_get
from scf.journeys.paying import payouts_prepare
from scf.journeys.withdrawing import withdrawal_cancel, withdrawal_request
from scf.settlement.queries import payouts_list, withdrawals_list
from tests.scf.settlement.scenes import AT, Scene, scene

pytestmark = pytest.mark.django_db
CASH = 50_678_082


@pytest.fixture
def bank() -> Scene:
    made = scene()
    made.deposit("A", CASH)
    return made


def ask(bank: Scene, amount: int, key: str = "k1") -> int:
    return withdrawal_request(actor=bank.actor("A"), amount_minor=amount, key=key, at=AT)


def free(bank: Scene) -> int:
    ref = bank.cash.available(bank.world.party("A"))
    return balance_get(ref=ref, book=bank.programme.book).free


def test_step_11_available_to_clearing_to_the_bank(bank: Scene) -> None:
    ask(bank, CASH)
    assert free(bank) == 0
    assert bank.balance_of(bank.cash.available(bank.world.party("A"))) == CASH
    batch_id = bank.send()
    assert bank.balance_of(bank.cash.available(bank.world.party("A"))) == 0
    assert bank.balance_of(bank.cash.clearing) == CASH
    bank.receive(bank.write(instructions=bank.instructions(batch_id)))
    assert bank.escrow == bank.balance == 0
    assert [each.state for each in withdrawals_list(scope=bank.scope_of("A"))] == ["sent"]


def test_several_wishes_of_one_party_are_one_payout(bank: Scene) -> None:
    ask(bank, 100, "k1")
    ask(bank, 200, "k2")
    (payout,) = bank.payouts(bank.send())
    assert (payout.purpose, payout.amount_minor) == ("withdrawal", 300)


def test_the_same_request_twice_is_one_withdrawal(bank: Scene) -> None:
    assert ask(bank, 100) == ask(bank, 100)
    assert free(bank) == CASH - 100
    with pytest.raises(DomainError, match="withdrawal_key"):
        ask(bank, 101)


@pytest.mark.parametrize(("amount", "code"), [(0, "withdrawal_amount"), (-5, "withdrawal_amount")])
def test_nothing_is_no_withdrawal(bank: Scene, amount: int, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        ask(bank, amount)


def test_more_than_is_free_is_refused_and_nothing_is_reserved(bank: Scene) -> None:
    ask(bank, CASH - 10)
    with pytest.raises(DomainError, match="withdrawal_uncovered"):
        ask(bank, 11, "k2")


def test_a_wish_is_taken_back_until_it_is_instructed(bank: Scene) -> None:
    first = ask(bank, 100)
    withdrawal_cancel(actor=bank.actor("A"), withdrawal_id=first, at=AT)
    assert free(bank) == CASH
    second = ask(bank, 100, "k2")
    payouts_prepare(programme_id=bank.id, actor=None, at=AT)
    with pytest.raises(DomainError, match="transition_refused"):
        withdrawal_cancel(actor=bank.actor("A"), withdrawal_id=second, at=AT)
    with pytest.raises(DomainError, match="withdrawal_unknown"):
        withdrawal_cancel(actor=bank.actor("B"), withdrawal_id=second, at=AT)


def test_a_rejected_withdrawal_waits_in_payable_for_a_new_instruction(bank: Scene) -> None:
    ask(bank, 100)
    batch_id = bank.send()
    (sent,) = bank.instructions(batch_id)
    bank.receive(bank.write(instructions=[sent], refused={sent.end_to_end_id: "户名不符"}))
    assert bank.balance_of(bank.cash.payable(bank.world.party("A"))) == 100
    assert free(bank) == CASH - 100
    assert [each.state for each in payouts_list(scope=bank.scope_of("A"))] == ["rejected"]


def test_only_an_investor_withdraws(bank: Scene) -> None:
    with pytest.raises(DomainError, match="denied"):
        withdrawal_request(actor=bank.actor("ops"), amount_minor=1, key="k", at=AT)
