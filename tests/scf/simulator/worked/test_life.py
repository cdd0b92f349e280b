"""The steps of a life leave it where they say."""

from datetime import timedelta

import pytest

from ledger.errors import InvariantViolated
from scf.simulator.worked.life import claim_offered, days_pass, issued, listed, money_leaves
from scf.simulator.worked.receivable import BIDS, FACE, TENOR, TUESDAY
from scf.simulator.worked.world import world_make

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_documents_to_money_out() -> None:
    world = world_make(code="life", start=TUESDAY)
    claim = claim_offered(world=world, face_minor=FACE, tenor_days=TENOR)
    assert claim.state == "registered"
    series = issued(world=world, series=listed(world=world, claim=claim), bids=BIDS)
    assert series.state == "issued"
    money_leaves(world=world)
    assert world.balance_minor == 0
    with pytest.raises(InvariantViolated):
        days_pass(world=world, until=TUESDAY + timedelta(days=4))  # a Saturday
