"""A basket is sold line by line; a refusal is in words."""

from ledger.errors import DomainError
from scf.network.values import Role, Scope
from scf.portals.supplier.board import board_load
from scf.portals.supplier.selling import basket_facts, basket_sell, refusal_words
from tests.support.desks import Desks


def test_what_is_missing_is_said_in_words() -> None:
    error = DomainError("financing.not_ready", invoice="INV-1", missing="gate")
    assert "待风控准入" in refusal_words(error)
    assert "（gate）" not in refusal_words(error)


def test_the_same_key_finds_what_was_sold(desks: Desks) -> None:
    desks.sellable()
    world = desks.world
    scope = Scope(world.programme_id, Role.SUPPLIER, frozenset({world.party("supplier")}))
    lines = board_load(scope=scope, supplier_id=world.party("supplier"), on=world.today).ready
    assert basket_facts(lines)[0].value == "935,813.46"
    maker = world.actors["supplier"]
    first = basket_sell(actor=maker, lines=lines, key="a" * 32, at=world.at)
    again = basket_sell(actor=maker, lines=lines, key="a" * 32, at=world.at)
    assert [claim.id for claim in first.claims] == [claim.id for claim in again.claims]
    other = basket_sell(actor=maker, lines=lines, key="b" * 32, at=world.at)
    assert other.claims == []
    assert other.refused[0].error.code == "financing.not_ready"
