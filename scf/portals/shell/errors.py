"""Refusals and error pages: what happened, what is unchanged, what to do next, a reference."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from structlog.contextvars import get_contextvars

from ledger.errors import DomainError
from scf.network.queries import memberships_list
from scf.network.values import Actor, Role
from scf.portals.components import Problem
from scf.portals.refuse import problem_of
from scf.portals.words import ROLES


def reference() -> str:
    """The short reference of this request, as the logs have it; empty outside one."""
    return str(get_contextvars().get("request_id", ""))[:8]


def _error(
    request: HttpRequest,
    problem: Problem,
    *,
    status: int,
    seats: list[dict[str, object]] | None = None,
) -> HttpResponse:
    return render(
        request,
        "errors/error.html",
        {"problem": problem, "status": status, "seats": seats or []},
        status=status,
    )


def refusal_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A refusal that the view did not put into its form, as a page of its own."""
    word = error.code.rpartition(".")[2]
    status = 403 if error.code.startswith("access.") else 404 if word.endswith("unknown") else 409
    return _error(request, problem_of(error, reference=reference()), status=status)


def wrong_desk(request: HttpRequest, *, wanted: Role | None, actor: Actor | None) -> HttpResponse:
    """403 for a user at another desk, with the seats that would open this page."""
    seats = [
        {**one, "role_word": ROLES.get(one["role"], one["role"])}
        for one in memberships_list(user_id=request.user.pk or 0)
        if wanted is None or one["role"] == wanted
    ]
    if actor is None:
        title = _("您还没有席位")
        detail = _("没有做任何改动。请让贵司的管理员给您一个席位。")
    else:
        title = _("这一页属于%(wanted)s，您现在是%(role)s") % {
            "wanted": ROLES.get(wanted or "", ""),
            "role": ROLES[actor.role],
        }
        detail = _("没有做任何改动。可以切换席位，或回到首页。")
    problem = Problem(title, code="403", detail=detail, reference=reference())
    return _error(request, problem, status=403, seats=seats)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    problem = Problem(
        _("这个请求读不懂"),
        code="400",
        detail=_("没有做任何改动。请回到上一页刷新后再试。"),
        reference=reference(),
    )
    return _error(request, problem, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return refusal_page(request, DomainError("access.denied"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was drawn in another session."""
    problem = Problem(
        _("页面已过期"),
        code="403",
        detail=_("没有提交任何东西。请刷新页面后再填一次。"),
        reference=reference(),
    )
    return _error(request, problem, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; also for things that exist but are not the reader's to see."""
    problem = Problem(
        _("没有这一页，或您看不到它"),
        code="404",
        detail=_("没有做任何改动。请核对链接，或从首页重新进入。"),
        reference=reference(),
    )
    return _error(request, problem, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without session, database or context processors: any of them may be what broke."""
    problem = Problem(
        _("系统出错了，已经记录"),
        code="500",
        detail=_("没有完成的提交不会留下一半。请稍后再试，仍不行请把编号告诉运营。"),
        reference=reference(),
    )
    body = render_to_string("errors/error.html", {"problem": problem, "status": 500, "seats": []})
    return HttpResponse(body, status=500)
