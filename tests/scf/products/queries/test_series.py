"""Reads of the products room: who sees what, and who holds what."""

from typing import Any

import pytest

from scf.access.policy import scope_for
from scf.products.queries import (
    series_get,
    series_of_claim,
    series_table,
    template_current,
)
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


def test_without_a_template_nothing_is_priced(stage: Stage, refused: Refusing) -> None:
    with refused("products.template_missing"):
        template_current(programme_id=stage.world.programme_id, kind="bonds")
