"""The web server's door answers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory

from scf.config.wsgi import application


@pytest.mark.django_db
def test_an_unknown_page_is_a_404_with_the_content_policy() -> None:
    answered: dict[str, Any] = {}

    def start_response(
        status: str, headers: list[tuple[str, str]], _error: object = None, /
    ) -> Callable[[bytes], object]:
        answered.update(status=status, headers=dict(headers))
        return bytes

    environ = RequestFactory().get("/no-such-page").environ | {"HTTP_HOST": "127.0.0.1"}
    assert b"".join(application(environ, start_response))
    assert answered["status"].startswith("404")
    policy = answered["headers"]["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
