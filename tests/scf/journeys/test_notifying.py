"""Who is told what, once."""

from typing import Any

from scf.journeys.notifying import event_notify
from scf.network.queries import notifications_list
from tests.scf.journeys.conftest import Stage


def _inbox(stage: Stage, who: Any) -> Any:
    actor = stage.world.actors[who]
    return notifications_list(user_id=actor.user_id, programme_id=actor.programme_id)


def _tell(stage: Stage, event: Any, **payload: Any) -> Any:
    return event_notify(event=event, key="event:1", payload=payload, at=stage.world.at)


def test_a_matched_claim_is_the_treasurys(stage: Stage) -> None:
    claim = stage.registered()
    for _ in range(2):
        _tell(stage, "financing.claim.matched", claim_id=claim.id)
    (line,) = _inbox(stage, "anchor2")
    assert line["facts"]["amount_minor"] == 100_000_000
    assert line["link"] == f"/anchor/confirm/{claim.id}/"
    assert not _inbox(stage, "supplier").exists()


def test_an_offer_is_told_to_every_investor_a_payment_to_holders_only(stage: Stage) -> None:
    series = stage.issued()
    assert _tell(stage, "products.series.listed", series_id=series.id) == 1
    assert _inbox(stage, "A").count() == 1
    event_notify(
        event="products.series.distributed",
        key="event:2",
        payload={"series_id": series.id, "sequence": 1},
        at=stage.world.at,
    )
    assert _inbox(stage, "C").count() == 2
    assert _inbox(stage, "supplier")[0]["code"] == "products.series.distributed"


def test_operations_hear_of_the_days_end(stage: Stage) -> None:
    _tell(stage, "network.day_end.finished", programme_id=stage.world.programme_id)
    assert _inbox(stage, "ops")[0]["link"] == "/operations/"
