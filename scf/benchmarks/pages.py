"""How long the server takes for every page that the roles of this database can reach."""

import re
import statistics
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import Resolver404, resolve

LIMIT_MS = 150
SAMPLES = 5
# A list of receivables links to hundreds of pages of one kind; this many of each are enough.
EXAMPLES_OF_A_KIND = 2
LINK = re.compile(r'href="(/[^"?#]*)')
SKIPPED = {"logout"}
OK, SERVER_ERROR = 200, 500


@dataclass(frozen=True, slots=True)
class Page:
    """One address as one user sees it; milliseconds are the median of SAMPLES warm requests."""

    user: str
    kind: str
    path: str
    status: int
    milliseconds: float


def pages_measure() -> Mapping[str, object]:
    """Follow every link from `/` as each user who may log in, and time each kind of page.

    Runs on the database that the settings name, so that what is measured is a demo of full size.
    """
    seats = get_user_model().objects.filter(is_active=True, active_membership__isnull=False)
    users = list(
        seats.order_by("active_membership__role", "pk").distinct("active_membership__role")
    )
    pages = [page for user in users for page in _walk(user)]
    slowest = sorted(pages, key=lambda page: -page.milliseconds)
    return {
        "users": len(users),
        "pages": len(pages),
        "limit_ms": LIMIT_MS,
        "over_limit": sum(page.milliseconds > LIMIT_MS for page in pages),
        "broken": [f"{page.user} {page.path}" for page in pages if page.status >= SERVER_ERROR],
        "median_ms": round(statistics.median(page.milliseconds for page in pages), 1)
        if pages
        else 0,
        "slowest": [
            {"user": page.user, "path": page.path, "ms": round(page.milliseconds, 1)}
            for page in slowest[:10]
        ],
    }


def _walk(user: object) -> Iterator[Page]:
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    waiting, seen, examples = deque(["/"]), {"/"}, dict[str, int]()
    while waiting:
        path = waiting.popleft()
        kind = _kind(path)
        examples[kind] = examples.get(kind, 0) + 1
        if kind in SKIPPED or examples[kind] > EXAMPLES_OF_A_KIND:
            continue
        response = client.get(path, follow=True)
        status = response.status_code
        if status != OK and status < SERVER_ERROR:
            continue
        if not response["Content-Type"].startswith("text/html"):
            continue
        milliseconds = _time(client, path) if status == OK else 0.0
        yield Page(str(user), kind, path, status, milliseconds)
        fresh = [link for link in LINK.findall(response.content.decode()) if link not in seen]
        seen.update(fresh)
        waiting.extend(link for link in dict.fromkeys(fresh) if _kind(link))


def _kind(path: str) -> str:
    """The name of the view behind a path; empty for files and what nobody answers."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _time(client: Client, path: str) -> float:
    samples = []
    for _sample in range(SAMPLES):
        started = time.perf_counter()
        client.get(path, follow=True)
        samples.append((time.perf_counter() - started) * 1_000)
    return statistics.median(samples)
