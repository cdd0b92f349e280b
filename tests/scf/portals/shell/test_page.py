"""A page answers whole, in part, or as a file."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from scf.network.values import Role, Seat
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table
from tests.scf.portals.conftest import Town

ROWS = [("INV-001", 100), ("INV-002", 250)]


@portal_view(role=Role.SUPPLIER)
def listing(request: PortalRequest) -> HttpResponse:
    table: Table[tuple[str, int]] = Table(
        id="bills",
        rows=ROWS,
        export="bills",
        columns=[
            Column("number", "发票", lambda r: r[0], phone=1),
            Column("face", "面额", lambda r: r[1], kind="money", total=True, phone=2),
        ],
        chips=[Chip("", "全部", lambda r: True), Chip("big", "大额", lambda r: r[1] > 200)],
        search=lambda r: (r[0],),
    )
    return page(request, "tests/listing.html", {"bills": table})


urlpatterns = [path("", include("scf.config.urls")), path("bills/", listing)]


@pytest.fixture
def client(town: Town, settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    options = settings.TEMPLATES[0]["OPTIONS"]
    settings.TEMPLATES = [
        {
            **settings.TEMPLATES[0],
            "APP_DIRS": False,
            "OPTIONS": {
                **options,
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"tests/listing.html": '{% extends "base.html" %}{% block content %}{% table bills %}{% endblock %}'}),
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            },
        }
    ]  # fmt: skip
    return town.client("林舒", Role.SUPPLIER, Seat.MAKER, town.supplier_id)


def test_the_shell_stands_around_the_page(client: Client) -> None:
    body = client.get("/bills/").content.decode()
    assert "2026-03-18 周三" in body
    assert 'class="hs-bd off"' in body  # the business date is not today
    assert "沧澜供应链项目" in body
    assert "澄岳注塑科技有限公司" in body
    assert '<html lang="zh-Hans"' in body
    assert "3.50" in body


def test_htmx_gets_the_table_alone(client: Client) -> None:
    answer = client.get("/bills/?chip=big", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="t-bills")
    body = answer.content.decode()
    assert body.startswith('<div id="t-bills"')
    assert "INV-002" in body
    assert "INV-001" not in body


def test_an_export_is_the_filtered_set(client: Client) -> None:
    answer = client.get("/bills/?export=csv&q=001")
    assert answer.content.decode("utf-8-sig").splitlines() == ["发票,面额", "INV-001,1.00"]


def test_no_page_holds_inline_script_or_style(client: Client) -> None:
    answer = client.get("/bills/")
    body = answer.content.decode()
    assert " style=" not in body
    assert "<script>" not in body
    assert " onclick" not in body
    assert "'unsafe" not in answer["Content-Security-Policy"]
    assert '"allowEval":false,"includeIndicatorStyles":false' in body
