"""What is owed leaves under two signatures, once; what failed waits for a new instruction."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.errors import DomainError
from scf.journeys.paying import (
    payables_list,
    payout_reissue,
    payouts_cancel,
    payouts_decide,
    payouts_mark_unknown,
    payouts_prepare,
    payouts_submit,
)
from scf.journeys.sending import payouts_send
from scf.journeys.withdrawing import withdrawal_request
from scf.network.models import BankAccount
from scf.network.queries import approvals_pending
from scf.network.values import party_ref
from scf.settlement.operations.payouts import payouts_hold
from scf.settlement.queries import batch_get, batches_list, payouts_list
from tests.scf.settlement.scenes import AT, Scene, scene

pytestmark = pytest.mark.django_db
PROCEEDS, FEE = 93_581_346, 138_654


@pytest.fixture
def bank() -> Scene:
    """The close of the worked example: 935,813.46 to the supplier, 1,386.54 to the platform."""
    made = scene()
    made.deposit("A", 93_720_000)
    made.owe("A", made.cash.payable(made.world.party("supplier"), "series:5"), PROCEEDS)
    made.owe("A", made.cash.fee_payable, FEE)
    return made


def prepared(bank: Scene) -> int:
    batch_id = payouts_prepare(programme_id=bank.id, actor=bank.actor("ops"), at=AT)
    assert batch_id is not None
    return batch_id


def rejected(bank: Scene) -> int:
    """The supplier's payout came back; its id."""
    batch_id = bank.send()
    sent = bank.instructions(batch_id)
    supplier = next(each for each in sent if each.amount_minor == PROCEEDS)
    refused = {supplier.end_to_end_id: "收款账户已销户"}
    bank.receive(bank.write(instructions=sent, refused=refused))
    (payout,) = payouts_list(scope=bank.scope, state="rejected")
    return payout.id


def test_one_payout_a_party_and_purpose(bank: Scene) -> None:
    batch = batch_get(scope=bank.scope, batch_id=prepared(bank))
    assert (batch.count, batch.total_minor) == (2, 93_720_000)
    fee, proceeds = bank.payouts(batch.id)
    assert (fee.purpose, fee.amount_minor) == ("fee", FEE)
    assert party_ref(fee.party_id) == party_ref(bank.programme.platform_id)
    assert (proceeds.purpose, proceeds.subject, proceeds.amount_minor) == (
        "payable",
        "series:5",
        PROCEEDS,
    )
    assert proceeds.payee_number == bank.world.firms["supplier"][2]
    assert proceeds.payee_masked == "····" + proceeds.payee_number[-4:]


def test_preparing_again_prepares_nothing_twice(bank: Scene) -> None:
    prepared(bank)
    assert payouts_prepare(programme_id=bank.id, actor=None, at=AT) is None
    bank.deposit("B", 700)
    bank.owe("B", bank.cash.payable(bank.world.party("supplier"), "series:5"), 700)
    (more,) = bank.payouts(prepared(bank))
    assert more.amount_minor == 700


def test_a_party_without_a_verified_account_waits_and_the_page_says_so(bank: Scene) -> None:
    supplier = bank.world.party("supplier")
    BankAccount.objects.filter(party_id=supplier).update(is_verified=False)
    (fee,) = bank.payouts(prepared(bank))
    assert fee.purpose == "fee"
    (waiting,) = payables_list(programme=bank.programme)
    assert (waiting.party_id, waiting.missing) == (supplier, "account")


def test_client_money_never_pays_the_escrow_account(bank: Scene) -> None:
    platform = bank.programme.platform_id
    BankAccount.objects.filter(party_id=platform, is_primary=True).update(is_primary=False)
    BankAccount.objects.filter(pk=bank.programme.escrow_account_id).update(is_primary=True)
    (proceeds,) = bank.payouts(prepared(bank))
    assert proceeds.party_id == bank.world.party("supplier")


def test_the_maker_cannot_sign(bank: Scene) -> None:
    batch_id = prepared(bank)
    approval = payouts_submit(actor=bank.actor("ops2"), batch_id=batch_id, at=AT)
    with pytest.raises(DomainError, match="own_work"):
        payouts_decide(
            actor=bank.actor("ops2"),
            approval_id=approval.id,
            approve=True,
            content_hash=approval.content_hash,
            at=AT,
        )
    assert {payout.state for payout in bank.payouts(batch_id)} == {"prepared"}


