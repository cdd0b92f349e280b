"""The components in a real browser: under the strict policy, with script and without, on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 390, "height": 844}


def enter(page: Page, gallery: tuple[str, str]) -> None:
    address, session = gallery
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page.goto(address)


def test_charts_draw_under_the_policy_and_keep_their_tables(
    guarded_page: Page, gallery: tuple[str, str]
) -> None:
    enter(guarded_page, gallery)
    expect(guarded_page.locator("figure.chart canvas")).to_have_count(5)
    table = guarded_page.locator("figure.chart .ch-table").first
    expect(table.locator("table")).to_be_hidden()
    table.locator("summary").click()
    expect(table.locator("table")).to_be_visible()


def test_filters_refresh_the_table_alone_and_stay_in_the_address(
    guarded_page: Page, gallery: tuple[str, str]
) -> None:
    enter(guarded_page, gallery)
    guarded_page.evaluate("document.body.dataset.kept = 'yes'")
    guarded_page.locator("#t-samples .chip").nth(1).click()
    expect(guarded_page.locator("#t-samples tbody tr")).to_have_count(3)
    guarded_page.fill("#t-samples-q", "0418")
    expect(guarded_page.locator("#t-samples tbody tr")).to_have_count(1)
    assert guarded_page.evaluate("document.body.dataset.kept") == "yes"
    assert "chip=ready" in guarded_page.url
    assert "q=0418" in guarded_page.url
    guarded_page.reload()
    expect(guarded_page.locator("#t-samples tbody tr")).to_have_count(1)


def test_lineage_opens_and_closes_by_keyboard(guarded_page: Page, gallery: tuple[str, str]) -> None:
    enter(guarded_page, gallery)
    summary = guarded_page.locator("details.lin summary").first
    summary.focus()
    guarded_page.keyboard.press("Enter")
    expect(guarded_page.locator(".lin-p").first).to_be_visible()
    guarded_page.keyboard.press("Escape")
    expect(guarded_page.locator(".lin-p").first).to_be_hidden()


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_a_phone_never_scrolls_sideways(
    guarded_page: Page, gallery: tuple[str, str], language: str
) -> None:
    guarded_page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    enter(guarded_page, gallery)
    guarded_page.locator(".hs-menu").click()
    guarded_page.locator(f".hs-side button[value={language}]").click()
    expect(guarded_page.locator("#main")).to_be_visible()
    assert guarded_page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    expect(guarded_page.locator("#t-samples thead")).to_be_hidden()


def test_everything_but_charts_works_without_script(
    browser: Browser, gallery: tuple[str, str], browser_context_args: dict[str, Any]
) -> None:
    page = browser.new_context(**browser_context_args, java_script_enabled=False).new_page()
    enter(page, gallery)
    expect(page.locator("figure.chart table").first).to_be_visible()
    page.locator("#t-samples th a").first.click()
    expect(page.locator("#t-samples th[aria-sort=ascending]")).to_have_count(1)
    page.fill("#t-samples-q", "0418")
    page.locator("#t-samples form button").click()
    expect(page.locator("#t-samples tbody tr")).to_have_count(1)
