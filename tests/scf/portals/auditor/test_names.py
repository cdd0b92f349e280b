"""References of the ledger in words."""

import pytest

from ledger.values import AccountRef
from scf.portals.auditor.names import account_href, account_text, refs_named
from tests.support.desks import Desks

pytestmark = pytest.mark.django_db


def test_parties_series_and_claims_are_named_and_the_rest_shows_itself(desks: Desks) -> None:
    series = desks.paid_out()
    party = f"party:{desks.world.party('A')}"
    named = refs_named([party, f"series:{series.id}", f"claim:{series.claim_id}", "odd:1"])
    assert named[f"series:{series.id}"] == series.number
    assert "odd:1" not in named
    ref = AccountRef("available", "CNY", party)
    assert account_text(ref, named).endswith(named[party])
    assert f"owner=party%3A{desks.world.party('A')}" in account_href(ref)
