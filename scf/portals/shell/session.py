"""From a logged-in user to an Actor: the decorator that every portal's view wears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from ledger.errors import DomainError
from scf.access.policy import scope_for
from scf.network.queries import ProgrammeFacts, actor_of, programme_get
from scf.network.values import Actor, Role, Scope, Seat
from scf.portals.shell.errors import refusal_page, wrong_desk

P = ParamSpec("P")
READS = ("GET", "HEAD")
ACTING_SEATS = frozenset({Seat.MAKER, Seat.CHECKER, Seat.SIGNER})


class PortalRequest(HttpRequest):
    """A request with its actor: what a portal's view gets.

    ``at`` is the wall clock, read once; pass it on to journeys. ``business_date`` is the
    programme's.
    """

    actor: Actor
    scope: Scope
    programme: ProgrammeFacts
    business_date: date
    at: datetime
    htmx: HtmxDetails


PortalView = Callable[Concatenate[PortalRequest, P], HttpResponse]
DjangoView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def portal_view(
    *, role: Role | None, post: bool = False, seats: frozenset[Seat] = ACTING_SEATS
) -> Callable[[PortalView[P]], DjangoView[P]]:
    """Let in only actors at the ``role``'s desk (None: any desk); others get a 403 page.

    ``post`` allows the view to be posted to, by ``seats`` only; the auditor may never post.
    A DomainError that the view does not catch becomes a page that says what is unchanged.
    """

    def wrap(view: PortalView[P]) -> DjangoView[P]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            portal = portal_request(request)
            if portal is None:
                return wrong_desk(request, wanted=role, actor=None)
            if role is not None and portal.actor.role is not role:
                return wrong_desk(request, wanted=role, actor=portal.actor)
            if request.method not in READS:
                if not post:
                    return HttpResponseNotAllowed(READS)
                if portal.actor.seat not in seats or portal.actor.role is Role.AUDITOR:
                    return refusal_page(request, DomainError("access.denied"))
            try:
                return view(portal, *args, **kwargs)
            except DomainError as error:
                return refusal_page(request, error)

        # The permission table reads these to know what each address lets in.
        inner.portal_role = role  # type: ignore[attr-defined]
        inner.portal_post_seats = seats if post else frozenset()  # type: ignore[attr-defined]
        return cast("DjangoView[P]", inner)

    return wrap


def portal_request(request: HttpRequest) -> PortalRequest | None:
    """The request with its actor, or None for a user without a seat."""
    user_id = request.user.pk or 0
    membership_id = getattr(request.user, "active_membership_id", None)
    if membership_id is None:
        return None
    actor = actor_of(membership_id=membership_id, user_id=user_id)
    if actor is None:
        return None
    portal = cast("PortalRequest", request)
    portal.actor = actor
    portal.scope = scope_for(actor)
    portal.programme = programme_get(programme_id=actor.programme_id)
    portal.business_date = portal.programme.business_date
    portal.at = timezone.now()
    return portal
