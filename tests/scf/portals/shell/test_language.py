"""The language of a page before login: cookie, then browser, then Simplified Chinese."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from scf.portals.shell.language import request_language


@pytest.mark.parametrize(
    ("asked", "given"),
    [("en-GB,en;q=0.9", "en"), ("zh-TW", "zh-hant"), ("zh-CN", "zh-hans"), ("fr", "zh-hans"), ("", "zh-hans")],
)  # fmt: skip
def test_the_browser_is_asked(rf: RequestFactory, asked: str, given: str) -> None:
    request = rf.get("/", HTTP_ACCEPT_LANGUAGE=asked)
    request.user = AnonymousUser()
    assert request_language(request) == given


def test_the_cookie_wins_over_the_browser(rf: RequestFactory) -> None:
    request = rf.get("/", HTTP_ACCEPT_LANGUAGE="en")
    request.COOKIES["django_language"] = "zh-hant"
    request.user = AnonymousUser()
    assert request_language(request) == "zh-hant"
