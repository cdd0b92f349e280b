"""Places and cash of an investor, from the books."""

from datetime import timedelta

from scf.access.policy import scope_for
from scf.portals.investor.positions import cash_of, places_of
from tests.support.desks import Desks


def test_cost_and_accrual_are_kept_apart(desks: Desks) -> None:
    desks.paid_out()
    world = desks.world
    scope = scope_for(world.actors["A"])
    (today,) = places_of(scope=scope, on=world.today)
    assert (today.units, today.cost_minor, today.accrued_minor) == (5_000, 50_000_000, 0)
    (later,) = places_of(scope=scope, on=world.today + timedelta(days=90))
    assert later.cost_minor == 50_000_000


def test_cash_after_a_full_allotment_is_gone(desks: Desks) -> None:
    desks.paid_out()
    world = desks.world
    cash = cash_of(scope=scope_for(world.actors["A"]), party_id=world.party("A"))
    assert (cash.free_minor, cash.held_minor) == (0, 0)
