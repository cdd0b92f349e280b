"""Token login and the inbox."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.authtoken.views import ObtainAuthToken
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from scf.api.actors import SeatView
from scf.api.paging import PAGE_PARAMETERS, page_response
from scf.api.serializers import NotificationOut, TokenIn, TokenOut
from scf.network.queries import notifications_list


class Tokens(ObtainAuthToken):
    """Ten tries a minute; a lock after repeated failures is the login's own (django-axes)."""

    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "login"

    @extend_schema(request=TokenIn, responses=TokenOut)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Exchange a name and a password for a token."""
        return super().post(request, *args, **kwargs)


class Notifications(SeatView):
    @extend_schema(parameters=PAGE_PARAMETERS, responses=NotificationOut(many=True))
    def get(self, request: Request) -> Response:
        """The caller's inbox, newest first."""
        actor = self.caller().actor
        rows = notifications_list(user_id=actor.user_id, programme_id=actor.programme_id)
        return page_response(request=request, rows=rows, serializer=NotificationOut)
