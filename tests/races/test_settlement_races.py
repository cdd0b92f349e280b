"""Two at once at the bank's desk: one wins, nothing is posted or paid twice."""

from __future__ import annotations

import pytest

from scf.journeys.paying import payout_reissue, payouts_decide, payouts_prepare, payouts_submit
from scf.journeys.reconciling import entries_apply, match_decide, match_propose
from scf.journeys.sending import payouts_send
from scf.journeys.verifying import book_prove
from scf.journeys.withdrawing import withdrawal_request
from scf.network.queries import approvals_pending
from scf.settlement.queries import allocations_list, batches_list, entries_list, payouts_list
from scf.settlement.values import MatchLine
from scf.simulator.bank.sheet import bank_sheet_render
from tests.races.test_receivable_races import codes, together, won
from tests.scf.settlement.scenes import AT, Scene, scene

pytestmark = pytest.mark.django_db(transaction=True)
PROCEEDS = 93_581_346


@pytest.fixture
def bank() -> Scene:
    return scene(code="bankrace")


@pytest.fixture
def owing(bank: Scene) -> Scene:
    bank.deposit("A", PROCEEDS)
    bank.owe("A", bank.cash.payable(bank.world.party("supplier")), PROCEEDS)
    return bank


def test_the_same_statement_twice_at_once_is_posted_once(bank: Scene) -> None:
    content = bank_sheet_render(statement=bank.write(incoming=[bank.paid("A", 5)]))
    results = together(*[lambda: bank.receive_bytes(content)] * 3)
    assert len(won(results)) == 3
    assert bank.escrow == 5
    assert len(entries_list(scope=bank.scope)) == 1


def test_two_workers_apply_the_same_entries_once(bank: Scene) -> None:
    bank.bank(bank.paid("A", 5_000), bank.paid("B", 7_000))
    results = together(*[lambda: entries_apply(programme_id=bank.id, at=AT)] * 3)
    assert len(won(results)) == 3
    assert bank.balance_of(bank.cash.available(bank.world.party("A"))) == 5_000
    assert len(allocations_list(scope=bank.scope)) == 2


def test_two_signatures_at_once_on_one_batch_are_one(owing: Scene) -> None:
    batch_id = payouts_prepare(programme_id=owing.id, actor=owing.actor("ops"), at=AT)
    assert batch_id is not None
    approval = payouts_submit(actor=owing.actor("ops"), batch_id=batch_id, at=AT)
    results = together(
        *[
            lambda: payouts_decide(
                actor=owing.actor("ops2"),
                approval_id=approval.id,
                approve=True,
                content_hash=approval.content_hash,
                at=AT,
            )
        ]
        * 2
    )
    assert len(won(results)) == 1
    assert codes(results) == ["network.approval_decided"]


def test_a_batch_sent_by_two_leaves_once(owing: Scene) -> None:
    batch_id = payouts_prepare(programme_id=owing.id, actor=None, at=AT)
    assert batch_id is not None
    owing.sign(batch_id)
    results = together(*[lambda: payouts_send(batch_id=batch_id, at=AT)] * 3)
    assert len(won(results)) == 3
    assert owing.balance_of(owing.cash.clearing) == PROCEEDS


def test_preparing_twice_at_once_speaks_for_the_money_once(owing: Scene) -> None:
    results = together(*[lambda: payouts_prepare(programme_id=owing.id, actor=None, at=AT)] * 3)
    assert sorted(result is None for result in results) == [False, True, True]
    assert len(batches_list(scope=owing.scope)) == 1


def test_one_new_instruction_for_failed_money(owing: Scene) -> None:
    batch_id = owing.send()
    (sent,) = owing.instructions(batch_id)
    owing.receive(owing.write(instructions=[sent], refused={sent.end_to_end_id: "户名不符"}))
    (failed,) = payouts_list(scope=owing.scope, state="rejected")
    results = together(
        *[lambda: payout_reissue(actor=owing.actor("ops"), payout_id=failed.id, at=AT)] * 2
    )
    assert len(won(results)) == 1
    assert codes(results) == ["settlement.payout_reissued"]


def test_two_withdrawals_of_the_same_cash(bank: Scene) -> None:
    bank.deposit("A", 1_000)
    results = together(
        lambda: withdrawal_request(actor=bank.actor("A"), amount_minor=600, key="a", at=AT),
        lambda: withdrawal_request(actor=bank.actor("A"), amount_minor=600, key="b", at=AT),
    )
    assert len(won(results)) == 1
    assert codes(results) == ["settlement.withdrawal_uncovered"]


def test_a_match_is_signed_once(bank: Scene) -> None:
    bank.bank(bank.paid("obligor", 700))
    entry = entries_list(scope=bank.scope)[0]
    obligor = bank.world.party("obligor")
    match_propose(
        actor=bank.actor("ops"),
        entry_id=entry.id,
        lines=[MatchLine("on_account", f"party:{obligor}", obligor, 700)],
        at=AT,
    )
    (approval,) = approvals_pending(scope=bank.scope)
    results = together(
        *[
            lambda: match_decide(
                actor=bank.actor("ops2"),
                approval_id=approval.id,
                approve=True,
                content_hash=approval.content_hash,
                at=AT,
            )
        ]
        * 2
    )
    assert len(won(results)) == 1
    assert codes(results) == ["network.approval_decided"]
    assert bank.balance_of(bank.cash.on_account(obligor)) == 700


def test_a_statement_and_a_sending_at_once_keep_the_books_whole(owing: Scene) -> None:
    batch_id = payouts_prepare(programme_id=owing.id, actor=None, at=AT)
    assert batch_id is not None
    owing.sign(batch_id)
    content = bank_sheet_render(statement=owing.write(incoming=[owing.paid("B", 5)]))
    results = together(
        lambda: payouts_send(batch_id=batch_id, at=AT),
        lambda: owing.receive_bytes(content),
        lambda: entries_apply(programme_id=owing.id, at=AT),
    )
    assert len(won(results)) == 3
    assert book_prove(programme_id=owing.id).ok
