"""A signed batch leaves once, as the file that two people signed."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from ledger.operations.posting import journal_post
from ledger.values import AccountRef, Leg
from scf.journeys.paying import payouts_prepare
from scf.journeys.sending import payouts_send
from scf.network.models import BankAccount
from scf.settlement.queries import batch_get, payment_file_get
from tests.scf.settlement.scenes import AT, Scene, scene

pytestmark = pytest.mark.django_db
PROCEEDS = 93_581_346


@pytest.fixture
def bank() -> Scene:
    made = scene()
    made.deposit("A", PROCEEDS)
    made.owe("A", made.cash.payable(made.world.party("supplier"), "series:5"), PROCEEDS)
    return made


def signed(bank: Scene) -> int:
    batch_id = payouts_prepare(programme_id=bank.id, actor=bank.actor("ops"), at=AT)
    assert batch_id is not None
    bank.sign(batch_id)
    return batch_id


def test_the_file_is_kept_with_its_hash_and_sending_again_changes_nothing(bank: Scene) -> None:
    batch_id = signed(bank)
    sent = payouts_send(batch_id=batch_id, at=AT)
    stored = payment_file_get(scope=bank.scope, batch_id=batch_id)
    assert sent.states == {"sent": 1}
    assert stored.sha256 == sent.file_hash
    assert (stored.count, stored.control_sum_minor) == (1, PROCEEDS)
    assert bank.world.firms["supplier"][2].encode() in stored.content
    again = payouts_send(batch_id=batch_id, at=AT)
    assert again == sent
    assert bank.balance_of(bank.cash.clearing) == PROCEEDS


def test_an_account_changed_after_the_signature_stops_the_batch(bank: Scene) -> None:
    batch_id = signed(bank)
    account = BankAccount.objects.get(party_id=bank.world.party("supplier"))
    BankAccount.objects.filter(pk=account.pk).update(number="6217009999999999")
    with pytest.raises(DomainError, match="account_changed"):
        payouts_send(batch_id=batch_id, at=AT)
    assert batch_get(scope=bank.scope, batch_id=batch_id).states == {"approved": 1}
    assert bank.balance_of(bank.cash.clearing) == 0


def test_money_no_longer_owed_stops_the_batch(bank: Scene) -> None:
    batch_id = signed(bank)
    payable = bank.cash.payable(bank.world.party("supplier"), "series:5")
    journal_post(
        key="test:forged",
        kind="test",
        book=bank.programme.book,
        legs=[Leg(payable, AccountRef("collection", "CNY", "series:5", "claim:1"), 1)],
        effective_date=bank.programme.business_date,
        booked_at=AT,
    )
    with pytest.raises(DomainError, match="payout_uncovered") as refusal:
        payouts_send(batch_id=batch_id, at=AT)
    assert refusal.value.facts["payee"] == bank.world.firms["supplier"][1]
    assert batch_get(scope=bank.scope, batch_id=batch_id).file_hash == ""


def test_an_unknown_batch_is_refused() -> None:
    with pytest.raises(DomainError, match="batch_unknown"):
        payouts_send(batch_id=999, at=AT)
