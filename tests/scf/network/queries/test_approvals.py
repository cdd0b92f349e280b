"""Reads of approvals and business days stay at their desk."""

import pytest

from scf.access.policy import scope_for
from scf.journeys.accepting import quote_accept
from scf.journeys.day_end import day_end_now
from scf.network.queries import (
    approval_get,
    approvals_pending,
    business_day_get,
    business_days_list,
)
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_suppliers_approval_is_its_own(stage: Stage, refused: Refusing) -> None:
    quote = stage.quote(stage.sellable())
    quote_accept(
        actor=stage.world.actors["supplier"],
        quote_id=quote.id,
        key="k",
        consent=True,
        at=stage.world.at,
    )
    (row,) = approvals_pending(scope=scope_for(stage.world.actors["supplier2"]))
    assert row.amount_minor == quote.proceeds_minor
    assert approvals_pending(scope=scope_for(stage.world.actors["ops2"])) == []
    with refused("network.approval_unknown"):
        approval_get(scope=scope_for(stage.world.actors["anchor2"]), approval_id=row.id)


def test_business_days_newest_first(stage: Stage, refused: Refusing) -> None:
    for _ in range(2):
        day_end_now(actor=stage.world.actors["ops"], at=stage.world.at)
    days = business_days_list(programme_id=stage.world.programme_id, limit=5)
    assert [day.state for day in days] == ["closed", "closed"]
    assert days[0].closing_date > days[1].closing_date
    assert business_day_get(business_day_id=days[0].id) == days[0]
    with refused("network.business_day_unknown"):
        business_day_get(business_day_id=0)
