"""Accounts: one number once, one that is paid to, and former ones stay on file."""

import pytest

from scf.network.operations import bank_account_add, bank_account_replace
from scf.network.queries import bank_account_primary, bank_accounts_list
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_account_is_primary_and_the_same_number_is_one(stage: Stage) -> None:
    party = stage.world.party("A")
    one = bank_account_add(party_id=party, holder_name="x", bank_name="b", number="777")
    assert bank_account_add(party_id=party, holder_name="x", bank_name="b", number="777") == one
    assert [row.number for row in bank_accounts_list(party_id=party)][-1] == "777"


def test_the_new_account_is_paid_to_and_the_former_one_is_kept(stage: Stage) -> None:
    party = stage.world.party("supplier")
    before = bank_account_primary(party_id=party)
    new = bank_account_replace(
        party_id=party, holder_name="x", bank_name="b", bank_code="", number="777"
    )
    assert bank_account_primary(party_id=party).id == new
    assert [one.id for one in bank_accounts_list(party_id=party)] == [new, before.id]
    back = bank_account_replace(
        party_id=party, holder_name="x", bank_name="b", bank_code="", number=before.number
    )
    assert back == before.id == bank_account_primary(party_id=party).id
