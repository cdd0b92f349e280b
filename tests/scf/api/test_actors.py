"""Whose seat a request comes from, and its idempotency key."""

from tests.scf.api.conftest import Machines


def test_somebody_without_a_token_is_asked_for_one(machines: Machines) -> None:
    client = machines("supplier")
    client.credentials()
    answer = client.get("/api/v1/receivables")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Token"


def test_a_seat_of_somebody_else_is_no_seat(machines: Machines) -> None:
    client = machines("supplier", HTTP_X_MEMBERSHIP="999999")
    answer = client.get("/api/v1/receivables")
    assert (answer.status_code, answer.json()["code"]) == (403, "api.no_seat")


def test_an_act_needs_a_key_that_can_be_kept(machines: Machines) -> None:
    quote = machines.stage.quote(machines.stage.sellable())
    client, address = machines("supplier"), f"/api/v1/quotes/{quote.id}/accept"
    for key, code in (("", "api.key_missing"), ("k" * 65, "api.key_invalid")):
        answer = client.post(address, {"consent": True}, headers={"Idempotency-Key": key})
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert client.get("/api/v1/claims").json()["count"] == 0
