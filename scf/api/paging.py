"""Lists come in pages: ``limit`` (at most 200) and ``offset``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

LIMIT_MAX = 200
LIMIT = 50
PAGE_PARAMETERS = [
    OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 200, default 50"),
    OpenApiParameter("offset", OpenApiTypes.INT, description="default 0"),
]


def page_response(
    *,
    request: Request,
    rows: Sequence[Any] | QuerySet[Any, Any],
    serializer: type[BaseSerializer[Any]],
) -> Response:
    """``{"count", "results"}`` of the page that the query string asks for."""
    limit = min(max(1, _number(request, "limit", LIMIT)), LIMIT_MAX)
    offset = max(0, _number(request, "offset", 0))
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    page = rows[offset : offset + limit]
    return Response({"count": count, "results": serializer(page, many=True).data})


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default
