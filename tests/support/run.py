"""Names and addresses of one test process: its database, its Redis database, its environment.

Set in the environment before settings load, so that this process, and every worker or command it
starts, uses the same ones.
"""

import os
from contextlib import suppress
from dataclasses import dataclass

import psutil
import redis

from scf.runtime.databases import run_name
from scf.runtime.layout import layout_for
from scf.runtime.scratch import scratch_addresses
from scf.runtime.servers import Addresses
from scf.runtime.state import locked
from scf.runtime.urls import url_with
from scf.runtime.valkey import DATABASES


@dataclass(frozen=True, slots=True)
class Run:
    """`server` holds the template; `addresses` are this process's own."""

    server: Addresses
    database: str
    addresses: Addresses


_runs: dict[int, Run] = {}


def run_prepare() -> Run:
    """Decide this process's names and export them; asked again, it answers the same."""
    known = _runs.get(os.getpid())
    if known is not None:
        return known
    server = scratch_addresses()
    database = run_name(label=os.environ.get("PYTEST_XDIST_WORKER", "main"))
    run = Run(
        server=server,
        database=database,
        addresses=Addresses(
            owner_url=url_with(server.owner_url, database=database),
            app_url=url_with(server.app_url, database=database) if server.app_url else None,
            redis_url=_redis_claim(server.redis_url),
        ),
    )
    os.environ["DATABASE_URL"] = run.addresses.owner_url
    os.environ["APP_DATABASE_URL"] = run.addresses.app_url or run.addresses.owner_url
    os.environ["REDIS_URL"] = run.addresses.redis_url
    _runs[os.getpid()] = run
    return run


def _redis_claim(url: str) -> str:
    """A Redis database that no living test process uses, emptied."""
    # Looking who is alive and taking a dead process's place is one step: two runs may start at once.
    with locked(layout_for().run_dir / "redis.lock"), redis.Redis.from_url(url) as client:
        for number in range(2, DATABASES):
            key = f"huoshui:test-run:{number}"
            holder = client.get(key)
            if isinstance(holder, bytes) and not psutil.pid_exists(int(holder)):
                client.delete(key)
            if client.set(key, os.getpid(), nx=True):
                own = url.rsplit("/", 1)[0] + f"/{number}"
                with redis.Redis.from_url(own) as fresh, suppress(redis.ResponseError):
                    fresh.flushdb()
                return own
    raise RuntimeError("every Redis database is taken by a test process")
