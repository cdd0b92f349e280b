"""Read what is on offer, bid for it, and read what is held."""

from scf.products.queries import bid_units
from scf.simulator.worked.receivable import BIDS
from tests.scf.api.conftest import Machines


def test_a_bid_under_one_key_is_one_bid(machines: Machines) -> None:
    series = machines.stage.listed()
    machines.stage.world.pays_in(("A", 10 * series.unit_price_minor, "入金"))
    client, address = machines("A"), f"/api/v1/series/{series.id}/subscriptions"
    answers = [
        client.post(address, {"units": 5}, headers={"Idempotency-Key": "bid-1"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["amount_minor"] == 5 * series.unit_price_minor
    assert bid_units(series_id=series.id) == 5
    assert client.get(f"/api/v1/series/{series.id}").json()["bid_units"] == 5


def test_a_bid_without_money_is_refused(machines: Machines) -> None:
    series = machines.stage.listed()
    answer = machines("A").post(
        f"/api/v1/series/{series.id}/subscriptions",
        {"units": 5},
        headers={"Idempotency-Key": "bid-1"},
    )
    assert answer.status_code == 409
    assert bid_units(series_id=series.id) == 0


def test_holdings_are_one_s_own(machines: Machines) -> None:
    series = machines.stage.issued()
    held = {who: machines(who).get("/api/v1/holdings").json()["results"] for who in BIDS}
    assert {who: [row["units"] for row in rows] for who, rows in held.items()} == {
        who: [units] for who, units in BIDS.items()
    }
    assert held["A"][0]["series_id"] == series.id
    assert machines("supplier").get("/api/v1/holdings").json()["count"] == 0
