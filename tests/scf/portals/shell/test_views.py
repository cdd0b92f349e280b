"""Login, language, seat, messages, home, health."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from scf.network.models import User
from scf.network.operations import desk_notify, membership_ensure
from scf.network.values import Role, Seat
from tests.scf.portals.conftest import Town

AT = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)


def test_login_leads_home_and_a_wrong_password_says_nothing_more(
    town: Town, client: Client
) -> None:
    town.user("linshu", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    wrong = client.post("/login/", {"username": "linshu", "password": "x"})
    assert "用户名或密码不对" in wrong.content.decode()
    right = client.post("/login/", {"username": "linshu", "password": "clear-water-1"})
    assert (right.status_code, right["Location"]) == (302, "/")
    assert client.get("/").status_code == 302


def test_ten_wrong_passwords_close_the_door_for_a_while(town: Town, client: Client) -> None:
    town.user("linshu", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    for _attempt in range(10):
        answer = client.post("/login/", {"username": "linshu", "password": "x"})
    assert "密码错误次数过多" in answer.content.decode()
    answer = client.post("/login/", {"username": "linshu", "password": "clear-water-1"})
    assert answer.status_code in (403, 429)


def test_logging_out_ends_the_session(town: Town) -> None:
    client = town.client("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    client.post("/logout/")
    assert client.get("/messages/")["Location"] == "/login/?next=/messages/"


@pytest.mark.parametrize(
    ("language", "lang", "word"),
    [("zh-hans", "zh-Hans", "登录"), ("zh-hant", "zh-Hant", None), ("en", "en", None)],
)
def test_the_language_is_the_visitors(client: Client, db: None, language: str, lang: str, word: str | None) -> None:  # fmt: skip
    answer = client.post("/language/", {"language": language, "next": "/login/"})
    assert answer["Location"] == "/login/"
    body = client.get("/login/").content.decode()
    assert f'<html lang="{lang}"' in body
    assert word is None or word in body


def test_the_language_follows_the_user_to_another_machine(town: Town) -> None:
    client = town.client("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    client.post("/language/", {"language": "en", "next": "/messages/"})
    other = town.client("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    assert '<html lang="en"' in other.get("/messages/").content.decode()
    assert User.objects.get(pk=other.session["_auth_user_id"]).language == "en"


@pytest.mark.parametrize(
    ("field", "value"), [("language", "fr"), ("next", "https://elsewhere.example/")]
)
def test_nonsense_in_the_language_form_is_left_out(client: Client, db: None, field: str, value: str) -> None:  # fmt: skip
    answer = client.post("/language/", {"language": "en", "next": "/login/", field: value})
    assert answer["Location"] == ("/login/" if field == "language" else "/")


def test_a_user_with_two_seats_moves_between_them(town: Town) -> None:
    client = town.client("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    user_id = int(client.session["_auth_user_id"])
    second = membership_ensure(
        user_id=user_id, programme_id=town.programme.id, role=Role.AUDITOR, seat=Seat.VIEWER
    )
    assert "审计" in client.get("/messages/").content.decode()
    client.post("/seat/", {"membership": str(second)})
    assert "<small>审计</small>" in client.get("/messages/").content.decode()


def test_another_persons_seat_is_refused(town: Town) -> None:
    client = town.client("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    other = town.user("沈越", Role.OPERATIONS, Seat.MAKER)
    theirs = membership_ensure(
        user_id=other, programme_id=town.programme.id, role=Role.OPERATIONS, seat=Seat.MAKER
    )
    for wanted in (str(theirs), "x", ""):
        answer = client.post("/seat/", {"membership": wanted})
        assert "network.membership_unknown" in answer.content.decode()


def test_messages_are_counted_on_the_bell_until_read(town: Town) -> None:
    client = town.client("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    desk_notify(
        programme_id=town.programme.id,
        role=Role.SUPPLIER,
        party_id=town.supplier_id,
        key="one",
        code="room.odd",
        facts={},
        link="/x/",
        at=AT,
    )
    assert "1 条未读消息" in client.get("/messages/").content.decode()
    client.post("/messages/")
    assert "0 条未读消息" in client.get("/messages/").content.decode()


def test_the_password_is_changed_by_who_knows_the_old_one(town: Town) -> None:
    client = town.client("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    new = {"new_password1": "deep-blue-lake-7", "new_password2": "deep-blue-lake-7"}
    refused = client.post("/password/", {"old_password": "x", **new})
    assert "旧密码不对" in refused.content.decode()
    assert client.post("/password/", {"old_password": "clear-water-1", **new})["Location"] == "/"


def test_health(client: Client, db: None) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
