"""Reads of what leaves: batches, payouts, files, cash in transit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.errors import DomainError
from scf.journeys.paying import payouts_prepare
from scf.settlement.queries.payouts import (
    batch_get,
    batch_message_id,
    batch_programme,
    batches_list,
    cash_in_transit,
    payment_file_get,
    payout_get,
    payout_replaced,
    payout_steps,
    payouts_committed,
    payouts_confirmed,
    payouts_hash,
    payouts_list,
    withdrawals_list,
)
from tests.scf.settlement.scenes import AT, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Scene:
    """7.00 on its way to the supplier, 3.00 prepared for the platform."""
    made = scene()
    made.deposit("A", 1_000)
    made.owe("A", made.cash.payable(made.world.party("supplier"), "series:5"), 700)
    made.send()
    made.owe("A", made.cash.fee_payable, 300)
    payouts_prepare(programme_id=made.id, actor=None, at=AT)
    return made


def test_batches_newest_first_with_what_is_in_them(bank: Scene) -> None:
    second, first = batches_list(scope=bank.scope)
    assert (first.number, first.total_minor, first.states) == (1, 700, {"sent": 1})
    assert (second.number, second.total_minor, second.states) == (2, 300, {"prepared": 1})
    assert second.message_id == batch_message_id(programme_id=bank.id, number=2)
    assert batch_get(scope=bank.scope, batch_id=first.id) == first
    assert batch_programme(batch_id=first.id) == bank.id


def test_in_transit_is_the_ledgers_clearing(bank: Scene) -> None:
    assert cash_in_transit(scope=bank.scope) == bank.balance_of(bank.cash.clearing) == 700
    assert cash_in_transit(scope=bank.scope_of("supplier")) == 700
    assert cash_in_transit(scope=bank.scope_of("A")) == 0


def test_what_payouts_speak_for(bank: Scene) -> None:
    key = ("fee", bank.programme.platform_id, "")
    assert payouts_committed(programme_id=bank.id) == {key: (300, 0)}


def test_a_party_sees_its_own_payouts_only(bank: Scene) -> None:
    (mine,) = payouts_list(scope=bank.scope_of("supplier"))
    assert payout_get(scope=bank.scope_of("supplier"), payout_id=mine.id) == mine
    assert [step.state for step in payout_steps(scope=bank.scope, payout_id=mine.id)] == [
        "prepared",
        "approved",
        "sent",
    ]
    assert not payout_replaced(payout_id=mine.id)
    with pytest.raises(DomainError, match="payout_unknown"):
        payout_get(scope=bank.scope_of("A"), payout_id=mine.id)
    with pytest.raises(DomainError, match="batch_unknown"):
        batch_get(scope=bank.scope_of("supplier"), batch_id=mine.batch_id)


def test_payouts_are_filtered(bank: Scene) -> None:
    (sent,) = payouts_list(scope=bank.scope, state="sent")
    assert payouts_list(scope=bank.scope, batch_id=sent.batch_id) == [sent]
    assert payouts_list(scope=bank.scope, party_id=sent.party_id) == [sent]
    assert payouts_list(scope=bank.scope, amount_minor=700) == [sent]


def test_a_batch_that_was_not_sent_has_no_file(bank: Scene) -> None:
    second, first = batches_list(scope=bank.scope)
    assert payment_file_get(scope=bank.scope, batch_id=first.id).control_sum_minor == 700
    with pytest.raises(DomainError, match="batch_unknown"):
        payment_file_get(scope=bank.scope, batch_id=second.id)
    with pytest.raises(DomainError, match="batch_unknown"):
        batch_programme(batch_id=0)


def test_what_is_signed_changes_with_every_instruction(bank: Scene) -> None:
    payouts = payouts_list(scope=bank.scope)
    assert payouts_hash(payouts) == payouts_hash(reversed(payouts))
    assert payouts_hash(payouts) != payouts_hash(payouts[:1])


def test_no_withdrawals_yet(bank: Scene) -> None:
    assert withdrawals_list(scope=bank.scope, state="requested") == []


def test_financed_cash_counts_from_the_day_the_bank_confirmed_it(bank: Scene) -> None:
    today = bank.world.today
    (sent,) = payouts_list(scope=bank.scope, state="sent")
    assert payouts_confirmed(programme_id=bank.id, until=today) == []
    bank.receive(bank.write(instructions=bank.instructions(sent.batch_id)))
    supplier = bank.world.party("supplier")
    assert payouts_confirmed(programme_id=bank.id, until=today) == [(sent.id, supplier, today, 700)]
    assert payouts_confirmed(programme_id=bank.id, until=today - timedelta(days=1)) == []
