"""What a statement answers: payouts confirmed, rejected, returned; debits that nobody instructed."""

from __future__ import annotations

import pytest

from ledger.models import OutboxEvent
from scf.settlement.queries import (
    PayoutFacts,
    allocations_list,
    cash_in_transit,
    entries_list,
    entries_uncovered,
    payout_steps,
    statement_closings,
    unallocated_minor,
)
from scf.simulator.bank.values import Instruction
from tests.scf.settlement.scenes import TODAY, Scene, scene

pytestmark = pytest.mark.django_db
PROCEEDS = 93_581_346


@pytest.fixture
def bank() -> Scene:
    """Investor A's money became 935,813.46 that the supplier is owed, out of series 5."""
    made = scene()
    made.deposit("A", 93_720_000)
    made.owe("A", made.cash.payable(made.world.party("supplier"), "series:5"), PROCEEDS)
    return made


def owed(bank: Scene) -> int:
    return bank.balance_of(bank.cash.payable(bank.world.party("supplier"), "series:5"))


def only(bank: Scene, batch_id: int) -> PayoutFacts:
    (payout,) = bank.payouts(batch_id)
    return payout


def fee(amount: int) -> Instruction:
    return Instruction("", amount, "托管银行", "", "账户管理费")


@pytest.mark.parametrize("xml", [False, True])
def test_a_debit_confirms_the_payout_and_escrow_is_the_banks_balance(
    bank: Scene, xml: bool
) -> None:
    batch_id = bank.send()
    assert (owed(bank), bank.balance_of(bank.cash.clearing)) == (0, PROCEEDS)
    assert cash_in_transit(scope=bank.scope) == PROCEEDS
    bank.receive(bank.write(instructions=bank.instructions(batch_id)), xml=xml)
    payout = only(bank, batch_id)
    assert payout.state == "confirmed"
    assert bank.balance_of(bank.cash.clearing) == 0
    assert bank.escrow == bank.balance == 138_654
    steps = payout_steps(scope=bank.scope, payout_id=payout.id)
    assert [step.state for step in steps] == ["prepared", "approved", "sent", "confirmed"]
    assert steps[-1].journal_id is not None
    (allocation,) = allocations_list(scope=bank.scope, entry_id=steps[-1].entry_id)
    assert (allocation.kind, allocation.ref) == ("payout", f"payout:{payout.id}")


@pytest.mark.parametrize("xml", [False, True])
def test_a_rejected_payout_goes_back_to_what_is_owed(bank: Scene, xml: bool) -> None:
    batch_id = bank.send()
    (instruction,) = bank.instructions(batch_id)
    refused = {instruction.end_to_end_id: "收款账户已销户"}
    bank.receive(bank.write(instructions=[instruction], refused=refused), xml=xml)
    payout = only(bank, batch_id)
    assert (payout.state, payout.reason) == ("rejected", "收款账户已销户")
    assert (owed(bank), bank.balance_of(bank.cash.clearing)) == (PROCEEDS, 0)
    assert bank.escrow == bank.balance == 93_720_000


def test_a_payout_returned_after_the_debit_is_owed_again(bank: Scene) -> None:
    batch_id = bank.send()
    (instruction,) = bank.instructions(batch_id)
    bank.receive(bank.write(instructions=[instruction]))
    bank.receive(bank.write(returned=[instruction]))
    assert only(bank, batch_id).state == "returned"
    assert owed(bank) == PROCEEDS
    assert bank.escrow == bank.balance == 93_720_000
    assert unallocated_minor(programme_id=bank.id) == 0


def test_a_debit_nobody_instructed_leaves_escrow_true_and_the_suspense_short(bank: Scene) -> None:
    bank.receive(bank.write(incoming=[bank.paid("obligor", 5_000)], instructions=[fee(2_600)]))
    assert bank.escrow == bank.balance
    assert bank.balance_of(bank.cash.unallocated) == 2_400
    assert unallocated_minor(programme_id=bank.id) == 2_400
    (entry,) = entries_list(scope=bank.scope, exceptions=True)
    assert (entry.exception_code, entry.amount_minor) == ("debit_unknown", -2_600)
    assert OutboxEvent.objects.filter(
        name="settlement.entry.exception", payload__entry_id=entry.id
    ).exists()


def test_a_debit_beyond_the_suspense_shows_in_proof_1_and_is_posted_once_covered(
    bank: Scene,
) -> None:
    bank.receive(bank.write(instructions=[fee(2_600)]))
    (entry,) = entries_uncovered(programme_id=bank.id)
    assert entry.exception_code == "debit_uncovered"
    assert bank.escrow - statement_closings(programme_id=bank.id)[TODAY] == 2_600
    bank.bank(bank.paid("obligor", 5_000))
    assert entries_uncovered(programme_id=bank.id) == []
    assert bank.escrow == statement_closings(programme_id=bank.id)[TODAY]
    assert bank.balance_of(bank.cash.unallocated) == 2_400


def test_a_debit_of_another_amount_confirms_nothing(bank: Scene) -> None:
    batch_id = bank.send()
    (sent,) = bank.instructions(batch_id)
    other = Instruction(sent.end_to_end_id, PROCEEDS - 1, sent.name, sent.account, sent.text)
    bank.receive(bank.write(instructions=[other]))
    assert only(bank, batch_id).state == "sent"
    (entry,) = entries_list(scope=bank.scope, exceptions=True)
    assert entry.exception_code == "debit_uncovered"


def test_the_bank_may_say_no_twice_and_is_heard_once(bank: Scene) -> None:
    batch_id = bank.send()
    (instruction,) = bank.instructions(batch_id)
    refused = {instruction.end_to_end_id: "收款账户已销户"}
    bank.receive(bank.write(instructions=[instruction], refused=refused))
    bank.receive(bank.write(instructions=[instruction], refused=refused))
    assert owed(bank) == PROCEEDS
    rejected = OutboxEvent.objects.filter(name="settlement.payout.rejected")
    assert rejected.count() == 1


def test_a_refusal_of_nothing_we_sent_is_told(bank: Scene) -> None:
    stranger = Instruction("E2E-9", 500, "某公司", "6217", "货款")
    bank.receive(bank.write(instructions=[stranger], refused={"E2E-9": "户名不符"}))
    (event,) = OutboxEvent.objects.filter(name="settlement.statement.held")
    assert event.payload["code"] == "result_unknown:E2E-9"
