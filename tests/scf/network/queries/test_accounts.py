"""Reads of accounts: who is paid where, and whose a number is."""

import pytest

from scf.network.operations import bank_account_add
from scf.network.queries import (
    bank_account_get,
    bank_account_primary,
    bank_accounts_primary,
    parties_by_account,
)
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_unknown_accounts_are_refused(refused: Refusing) -> None:
    with refused("network.account_unknown"):
        bank_account_get(account_id=0)
    with refused("network.account_missing"):
        bank_account_primary(party_id=0)
    assert bank_accounts_primary(party_ids=[0]) == {}


def test_a_number_names_its_verified_owner_only(stage: Stage) -> None:
    world = stage.world
    number = world.firms["A"][2]
    owners = parties_by_account(programme_id=world.programme_id)
    assert owners[number] == world.party("A")
    thief = world.party("B")
    bank_account_add(party_id=thief, holder_name="x", bank_name="b", number=number)
    assert parties_by_account(programme_id=world.programme_id)[number] == world.party("A")
    account = bank_account_primary(party_id=world.party("A"))
    assert bank_account_get(account_id=account.id).masked_number == f"····{number[-4:]}"
