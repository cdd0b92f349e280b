"""Take the README's pictures: a small demo in a scratch database, a server, a headless browser.

Run by bin/screenshots; the pictures go to docs/screenshots. Nothing of the installation is touched.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()

from django.core.management import call_command  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from pytest_django.live_server_helper import LiveServer  # noqa: E402

from scf.management.demo import demo_password  # noqa: E402
from scf.runtime.scratch import scratch_database  # noqa: E402
from tests.support.browser import chromium_path  # noqa: E402
from tests.support.source import ROOT  # noqa: E402

PICTURES = ROOT / "docs/screenshots"
WIDE = (1440, 1000)
PHONE = (390, 844)
OPEN_ROW = "tbody tr:has(.st-b) a"
# Each by its login, language, window and page; ``then`` is the link to follow from there.
SHOTS: dict[str, tuple[str, str, tuple[int, int], str, str]] = {
    "supplier-home": ("supplier", "zh-hans", WIDE, "/supplier/", ""),
    "supplier-receivable": ("supplier", "en", WIDE, "/supplier/receivables/", "tbody a"),
    "supplier-phone": ("supplier", "zh-hant", PHONE, "/supplier/", ""),
    "anchor-confirm": ("anchor2", "zh-hans", WIDE, "/anchor/confirm/", "tbody a"),
    "investor-product": ("investor", "en", WIDE, "/investor/products/", OPEN_ROW),
    "risk-report": ("risk", "zh-hans", WIDE, "/risk/reports/", "tbody a"),
    "operations-reconcile": ("ops", "zh-hans", WIDE, "/operations/reconcile/", ""),
    "auditor-overview": ("auditor", "en", WIDE, "/auditor/", ""),
}


@contextmanager
def demo_served() -> Iterator[str]:
    """The address of a server on a small seeded demo."""
    with scratch_database(label="pictures"), TemporaryDirectory() as folder:
        call_command(
            "demo_seed", suppliers=40, distributors=40, order_lines=4_000, folder=Path(folder)
        )
        server = LiveServer("127.0.0.1")
        try:
            yield server.url
        finally:
            server.stop()


def picture_take(browser: Browser, *, url: str, name: str) -> None:
    """Log in, choose the language, open the page, take what a window of that size shows."""
    login, language, (width, height), path, then = SHOTS[name]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{url}/login/")
    page.locator(f"footer button[value={language}]").click()
    page.fill("[name=username]", login)
    page.fill("[name=password]", demo_password())
    page.locator("main button.btn-pri").click()
    page.goto(f"{url}/messages/")
    if width > PHONE[0]:
        page.locator(f".hs-top button[value={language}]").click()
    else:
        page.locator(".hs-menu").click()
        page.locator(f".hs-side button[value={language}]").click()
    page.goto(f"{url}{path}")
    if then and page.locator(then).count():
        page.locator(then).first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()
    print(f"{name}.png")


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo_served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        for name in SHOTS:
            picture_take(browser, url=url, name=name)


if __name__ == "__main__":
    main()
