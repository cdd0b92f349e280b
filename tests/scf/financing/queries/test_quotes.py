"""Whose quotes one sees."""

import pytest

from scf.access.policy import scope_for
from scf.financing.queries import quote_get, quotes_list
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_supplier_and_the_platform_see_it_the_obligor_and_investors_do_not(
    stage: Stage, refused: Refusing
) -> None:
    quote = stage.quote(stage.sellable())
    for who, seen in (("supplier", 1), ("anchor", 0), ("ops", 1), ("A", 0)):
        scope = scope_for(stage.world.actors[who])
        assert len(quotes_list(scope=scope)) == seen, who
    with refused("financing.quote_unknown"):
        quote_get(quote_id=quote.id, scope=scope_for(stage.world.actors["A"]))


def test_states_narrow_the_list(stage: Stage) -> None:
    stage.quote(stage.sellable())
    scope = scope_for(stage.world.actors["supplier"])
    assert quotes_list(scope=scope, states=["accepted"]) == []
    assert quotes_list(scope=scope, states=["open"])[0].proceeds_minor == 93_581_346
