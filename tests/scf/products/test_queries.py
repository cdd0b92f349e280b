"""Reads of the products room: who sees what, and who holds what."""

from typing import Any

import pytest

from scf.access.policy import scope_for
from scf.products.queries import (
    bid_units,
    distribution_lines,
    holders_map,
    holders_of,
    holdings_table,
    like_series_holders,
    series_by_ids,
    series_get,
    series_live,
    series_of_claim,
    series_steps,
    series_table,
    subscriptions_table,
    template_current,
)
from scf.simulator.worked.life import bid
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def _scope(stage: Stage, who: Any) -> Any:
    return scope_for(stage.world.actors[who])


def test_investors_see_what_is_offered_not_drafts(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    from scf.journeys.listing import series_submit

    asked = series_submit(actor=stage.world.actors["ops"], claim_id=claim.id, at=stage.world.at)
    series_id = asked.payload["series"]
    assert series_table(scope=_scope(stage, "A")).count() == 0
    with refused("products.series_unknown"):
        series_get(series_id=series_id, scope=_scope(stage, "A"))
    assert series_table(scope=_scope(stage, "ops")).count() == 1
    assert series_table(scope=_scope(stage, "supplier")).count() == 1
    found = series_of_claim(claim_id=claim.id)
    assert found is not None
    assert found.id == series_id


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
    assert distribution_lines(scope=_scope(stage, "A")).count() == 0
    codes = [step["code"] for step in series_steps(series_id=series.id)]
    assert codes == ["draft", "listed", "funded", "issued"]


def test_without_a_template_nothing_is_priced(stage: Stage, refused: Refusing) -> None:
    with refused("products.template_missing"):
        template_current(programme_id=stage.world.programme_id, kind="bonds")
