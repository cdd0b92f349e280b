"""Only the desk's own people get in, and only working seats may post."""

from typing import Any, cast

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ledger.errors import DomainError
from scf.network.operations import user_ensure
from scf.network.values import Role, Seat
from scf.portals.shell.session import PortalRequest, portal_view
from tests.scf.portals.conftest import BUSINESS_DATE, Town


@portal_view(role=Role.SUPPLIER, post=True)
def supplier_view(request: PortalRequest) -> HttpResponse:
    parties = sorted(request.scope.party_ids or ())
    return HttpResponse(
        f"{request.actor.name} {parties} {request.business_date} {request.at.tzinfo}"
    )


@portal_view(role=Role.SUPPLIER)
def reading_view(request: PortalRequest) -> HttpResponse:
    raise DomainError("network.party_unknown")


@portal_view(role=None, post=True)
def shared_view(request: PortalRequest) -> HttpResponse:
    return HttpResponse("ok")


def asked(method: str, user: Any, rf: RequestFactory) -> HttpRequest:
    request: HttpRequest = rf.generic(method, "/x/")
    request.user = user
    return request


def person(user_id: int) -> Any:
    return get_user_model().objects.get(pk=user_id)


def test_strangers_are_sent_to_the_login(rf: RequestFactory) -> None:
    answer = supplier_view(asked("GET", AnonymousUser(), rf))
    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/x/"


def test_an_actor_has_scope_business_date_and_clock(town: Town, rf: RequestFactory) -> None:
    user = person(town.user("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id))
    body = supplier_view(asked("GET", user, rf)).content.decode()
    assert body == f"林舒 [{town.supplier_id}] {BUSINESS_DATE} UTC"


def test_another_desk_is_refused_with_the_way_out(town: Town, rf: RequestFactory) -> None:
    user_id = town.user("沈越", Role.OPERATIONS, Seat.MAKER)
    answer = supplier_view(asked("GET", person(user_id), rf))
    assert answer.status_code == 403
    assert "这一页属于供应商，您现在是运营台" in answer.content.decode()


def test_a_user_without_a_seat_is_told_so(town: Town, rf: RequestFactory) -> None:
    user_id = user_ensure(username="新人", display_name="新人", password="clear-water-1")
    answer = shared_view(asked("GET", person(user_id), rf))
    assert answer.status_code == 403
    assert "您还没有席位" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "seat", "status"),
    [
        (Role.SUPPLIER, Seat.MAKER, 200),
        (Role.SUPPLIER, Seat.SIGNER, 200),
        (Role.SUPPLIER, Seat.VIEWER, 403),
        (Role.AUDITOR, Seat.MAKER, 403),
    ],
)
def test_viewers_and_auditors_change_nothing(
    town: Town, rf: RequestFactory, role: Role, seat: Seat, status: int
) -> None:
    party = None if role is Role.AUDITOR else town.supplier_id
    user = person(town.user("某人", role, seat, party))
    assert shared_view(asked("POST", user, rf)).status_code == status


def test_a_page_that_only_reads_cannot_be_posted_to(town: Town, rf: RequestFactory) -> None:
    user = person(town.user("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id))
    assert reading_view(asked("POST", user, rf)).status_code == 405
    assert reading_view(asked("DELETE", user, rf)).status_code == 405


def test_a_refusal_becomes_a_page_with_its_code(town: Town, rf: RequestFactory) -> None:
    user = person(town.user("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id))
    answer = reading_view(asked("GET", user, rf))
    assert answer.status_code == 404
    assert "network.party_unknown" in answer.content.decode()


def test_the_decorator_says_whom_it_lets_in() -> None:
    view = cast("Any", supplier_view)
    assert view.portal_role is Role.SUPPLIER
    assert Seat.VIEWER not in view.portal_post_seats
    assert cast("Any", reading_view).portal_post_seats == frozenset()