def test_a_checker_signs_exactly_what_was_submitted(bank: Scene) -> None:
    approval = payouts_submit(actor=bank.actor("ops"), batch_id=prepared(bank), at=AT)
    with pytest.raises(DomainError, match="approval_changed"):
        payouts_decide(
            actor=bank.actor("ops2"),
            approval_id=approval.id,
            approve=True,
            content_hash="another",
            at=AT,
        )


def test_a_refused_batch_is_cancelled_and_the_money_stays_owed(bank: Scene) -> None:
    batch_id = prepared(bank)
    approval = payouts_submit(actor=bank.actor("ops"), batch_id=batch_id, at=AT)
    batch = payouts_decide(
        actor=bank.actor("ops2"),
        approval_id=approval.id,
        approve=False,
        content_hash=approval.content_hash,
        reason="户名待核",
        at=AT,
    )
    assert batch.states == {"cancelled": 2}
    with pytest.raises(DomainError, match="batch_state"):
        payouts_submit(actor=bank.actor("ops"), batch_id=batch_id, at=AT)
    assert sum(each.amount_minor for each in bank.payouts(prepared(bank))) == 93_720_000


def test_a_batch_is_taken_back_before_it_is_sent_and_never_after(bank: Scene) -> None:
    batch_id = prepared(bank)
    payouts_submit(actor=bank.actor("ops"), batch_id=batch_id, at=AT)
    with pytest.raises(DomainError, match="reason_missing"):
        payouts_cancel(actor=bank.actor("ops"), batch_id=batch_id, reason="", at=AT)
    payouts_cancel(actor=bank.actor("ops"), batch_id=batch_id, reason="重做", at=AT)
    assert approvals_pending(scope=bank.scope) == []
    sent = bank.send()
    with pytest.raises(DomainError, match="batch_state"):
        payouts_cancel(actor=bank.actor("ops"), batch_id=sent, reason="晚了", at=AT)


def test_an_unsigned_batch_is_not_sent(bank: Scene) -> None:
    batch_id = prepared(bank)
    with pytest.raises(DomainError, match="batch_state"):
        payouts_send(batch_id=batch_id, at=AT)


def test_rejected_money_is_not_prepared_again_by_itself(bank: Scene) -> None:
    rejected(bank)
    assert payouts_prepare(programme_id=bank.id, actor=None, at=AT) is None
    (waiting,) = payables_list(programme=bank.programme)
    assert (waiting.amount_minor, waiting.missing) == (PROCEEDS, "failed")


def test_a_person_gives_a_new_instruction_which_two_sign(bank: Scene) -> None:
    failed = rejected(bank)
    batch_id = payout_reissue(actor=bank.actor("ops"), payout_id=failed, at=AT)
    (again,) = bank.payouts(batch_id)
    assert (again.replaces_id, again.state, again.amount_minor) == (failed, "prepared", PROCEEDS)
    with pytest.raises(DomainError, match="payout_reissued"):
        payout_reissue(actor=bank.actor("ops"), payout_id=failed, at=AT)
    bank.sign(batch_id)
    payouts_send(batch_id=batch_id, at=AT)
    bank.receive(bank.write(instructions=bank.instructions(batch_id)))
    assert bank.payouts(batch_id)[0].state == "confirmed"
    assert bank.escrow == bank.balance == 0


@pytest.mark.django_db(transaction=True)
def test_what_may_leave_is_read_without_locking_anything() -> None:
    made = scene("reading")
    made.deposit("A", 700)
    withdrawal_request(actor=made.actor("A"), amount_minor=500, key="k", at=AT)
    (wish,) = payables_list(programme=made.programme)
    assert (wish.purpose, wish.amount_minor, wish.missing) == ("withdrawal", 500, "")


def test_only_failed_money_gets_a_new_instruction(bank: Scene) -> None:
    (payout, _) = bank.payouts(bank.send())
    with pytest.raises(DomainError, match="payout_unknown"):
        payout_reissue(actor=bank.actor("ops"), payout_id=payout.id, at=AT)


