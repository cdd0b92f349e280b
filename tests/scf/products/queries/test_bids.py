"""Bids and holdings: each sees its own, and like series count together."""

from typing import Any

import pytest

from scf.access.policy import scope_for
from scf.products.queries import (
    bid_units,
    holders_map,
    holders_of,
    holdings_table,
    like_series_holders,
    series_by_ids,
    series_get,
    series_live,
    series_steps,
    series_table,
    subscription_get,
    subscriptions_table,
)
from scf.simulator.worked.life import bid
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def _scope(stage: Stage, who: Any) -> Any:
    return scope_for(stage.world.actors[who])


def test_bids_holders_and_like_series(stage: Stage) -> None:
    series = stage.listed()
    bid(world=stage.world, series=series, bids={"A": 100, "B": 50})
    assert bid_units(series_id=series.id) == 150
    listed = series_get(series_id=series.id)
    found = like_series_holders(series=listed, on=stage.world.today, months=6)
    assert found == {stage.world.party("A"), stage.world.party("B")}
    row = series_table(scope=_scope(stage, "A")).get()
    assert (row["bid_units"], row["bidders"]) == (150, 2)
    assert subscriptions_table(scope=_scope(stage, "A")).count() == 1
    assert subscriptions_table(scope=_scope(stage, "C")).count() == 0


def test_holdings_are_the_holders_own(stage: Stage) -> None:
    series = stage.issued()
    assert [row["units"] for row in holdings_table(scope=_scope(stage, "B"))] == [3_000]
    assert len(holders_of(series_id=series.id)) == 3
    assert [one.units for one in holders_map(series_ids=[series.id])[series.id]] == [
        5_000,
        3_000,
        1_372,
    ]
    assert series_live(programme_id=stage.world.programme_id)[0].id == series.id
    assert list(series_by_ids(series_ids=[series.id, 0])) == [series.id]
    codes = [step["code"] for step in series_steps(series_id=series.id)]
    assert codes == ["draft", "listed", "funded", "issued"]


def test_a_bid_is_there_for_its_bidder_and_the_desks_only(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    bid(world=stage.world, series=series, bids={"A": 100})
    placed = subscriptions_table(scope=_scope(stage, "A"))[0]["id"]
    assert subscription_get(scope=_scope(stage, "A"), subscription_id=placed).units == 100
    assert subscription_get(scope=_scope(stage, "ops"), subscription_id=placed).units == 100
    with refused("products.bid_unknown"):
        subscription_get(scope=_scope(stage, "B"), subscription_id=placed)
