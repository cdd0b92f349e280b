"""Files handed in by a machine, and how far reading them is."""

from __future__ import annotations

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from scf.access.policy import require
from scf.api.actors import SeatView
from scf.api.paging import PAGE_PARAMETERS, page_response
from scf.api.serializers import ImportIn, ImportOut, ImportRowOut
from scf.imports.parsers.cells import DateOrder
from scf.imports.queries import batch_get, batches_list, issues_grouped
from scf.journeys.importing import import_receive

LISTED = 1_000


class Imports(SeatView):
    parser_classes = (MultiPartParser,)

    @extend_schema(parameters=PAGE_PARAMETERS, responses=ImportRowOut(many=True))
    def get(self, request: Request) -> Response:
        """The newest thousand batches in the caller's scope."""
        rows = batches_list(scope=self.caller().scope, limit=LISTED)
        return page_response(request=request, rows=rows, serializer=ImportRowOut)

    @extend_schema(request=ImportIn, responses={200: ImportRowOut, 201: ImportRowOut})
    def post(self, request: Request) -> Response:
        """Hand in one set of files, to be read in the background.

        The set itself is the idempotency key: the same bytes again answer 200 with their batch.
        """
        caller = self.caller()
        require(caller.actor, "import.upload")
        asked = ImportIn(data=request.data)
        asked.is_valid(raise_exception=True)
        received = import_receive(
            actor=caller.actor,
            files=[(one.name, one.read()) for one in asked.validated_data["files"]],
            is_dry_run=asked.validated_data["dry_run"],
            date_order=DateOrder(asked.validated_data["date_order"]),
            at=caller.at,
        )
        found = batch_get(batch_id=received.batch_id, scope=caller.scope)
        return Response(
            ImportRowOut(found).data,
            status=status.HTTP_201_CREATED if received.created else status.HTTP_200_OK,
            headers={"Location": reverse("api:import", args=[received.batch_id])},
        )


class Import(SeatView):
    @extend_schema(responses=ImportOut)
    def get(self, request: Request, batch_id: int) -> Response:
        """One batch with its counts and its issues by repair; ``state`` says when it is done."""
        found = batch_get(batch_id=batch_id, scope=self.caller().scope)
        issues = [
            {**row, "file": row["file__name"] or ""} for row in issues_grouped(batch_id=batch_id)
        ]
        return Response(ImportOut({**ImportRowOut(found).data, "issues": issues}).data)
