"""A token for a name and a password, and the inbox."""

from rest_framework.test import APIClient

from tests.scf.api.conftest import Machines

USER, PASSWORD = "stage-supplier", "stage-supplier-worked"


def test_a_password_buys_a_token_that_opens_the_inbox(machines: Machines) -> None:
    client = APIClient()
    answer = client.post("/api/v1/token", {"username": USER, "password": PASSWORD})
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    assert client.get("/api/v1/notifications").json() == {"count": 0, "results": []}


def test_a_wrong_password_buys_none(machines: Machines) -> None:
    answer = APIClient().post("/api/v1/token", {"username": USER, "password": "guess"})
    assert (answer.status_code, answer.json()["code"]) == (400, "api.invalid")
    assert "token" not in answer.json()
