"""The gallery draws every component in three languages, and only in development."""

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from scf.network.values import Role, Seat
from scf.portals.gallery import components
from tests.scf.portals.conftest import Town


def test_the_gallery_is_not_served_in_production() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("components")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_every_component_draws(town: Town, rf: RequestFactory, language: str) -> None:
    client: Client = town.client("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id)
    client.post("/language/", {"language": language})
    request = rf.get("/_components/")
    request.user = user_of(client)
    request.htmx = False  # type: ignore[attr-defined]
    request.session = client.session
    body = components(request).content.decode()
    for part in ("kpis", "nd", "tl", "rc", "posting", "eyes", "lin", "errs", "nil", "stp", "cnt", "checks", "rs", "tacc", "bul", "stack", "strip"):  # fmt: skip
        assert f'class="{part}' in body or f" {part}" in body, part
    assert body.count("application/json") == 5


def user_of(client: Client) -> Any:
    request = RequestFactory().get("/")
    request.session = client.session
    return get_user(request)
