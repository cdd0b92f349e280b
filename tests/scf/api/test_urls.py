"""The schema is valid, and its page keeps to the content security policy."""

from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from scf.api.urls import urlpatterns


def test_the_schema_is_valid_and_names_every_address(tmp_path: Path) -> None:
    file = tmp_path / "schema.yml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(file))
    text = file.read_text("utf-8")
    routes = {str(line.pattern) for line in urlpatterns} - {"schema", "docs"}
    shown = {route.replace("<int:", "{").replace(">", "}") for route in routes}
    assert [route for route in sorted(shown) if f"/api/v1/{route}:" not in text] == []


@pytest.mark.django_db(transaction=True)
def test_the_docs_page_shows_every_operation_under_our_policy(
    live_server: LiveServer, guarded_page: Page
) -> None:
    guarded_page.goto(f"{live_server.url}/api/v1/docs")
    expect(guarded_page.locator(".opblock").first).to_be_visible(timeout=20_000)
    assert guarded_page.locator(".opblock").count() >= len(urlpatterns) - 2
