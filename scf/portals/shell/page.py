"""Render a page in the shell: tables answer htmx and exports by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from scf.network.queries import memberships_list, notifications_unread
from scf.portals.dates import local_date
from scf.portals.export import export_response
from scf.portals.shell.desks import NavLine, desk_home, nav_lines
from scf.portals.shell.session import PortalRequest
from scf.portals.table_view import table_view
from scf.portals.tables import Table, asked_read, window_read
from scf.portals.words import ROLES, SEATS


@dataclass(frozen=True, slots=True)
class Shell:
    """What base.html draws around a page."""

    nav: list[NavLine]
    home: str
    role: str
    seat: str
    who: str
    party: str
    seats: list[dict[str, Any]]
    unread: int
    day_differs: bool


def page(
    request: PortalRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page, or the part of it that was asked for.

    A Table in the context is read from the URL and handed to the template as its drawn view. An
    export answers with the file; an htmx request for one table answers with that table alone.
    """
    drawn: dict[str, object] = {}
    for name, value in (context or {}).items():
        if not isinstance(value, Table):
            drawn[name] = value
            continue
        kind = request.GET.get(f"{value.prefix}export", "")
        if kind and value.export:
            window = window_read(value, asked_read(value, request.GET))
            return export_response(value, window, kind=kind)
        view = table_view(value, request.GET, path=request.path)
        if request.htmx and request.htmx.target == view.dom_id:
            return render(request, "components/table.html", {"table": view})
        drawn[name] = view
    drawn["shell"] = SimpleLazyObject(lambda: shell_build(request))
    drawn["business_date"] = request.business_date
    drawn["programme"] = request.programme
    drawn["actor"] = request.actor
    drawn["at"] = request.at
    return render(request, template, drawn, status=status)


def shell_build(request: PortalRequest) -> Shell:
    """The rail, the seats and the bell of the actor."""
    actor = request.actor
    seats = memberships_list(user_id=actor.user_id)
    own = next(
        (
            one
            for one in seats
            if one["role"] == actor.role
            and one["party_id"] == actor.party_id
            and one["programme_id"] == actor.programme_id
        ),
        None,
    )
    return Shell(
        nav=nav_lines(request),
        home=desk_home(actor.role),
        role=str(ROLES[actor.role]),
        seat=str(SEATS[actor.seat]),
        who=actor.name,
        party=own["party"] if own else "",
        seats=[
            {**one, "role": str(ROLES.get(one["role"], one["role"]))}
            for one in seats
            if one is not own
        ],
        unread=notifications_unread(user_id=actor.user_id, programme_id=actor.programme_id),
        day_differs=request.business_date != local_date(request.at),
    )
