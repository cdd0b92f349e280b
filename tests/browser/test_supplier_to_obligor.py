"""A sale in a real browser: tick, submit, second person, obligor's two people, signed statement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from scf.financing.queries import claim_get, claims_list
from scf.journeys.checking import claim_check
from scf.network.operations import user_language_set
from scf.network.values import Role, Scope
from scf.simulator.worked.world import World
from tests.support.desks import Desks

PHONE = {"width": 390, "height": 844}
WORDS = {
    "zh-hans": ("今天可以变现", "有效", "已确权"),
    "en": ("into cash today", "Valid", "Confirmed"),
}


@pytest.fixture
def desks(transactional_db: None) -> Desks:
    return Desks.make()


@contextmanager
def seat(browser: Browser, server: LiveServer, desks: Desks, key: str) -> Iterator[Page]:
    """A fresh browser window logged in as this person; a broken script or policy fails."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    session = desks.client(key).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def language(world: World, name: str) -> None:
    for actor in world.actors.values():
        user_language_set(user_id=actor.user_id, language=name)


def test_ticking_recounts_the_receipt_without_leaving_the_page(
    browser: Browser, live_server: LiveServer, desks: Desks
) -> None:
    desks.papers("INV-0001")
    desks.sellable("INV-0002", 50_000_000)
    with seat(browser, live_server, desks, "supplier") as page:
        page.goto(f"{live_server.url}/supplier/offers/")
        total = page.locator("#receipt .rc .total .v")
        both = total.inner_text()
        page.locator("#t-basket-lines tbody .ck").nth(1).click()
        expect(total).not_to_have_text(both)
        page.locator("#t-basket-lines tbody .ck").nth(1).click()
        expect(total).to_have_text(both)
        page.locator("#t-basket-lines tbody .ck").nth(0).click()
        page.locator("#t-basket-lines tbody .ck").nth(1).click()
        expect(page.locator("#receipt .nil")).to_be_visible()
        page.locator("#t-basket-lines tbody .ck").nth(0).click()
        expect(total).to_be_visible()


@pytest.mark.parametrize("name", ["zh-hans", "en"])
def test_from_the_tick_to_the_signature(
    browser: Browser, live_server: LiveServer, desks: Desks, name: str
) -> None:
    desks.sellable()
    password = desks.password_set("anchor2")
    world = desks.world
    language(world, name)
    home, _valid, confirmed = WORDS[name]
    with seat(browser, live_server, desks, "supplier") as page:
        page.goto(f"{live_server.url}/supplier/")
        expect(page.locator("h1")).to_contain_text(home)
        page.locator(".hero .btn-pri").click()
        page.locator("#receipt .agree input").check()
        page.locator("#receipt .btn-pri").click()
        expect(page.locator(".hs-said .green")).to_be_visible()
    with seat(browser, live_server, desks, "supplier2") as page:
        page.goto(f"{live_server.url}/supplier/")
        page.locator(".nd .btn").first.click()
        page.locator("#review .btn-pri").click()
        expect(page.locator(".hs-said .green")).to_be_visible()
    scope = Scope(world.programme_id, Role.OPERATIONS, None)
    claim = claims_list(scope=scope)[0]
    claim_check(claim_id=claim.id, at=world.at)
    with seat(browser, live_server, desks, "anchor") as page:
        page.goto(f"{live_server.url}/anchor/confirm/{claim.id}/")
        page.locator(".g-main .btn-pri").click()
        expect(page.locator(".eyes")).to_be_visible()
        expect(page.locator(".g-main .btn-pri")).to_have_count(0)
    with seat(browser, live_server, desks, "anchor2") as page:
        page.goto(f"{live_server.url}/anchor/confirm/{claim.id}/")
        page.locator("input[type=password]").fill(password)
        page.locator(".agree input").check()
        page.locator(".g-main .btn-pri").click()
        expect(page.locator("h1 .st")).to_have_text(confirmed)
        with page.expect_download() as download:
            page.locator(f'.act a[href="/anchor/confirm/{claim.id}/statement.json"]').click()
        body = json.loads(download.value.path().read_text("utf-8"))
        assert body["statement"]["amount_minor"] == 100_000_000
    assert claim_get(claim_id=claim.id).state == "confirmed"


@pytest.mark.parametrize("name", ["zh-hans", "zh-hant", "en"])
def test_a_phone_never_scrolls_sideways(
    browser: Browser, live_server: LiveServer, desks: Desks, name: str
) -> None:
    claim = desks.at_the_obligor()
    other = desks.papers("INV-0002")
    language(desks.world, name)
    pages = {
        "supplier": ("/supplier/", "/supplier/offers/", f"/supplier/receivables/{other}/",
                     "/supplier/receivables/", "/supplier/settlement/", "/supplier/imports/"),
        "anchor": ("/anchor/", "/anchor/confirm/", f"/anchor/confirm/{claim.id}/",
                   "/anchor/payments/"),
    }  # fmt: skip
    for key, addresses in pages.items():
        with seat(browser, live_server, desks, key) as page:
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            for address in addresses:
                page.goto(live_server.url + address)
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= PHONE["width"], (address, width)
