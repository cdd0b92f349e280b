"""The gallery of components, served with its own addresses, and somebody logged in."""

from typing import Any

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import include, path

from scf.network.values import Role, Seat
from scf.portals.gallery import components
from tests.scf.portals.conftest import Town, town

__all__ = ["town"]

urlpatterns = [
    path("_components/", components, name="components"),
    path("", include("scf.portals.urls")),
]


@pytest.fixture
def gallery(live_server: Any, transactional_db: None, town: Town, settings: Any) -> tuple[str, str]:
    """The gallery's address, and the session of a supplier's maker."""
    settings.ROOT_URLCONF = __name__
    client: Client = town.client("林舒", Role.DISTRIBUTOR, Seat.MAKER, town.supplier_id)
    return f"{live_server.url}/_components/", client.cookies[live.SESSION_COOKIE_NAME].value
