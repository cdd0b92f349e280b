"""Price and sell a receivable without a browser."""

from scf.access.policy import scope_for
from scf.financing.queries import claims_list
from tests.scf.api.conftest import Machines


def test_a_receivable_is_priced_and_sold_once(machines: Machines) -> None:
    receivable_id = machines.stage.sellable()
    client = machines("supplier")
    assert client.get(f"/api/v1/receivables/{receivable_id}").json()["id"] == receivable_id
    line = client.post("/api/v1/quotes", {"receivable_ids": [receivable_id]}).json()[0]
    assert line["refused"] is None
    quote_id = line["quote"]["id"]
    assert client.get(f"/api/v1/quotes/{quote_id}").json() == line["quote"]
    answers = [
        client.post(
            f"/api/v1/quotes/{quote_id}/accept",
            {"consent": True},
            headers={"Idempotency-Key": "sale-1"},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    claim = answers[0].json()
    assert client.get(f"/api/v1/claims/{claim['id']}").json() == claim
    assert len(claims_list(scope=scope_for(machines.stage.world.actors["supplier"]))) == 1


def test_one_line_that_cannot_be_priced_leaves_the_others(machines: Machines) -> None:
    receivable_id = machines.stage.sellable()
    lines = (
        machines("supplier")
        .post("/api/v1/quotes", {"receivable_ids": [receivable_id, 926_926]})
        .json()
    )
    assert [line["quote"] is not None for line in lines] == [True, False]
    assert lines[1]["refused"]["code"] == "trade.receivable_unknown"


def test_without_consent_nothing_is_sold(machines: Machines) -> None:
    quote = machines.stage.quote(machines.stage.sellable())
    client = machines("supplier")
    answer = client.post(
        f"/api/v1/quotes/{quote.id}/accept",
        {"consent": False},
        headers={"Idempotency-Key": "sale-1"},
    )
    assert answer.status_code == 409
    assert client.get("/api/v1/claims").json()["count"] == 0
