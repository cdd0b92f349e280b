"""Series, bids and holdings."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ledger.errors import DomainError
from scf.api.actors import SeatView, idempotency_key
from scf.api.paging import PAGE_PARAMETERS, page_response
from scf.api.serializers import HoldingOut, SeriesOut, SubscribeIn, SubscriptionOut
from scf.api.views.financing import KEY
from scf.journeys.subscribing import subscription_place
from scf.products.queries import holdings_table, series_table


class SeriesList(SeatView):
    @extend_schema(parameters=PAGE_PARAMETERS, responses=SeriesOut(many=True))
    def get(self, request: Request) -> Response:
        """Series in the caller's scope, newest first."""
        rows = series_table(scope=self.caller().scope)
        return page_response(request=request, rows=rows, serializer=SeriesOut)


class SeriesOne(SeatView):
    @extend_schema(responses=SeriesOut)
    def get(self, request: Request, series_id: int) -> Response:
        """One series."""
        found = series_table(scope=self.caller().scope).filter(pk=series_id).first()
        if found is None:
            raise DomainError("products.series_unknown", series=series_id)
        return Response(SeriesOut(found).data)


class Subscriptions(SeatView):
    @extend_schema(parameters=[KEY], request=SubscribeIn, responses={201: SubscriptionOut})
    def post(self, request: Request, series_id: int) -> Response:
        """Bid for units: the money is held, not moved. The same key returns the same bid."""
        asked = SubscribeIn(data=request.data)
        asked.is_valid(raise_exception=True)
        caller = self.caller()
        placed = subscription_place(
            actor=caller.actor,
            series_id=series_id,
            units=asked.validated_data["units"],
            key=idempotency_key(request),
            at=caller.at,
        )
        return Response(SubscriptionOut(placed).data, status=status.HTTP_201_CREATED)


class Holdings(SeatView):
    @extend_schema(parameters=PAGE_PARAMETERS, responses=HoldingOut(many=True))
    def get(self, request: Request) -> Response:
        """Holdings in the caller's scope, next payment first."""
        rows = holdings_table(scope=self.caller().scope)
        return page_response(request=request, rows=rows, serializer=HoldingOut)
