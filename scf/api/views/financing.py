"""Receivables, quotes and their acceptance."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from scf.access.refusals import refusal_text
from scf.api.actors import SeatView, idempotency_key
from scf.api.paging import PAGE_PARAMETERS, page_response
from scf.api.serializers import (
    AcceptIn,
    ClaimOut,
    QuoteLineOut,
    QuoteOut,
    QuotesIn,
    ReceivableOut,
)
from scf.financing.queries import claim_get, claims_list, quote_get, quotes_list
from scf.journeys.accepting import quote_accept
from scf.journeys.quoting import quotes_make
from scf.trade.queries import receivable_get, receivables_list

KEY = OpenApiParameter("Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True)


class Receivables(SeatView):
    @extend_schema(parameters=PAGE_PARAMETERS, responses=ReceivableOut(many=True))
    def get(self, request: Request) -> Response:
        """Receivables in the caller's scope."""
        rows = receivables_list(scope=self.caller().scope)
        return page_response(request=request, rows=rows, serializer=ReceivableOut)


class Receivable(SeatView):
    @extend_schema(responses=ReceivableOut)
    def get(self, request: Request, receivable_id: int) -> Response:
        """One receivable with the reasons of its match."""
        found = receivable_get(receivable_id=receivable_id, scope=self.caller().scope)
        return Response(ReceivableOut(found).data)


class Quotes(SeatView):
    @extend_schema(parameters=PAGE_PARAMETERS, responses=QuoteOut(many=True))
    def get(self, request: Request) -> Response:
        """Quotes in the caller's scope, newest first."""
        rows = quotes_list(scope=self.caller().scope)
        return page_response(request=request, rows=rows, serializer=QuoteOut)

    @extend_schema(request=QuotesIn, responses={200: QuoteLineOut(many=True)})
    def post(self, request: Request) -> Response:
        """Price one or many receivables; each line stands alone."""
        asked = QuotesIn(data=request.data)
        asked.is_valid(raise_exception=True)
        caller = self.caller()
        outcomes = quotes_make(
            actor=caller.actor, receivable_ids=asked.validated_data["receivable_ids"], at=caller.at
        )
        lines = [
            {
                "receivable_id": line.receivable_id,
                "quote": line.quote,
                "refused": (
                    None
                    if line.error is None
                    else {"code": line.error.code, "detail": refusal_text(line.error)}
                ),
            }
            for line in outcomes
        ]
        return Response(QuoteLineOut(lines, many=True).data)


class Quote(SeatView):
    @extend_schema(responses=QuoteOut)
    def get(self, request: Request, quote_id: int) -> Response:
        """One quote."""
        return Response(QuoteOut(quote_get(quote_id=quote_id, scope=self.caller().scope)).data)


class QuoteAccept(SeatView):
    @extend_schema(parameters=[KEY], request=AcceptIn, responses={201: ClaimOut})
    def post(self, request: Request, quote_id: int) -> Response:
        """Accept a quote; a second person of the supplier's then approves it."""
        asked = AcceptIn(data=request.data)
        asked.is_valid(raise_exception=True)
        caller = self.caller()
        claim = quote_accept(
            actor=caller.actor,
            quote_id=quote_id,
            key=idempotency_key(request),
            consent=asked.validated_data["consent"],
            at=caller.at,
        )
        return Response(ClaimOut(claim).data, status=status.HTTP_201_CREATED)


class Claims(SeatView):
    @extend_schema(parameters=PAGE_PARAMETERS, responses=ClaimOut(many=True))
    def get(self, request: Request) -> Response:
        """Claims in the caller's scope, newest first."""
        rows = claims_list(scope=self.caller().scope)
        return page_response(request=request, rows=rows, serializer=ClaimOut)


class Claim(SeatView):
    @extend_schema(responses=ClaimOut)
    def get(self, request: Request, claim_id: int) -> Response:
        """One claim."""
        return Response(ClaimOut(claim_get(claim_id=claim_id, scope=self.caller().scope)).data)
