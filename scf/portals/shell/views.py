"""Login, language, seat, messages, the way home, health."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ledger.errors import DomainError
from scf.network.operations import (
    membership_activate,
    notifications_mark_read,
    user_language_set,
)
from scf.network.queries import actor_of, notifications_list
from scf.portals.components import Empty
from scf.portals.notices import notice_text
from scf.portals.shell.desks import desk_home
from scf.portals.shell.errors import refusal_page
from scf.portals.shell.forms import LanguageForm, LoginForm, PasswordForm
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view

INBOX_LINES = 200


class Login(LoginView):
    """The login page; who is logged in already goes home."""

    template_name = "registration/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True


class Logout(LogoutView):
    """Posting here ends the session."""


class Password(PasswordChangeView):
    """Change one's own password; other sessions end."""

    template_name = "registration/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("root")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, _("密码已改，其他设备上的登录已失效。"))
        return super().form_valid(form)


@require_GET
@login_required
def root(request: HttpRequest) -> HttpResponse:
    """To the first screen of the active seat."""
    membership_id = getattr(request.user, "active_membership_id", None)
    actor = membership_id and actor_of(membership_id=membership_id, user_id=request.user.pk or 0)
    return redirect(desk_home(actor.role) if actor else "messages")


def _back(request: HttpRequest) -> str:
    """The address that the form wants to return to, when it is ours; else home."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return "/"


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language, for the user when logged in, and in a cookie for the login page."""
    response = redirect(_back(request))
    form = LanguageForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        if request.user.is_authenticated:
            user_language_set(user_id=request.user.pk, language=chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@require_POST
@login_required
def seat(request: HttpRequest) -> HttpResponse:
    """Move to another of the user's seats, then to that seat's first screen."""
    wanted = request.POST.get("membership", "")
    try:
        if not wanted.isdecimal():
            raise DomainError("network.membership_unknown")
        membership_activate(user_id=request.user.pk or 0, membership_id=int(wanted))
    except DomainError as error:
        return refusal_page(request, error)
    return redirect("root")


@portal_view(role=None, post=True)
def inbox(request: PortalRequest) -> HttpResponse:
    """Messages, newest first; posting marks all as read."""
    if request.method == "POST":
        notifications_mark_read(user_id=request.actor.user_id, at=request.at)
        return redirect("messages")
    found = notifications_list(
        user_id=request.actor.user_id, programme_id=request.actor.programme_id
    )[:INBOX_LINES]
    lines = [
        {**row, "text": notice_text(row["code"], row["facts"]), "unread": row["read_at"] is None}
        for row in found
    ]
    return page(
        request,
        "shell/messages.html",
        {
            "lines": lines,
            "unread": sum(line["unread"] for line in lines),
            "nothing": Empty(
                _("没有消息"), _("有事需要您处理或知道时，会出现在这里。"), icon="bell"
            ),
        },
    )


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
