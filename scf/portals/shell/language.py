"""Which language a page is in: the user's own choice, else the browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGE_NAMES = (
    ("zh-hans", "简", "简体中文"),
    ("zh-hant", "繁", "繁體中文"),
    ("en", "EN", "English"),
)


class LanguageMiddleware:
    """Activates the language of the logged-in user; of the cookie or browser before login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def request_language(request: HttpRequest) -> str:
    """zh-hans, zh-hant or en."""
    known = {code for code, _short, _name in LANGUAGE_NAMES}
    chosen = getattr(request.user, "language", "") if request.user.is_authenticated else ""
    asked = chosen or translation.get_language_from_request(request)
    return asked if asked in known else settings.LANGUAGE_CODE