def test_money_spent_elsewhere_is_not_instructed_again(bank: Scene) -> None:
    failed = rejected(bank)
    supplier = bank.world.party("supplier")
    bank.world.firms["S"] = bank.world.firms["supplier"]
    _take_back(bank, supplier)
    with pytest.raises(DomainError, match="payout_uncovered"):
        payout_reissue(actor=bank.actor("ops"), payout_id=failed, at=AT)


def _take_back(bank: Scene, supplier: int) -> None:
    """An unpaid payout of a forged claim is used first: payable goes back to its series."""
    from ledger.operations.posting import journal_post
    from ledger.values import AccountRef, Leg

    collection = AccountRef("collection", "CNY", "series:5", "claim:1")
    journal_post(
        key="test:forged",
        kind="test",
        book=bank.programme.book,
        legs=[Leg(bank.cash.payable(supplier, "series:5"), collection, 1)],
        effective_date=bank.programme.business_date,
        booked_at=AT,
    )


def test_an_unknown_payout_is_never_sent_again_and_the_statement_answers(bank: Scene) -> None:
    batch_id = bank.send()
    before = bank.instructions(batch_id)
    assert payouts_mark_unknown(batch_id=batch_id, at=AT, actor=bank.actor("ops")) == 2
    assert payouts_mark_unknown(batch_id=batch_id, at=AT) == 0
    assert payouts_send(batch_id=batch_id, at=AT).states == {"unknown": 2}
    assert bank.instructions(batch_id) == before
    assert payouts_prepare(programme_id=bank.id, actor=None, at=AT) is None
    for payout in bank.payouts(batch_id):
        with pytest.raises(DomainError, match="payout_unknown"):
            payout_reissue(actor=bank.actor("ops"), payout_id=payout.id, at=AT)
    with pytest.raises(DomainError, match="batch_state"):
        payouts_cancel(actor=bank.actor("ops"), batch_id=batch_id, reason="再发", at=AT)
    fee, supplier = before
    bank.receive(
        bank.write(instructions=before, refused={supplier.end_to_end_id: "收款账户已销户"})
    )
    assert {each.end_to_end_id: each.state for each in bank.payouts(batch_id)} == {
        fee.end_to_end_id: "confirmed",
        supplier.end_to_end_id: "rejected",
    }


def test_a_frozen_series_keeps_what_was_not_sent(bank: Scene) -> None:
    batch_id = prepared(bank)
    approval = payouts_submit(actor=bank.actor("ops"), batch_id=batch_id, at=AT)
    assert payouts_hold(programme_id=bank.id, subject="series:5", at=AT) == 1
    payouts_decide(
        actor=bank.actor("ops2"),
        approval_id=approval.id,
        approve=True,
        content_hash=approval.content_hash,
        at=AT,
    )
    batch = payouts_send(batch_id=batch_id, at=AT)
    assert batch.states == {"cancelled": 1, "sent": 1}
    (only,) = bank.instructions(batch_id)
    assert only.amount_minor == FEE
    assert bank.balance_of(bank.cash.payable(bank.world.party("supplier"), "series:5")) == PROCEEDS


def test_a_batch_of_which_nothing_is_left_can_only_be_sent_back(bank: Scene) -> None:
    batch_id = prepared(bank)
    approval = payouts_submit(actor=bank.actor("ops"), batch_id=batch_id, at=AT)
    payouts_hold(programme_id=bank.id, subject="series:5", at=AT)
    payouts_hold(programme_id=bank.id, subject="", at=AT)
    signature: dict[str, Any] = {
        "actor": bank.actor("ops2"),
        "approval_id": approval.id,
        "content_hash": approval.content_hash,
        "at": AT,
    }
    with pytest.raises(DomainError, match="batch_state"):
        payouts_decide(approve=True, **signature)
    assert payouts_decide(approve=False, **signature).states == {"cancelled": 2}
    assert approvals_pending(scope=bank.scope) == []


def test_who_may_not(bank: Scene) -> None:
    with pytest.raises(DomainError, match="denied"):
        payouts_prepare(programme_id=bank.id, actor=bank.actor("supplier"), at=AT)
    batch_id = prepared(bank)
    with pytest.raises(DomainError, match="denied"):
        payouts_submit(actor=bank.actor("A"), batch_id=batch_id, at=AT)
    assert batches_list(scope=bank.scope_of("supplier")) == []
    assert [each.amount_minor for each in payouts_list(scope=bank.scope_of("supplier"))] == [
        PROCEEDS
    ]
