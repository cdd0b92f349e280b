"""Every refusal is a problem document with a stable code and a sentence."""

import pytest

from scf.api.problems import status_of
from tests.scf.api.conftest import Machines


def test_what_cannot_be_seen_does_not_exist(machines: Machines) -> None:
    answer = machines("A").get("/api/v1/claims/926")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["code"]) == (404, "financing.claim_unknown")
    assert body["detail"]


def test_a_bad_form_names_its_fields(machines: Machines) -> None:
    answer = machines("supplier").post("/api/v1/quotes", {"receivable_ids": []})
    assert (answer.status_code, answer.json()["code"]) == (400, "api.invalid")
    assert set(answer.json()["errors"]) == {"receivable_ids"}


def test_a_word_that_the_address_does_not_take(machines: Machines) -> None:
    answer = machines("supplier").delete("/api/v1/quotes")
    assert (answer.status_code, answer.json()["code"]) == (405, "api.method_not_allowed")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("access.own_work", 403),
        ("api.key_missing", 400),
        ("financing.quote_unknown", 404),
        ("financing.quote_expired", 409),
    ],
)
def test_the_status_follows_from_the_code(code: str, status: int) -> None:
    assert status_of(code) == status
