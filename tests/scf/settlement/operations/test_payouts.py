"""Writes of payouts: numbered, copied from the account, moved along the axis only."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ledger.errors import DomainError
from scf.network.queries import bank_account_primary
from scf.settlement.operations.payouts import (
    PayoutInput,
    batch_create,
    batch_lock,
    batch_send_record,
    payout_move,
    payouts_hold,
    payouts_lock,
)
from scf.settlement.queries import BatchFacts, payment_file_get, payout_steps, payouts_hash
from tests.scf.settlement.scenes import AT, TODAY, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Scene:
    return scene()


def batch(bank: Scene, subjects: Sequence[str] = ("series:5",)) -> BatchFacts:
    supplier = bank.world.party("supplier")
    account = bank_account_primary(party_id=supplier)
    return batch_create(
        programme_id=bank.id,
        account_id=bank.programme.escrow_account_id,
        execution_date=TODAY,
        payouts=[PayoutInput(supplier, account, "payable", each, 700) for each in subjects],
        made_by_id=None,
        on_date=TODAY,
        at=AT,
    )


def states(bank: Scene, batch_id: int) -> list[str]:
    return [payout.state for payout in batch_lock(batch_id=batch_id)[1]]


def test_batches_are_numbered_and_their_payouts_named_after_them(bank: Scene) -> None:
    first, second = batch(bank), batch(bank, ("series:6", "series:7"))
    assert (first.number, second.number) == (1, 2)
    found, payouts = batch_lock(batch_id=second.id)
    assert [each.end_to_end_id for each in payouts] == [f"HS{bank.id}B2N1", f"HS{bank.id}B2N2"]
    assert found.content_hash == payouts_hash(payouts)
    assert payouts[0].payee_number == bank.world.firms["supplier"][2]


def test_the_banks_answer_finds_its_payouts(bank: Scene) -> None:
    made = batch(bank, ("series:6", "series:7"))
    for number in range(2, 12):
        batch(bank, (f"series:{number + 10}",))
    every = payouts_lock(programme_id=bank.id, message_id=made.message_id)
    assert len(every) == 2  # HS1B1 is not HS1B10
    (one,) = payouts_lock(programme_id=bank.id, end_to_end_ids=[every[1].end_to_end_id])
    assert one == every[1]
    assert payouts_lock(programme_id=bank.id, payout_ids=[one.id]) == [one]
    assert payouts_lock(programme_id=0, payout_ids=[one.id]) == []


def test_a_payout_moves_along_its_axis_and_leaves_its_steps(bank: Scene) -> None:
    made = batch(bank)
    (payout,) = batch_lock(batch_id=made.id)[1]
    with pytest.raises(DomainError, match="transition_refused"):
        payout_move(payout_id=payout.id, to="sent", on_date=TODAY, at=AT)
    payout_move(payout_id=payout.id, to="approved", on_date=TODAY, at=AT)
    payout_move(payout_id=payout.id, to="sent", on_date=TODAY, at=AT, journal_id=7)
    payout_move(
        payout_id=payout.id,
        to="rejected",
        on_date=TODAY,
        at=AT,
        reason_code="AC04",
        reason="收款账户已销户",
    )
    steps = payout_steps(scope=bank.scope, payout_id=payout.id)
    assert [(step.state, step.journal_id) for step in steps] == [
        ("prepared", None),
        ("approved", None),
        ("sent", 7),
        ("rejected", None),
    ]


def test_holding_a_subject_cancels_what_has_not_left(bank: Scene) -> None:
    frozen, other = batch(bank, ("series:5",)), batch(bank, ("series:6",))
    assert payouts_hold(programme_id=bank.id, subject="series:5", at=AT) == 1
    assert payouts_hold(programme_id=bank.id, subject="series:5", at=AT) == 0
    assert (states(bank, frozen.id), states(bank, other.id)) == (["cancelled"], ["prepared"])


def test_a_batch_keeps_the_first_file_it_was_sent_with(bank: Scene) -> None:
    made = batch(bank)
    batch_send_record(batch_id=made.id, content=b"<a/>", sha256="h", at=AT)
    batch_send_record(batch_id=made.id, content=b"<b/>", sha256="i", at=AT)
    assert payment_file_get(scope=bank.scope, batch_id=made.id).content == b"<a/>"


def test_an_unknown_batch_is_refused() -> None:
    with pytest.raises(DomainError, match="batch_unknown"):
        batch_lock(batch_id=0)
