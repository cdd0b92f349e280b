"""Writes of withdrawals: one a key, taken back only before it is instructed."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from scf.settlement.operations.withdrawals import (
    withdrawal_cancel_record,
    withdrawal_create,
    withdrawal_find,
    withdrawal_lock,
    withdrawals_of_payouts,
)
from scf.settlement.queries import WithdrawalFacts, withdrawals_list
from tests.scf.settlement.scenes import AT, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Scene:
    return scene()


def wish(bank: Scene, key: str = "k1") -> WithdrawalFacts:
    return withdrawal_create(
        programme_id=bank.id,
        party_id=bank.world.party("A"),
        key=key,
        amount_minor=500,
        pending_id=9,
        made_by_id=bank.actor("A").user_id,
        at=AT,
    )


def test_a_wish_is_found_by_its_key(bank: Scene) -> None:
    made = wish(bank)
    party = bank.world.party("A")
    assert withdrawal_find(programme_id=bank.id, party_id=party, key="k1") == made
    assert withdrawal_find(programme_id=bank.id, party_id=party, key="k2") is None


def test_a_wish_is_taken_back_once(bank: Scene) -> None:
    made = wish(bank)
    assert withdrawal_lock(programme_id=bank.id, withdrawal_id=made.id) == made
    withdrawal_cancel_record(withdrawal_id=made.id)
    found = withdrawal_lock(programme_id=bank.id, withdrawal_id=made.id)
    assert found.state == "cancelled"
    assert withdrawals_of_payouts(payout_ids=[1]) == {}
    with pytest.raises(DomainError, match="transition_refused"):
        withdrawal_cancel_record(withdrawal_id=made.id)
    with pytest.raises(DomainError, match="withdrawal_unknown"):
        withdrawal_lock(programme_id=0, withdrawal_id=made.id)


def test_a_party_sees_its_own_wishes(bank: Scene) -> None:
    made = wish(bank)
    assert withdrawals_list(scope=bank.scope_of("A")) == [made]
    assert withdrawals_list(scope=bank.scope_of("B")) == []
