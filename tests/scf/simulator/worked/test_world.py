"""A world is complete: everybody in good standing, room in the limits, its bank at zero."""

import pytest

from risk.queries.limits import limits_list
from scf.network.queries import party_get
from scf.simulator.worked.receivable import TUESDAY
from scf.simulator.worked.world import hash_of, world_make

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_world() -> None:
    world = world_make(code="whole", start=TUESDAY)
    assert world.today == TUESDAY
    assert set(world.actors) >= {"supplier", "supplier2", "anchor2", "ops2", "risk2", "A", "B", "C"}
    assert all(
        party_get(party_id=party).kyb_valid(on=TUESDAY)
        for party, _name, _account in world.firms.values()
    )
    assert len(limits_list(programme_ref=world.programme.book)) == 2
    world.pays_in(("A", 100, "入金"))
    assert (world.balance_minor, world.statements) == (100, 1)


def test_account_numbers_differ() -> None:
    assert len({hash_of(text) for text in ("WX-A", "WX-B", "AX-W")}) == 3
