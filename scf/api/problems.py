"""Every error of the API as problem+json (RFC 9457), DomainErrors with their code and sentence."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from ledger.errors import DomainError
from scf.access.refusals import refusal_text

PROBLEM_JSON = "application/problem+json"
_DENIED = frozenset({"api.no_seat", "access.denied", "access.own_work"})
_BAD = frozenset({"api.key_missing", "api.key_invalid"})


def status_of(code: str) -> HTTPStatus:
    """403 for authority, 404 for what the caller cannot see, 400 for form, else 409."""
    if code in _DENIED:
        return HTTPStatus.FORBIDDEN
    if code in _BAD:
        return HTTPStatus.BAD_REQUEST
    if code.endswith("_unknown"):
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.CONFLICT


def problem(*, status: int, title: str, detail: str, code: str, **more: Any) -> Response:
    """A problem document; ``code`` is stable, ``detail`` is for people."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code}
    return Response({**body, **more}, status=status, content_type=PROBLEM_JSON)


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None lets a fault of ours become a 500."""
    if isinstance(error, DomainError):
        status = status_of(error.code)
        facts = {name: str(value) for name, value in error.facts.items()}
        return problem(
            status=status,
            title=status.phrase,
            detail=refusal_text(error),
            code=error.code,
            facts=facts,
        )
    answered = exception_handler(error, context)
    if answered is None:
        return None
    if isinstance(error, ValidationError):
        made = problem(
            status=answered.status_code,
            title="Bad Request",
            detail=str(error.default_detail),
            code="api.invalid",
            errors=answered.data,
        )
    else:
        code = error.default_code if isinstance(error, APIException) else "not_found"
        title = HTTPStatus(answered.status_code).phrase
        detail = "" if isinstance(error, Http404) else str(getattr(error, "detail", ""))
        made = problem(status=answered.status_code, title=title, detail=detail, code=f"api.{code}")
    for header in ("WWW-Authenticate", "Retry-After"):
        if header in answered.headers:
            made[header] = answered[header]
    return made
