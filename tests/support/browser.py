"""Headless Chromium for browser tests: the machine's own, never a downloaded one."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def chromium_path() -> str | None:
    """The first browser of the Chromium family on this machine."""
    found = (shutil.which(name) for name in BROWSERS)
    return next((path for path in found if path), shutil.which(MAC_CHROME))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine (Debian, Ubuntu: apt-get install chromium)")
    return {
        "executable_path": path,
        "headless": True,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--lang=zh-CN"],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture(scope="session", autouse=True)
def _event_loop_beside_the_database() -> Iterator[None]:
    """Playwright runs an event loop in the test's thread, where Django would refuse its database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def guarded_page(page: Page) -> Iterator[Page]:
    """A page that fails its test when a script breaks or the content security policy is hit."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    assert problems == []
