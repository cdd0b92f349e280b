"""Bring background work to rest: in this process, or by the workers that run beside it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from celery import current_app
from django.db import connections

from ledger.queries import work_counts, works_list
from scf.tasks import relay_once

POLL_SECONDS = 0.15
TELL_SECONDS = 3.0
# Longer than a lease and the first retries together.
INLINE_PATIENCE_SECONDS = 45.0
# A relay beside us may hold events that we cannot see yet; two quiet looks outlast it.
QUIET_LOOKS = 2


class WorkStuck(RuntimeError):
    """Background work died or did not come to rest in time."""


def clock() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(tz=UTC)


@contextmanager
def work_told(*, say: Callable[[str], None]) -> Iterator[None]:
    """Say every few seconds how far long work is, from a thread with a connection of its own."""
    over = threading.Event()

    def tell() -> None:
        while not over.wait(TELL_SECONDS):
            for item in works_list(state="leased", limit=3):
                if item.rows_known:
                    say(f"{item.kind} {item.rows_done:,} / {item.rows_known:,}")
        connections.close_all()

    thread = threading.Thread(target=tell, name="work-told", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def work_inline() -> Iterator[Callable[[], None]]:
    """Inside the block tasks run in this process; yields a function that drains all work.

    For set-up, when no worker runs yet. The drain raises WorkStuck when an item died.
    """
    before = current_app.conf.task_always_eager
    current_app.conf.task_always_eager = True
    try:
        yield _drain_inline
    finally:
        current_app.conf.task_always_eager = before


def _drain_inline() -> None:
    """Run all work; what an earlier process left leased is taken over when its lease ends."""
    deadline = time.monotonic() + INLINE_PATIENCE_SECONDS
    while True:
        if relay_once(at=clock()):
            deadline = time.monotonic() + INLINE_PATIENCE_SECONDS
            continue
        _dead_check()
        if not _open_items():
            return
        if time.monotonic() > deadline:
            raise WorkStuck(f"work waits for too long: {_failures()}")
        time.sleep(POLL_SECONDS)


def work_await(*, seconds: float = 120.0) -> None:
    """Wait until the workers have done everything that is due.

    Raises WorkStuck when an item died or ``seconds`` passed.
    """
    deadline = time.monotonic() + seconds
    quiet = 0
    while quiet < QUIET_LOOKS:
        relay_once(at=clock())
        _dead_check()
        quiet = 0 if _open_items() else quiet + 1
        if time.monotonic() > deadline:
            raise WorkStuck(f"no rest within {seconds:.0f} s: {_failures()}")
        time.sleep(POLL_SECONDS)


def _open_items() -> int:
    counts = work_counts()
    return counts.get("ready", 0) + counts.get("leased", 0)


def _dead_check() -> None:
    dead = works_list(state="dead", limit=5)
    if dead:
        named = "; ".join(
            f"{item.kind} {item.key}: {item.error_code} {item.error_detail}" for item in dead
        )
        raise WorkStuck(f"work died: {named}")


def _failures() -> str:
    open_items = [*works_list(state="ready", limit=5), *works_list(state="leased", limit=5)]
    return "; ".join(f"{item.kind} {item.key} {item.error_detail}" for item in open_items)
