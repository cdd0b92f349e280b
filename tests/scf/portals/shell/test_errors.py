"""Error pages say what is unchanged and what to do next."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from ledger.errors import DomainError
from scf.portals.shell import errors


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/")


def test_an_unknown_page(client: Client, db: None) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()
    assert "回首页" in answer.content.decode()


@pytest.mark.parametrize(
    ("code", "status"),
    [("access.denied", 403), ("network.party_unknown", 404), ("network.business_date_moved", 409)],
)
def test_a_refusal_has_the_status_of_its_kind(
    request_: HttpRequest, code: str, status: int
) -> None:
    answer = errors.refusal_page(request_, DomainError(code))
    assert answer.status_code == status
    assert code in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.csrf_failure, 403),
        (errors.page_not_found, 404),
        (errors.server_error, 500),
    ],
)
def test_every_error_page_draws(request_: HttpRequest, view: object, status: int) -> None:
    assert callable(view)
    answer = view(request_)
    assert answer.status_code == status
    assert "errs" in answer.content.decode()


def test_a_form_from_another_session_is_refused_in_our_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "没有提交任何东西" in answer.content.decode()
