"""From a token to an Actor: the same seats and scopes as in the portals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.views import APIView

from ledger.errors import DomainError
from scf.access.policy import scope_for
from scf.network.queries import actor_of
from scf.network.values import Actor, Scope

MEMBERSHIP_HEADER = "X-Membership"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, what they may see, and the wall clock, read once."""

    actor: Actor
    scope: Scope
    at: datetime


def caller_of(request: Request) -> Caller:
    """The caller's seat: the one in ``X-Membership``, else the active one.

    Raises ``api.no_seat``.
    """
    named = request.headers.get(MEMBERSHIP_HEADER, "")
    membership_id = (
        int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else None
    )
    if membership_id is None:
        membership_id = getattr(request.user, "active_membership_id", None)
    actor = None
    if membership_id is not None and request.user.pk is not None:
        actor = actor_of(membership_id=membership_id, user_id=request.user.pk)
    if actor is None:
        raise DomainError("api.no_seat")
    return Caller(actor=actor, scope=scope_for(actor), at=timezone.now())


def idempotency_key(request: Request) -> str:
    """The ``Idempotency-Key`` header; raises ``api.key_missing`` or ``api.key_invalid``."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        raise DomainError("api.key_missing")
    if len(key) > 64 or not key.isprintable():
        raise DomainError("api.key_invalid")
    return key


class SeatView(APIView):
    """A view whose requests come from a seat."""

    def caller(self) -> Caller:
        return caller_of(self.request)
