"""Our own PostgreSQL and Valkey as one pair: the last process that uses them turns them off.

Every user holds a shared lock on `.run/users`. A process that leaves tries to take it alone; if it
can, nobody is left and the servers stop. A process that was killed frees its lock by dying, and the
servers simply stay until the next user leaves.
"""

import atexit
import fcntl
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from scf.runtime.layout import Layout, run_dir_ensure
from scf.runtime.postgres import (
    data_path,
    owner_url,
    postgres_process,
    postgres_start,
    postgres_stop,
)
from scf.runtime.roles import APP_ROLE, roles_ensure
from scf.runtime.state import ServerState, locked, state_ensure, state_ports_set, state_read
from scf.runtime.urls import url_with
from scf.runtime.valkey import valkey_process, valkey_start, valkey_stop, valkey_url

_held: dict[Layout, IO[str]] = {}


@dataclass(frozen=True, slots=True)
class Addresses:
    """How to reach a database as its owner and as the application, and the Redis server.

    app_url is None where roles could not be made: the application then logs in as the owner.
    """

    owner_url: str
    app_url: str | None
    redis_url: str


def servers_attach(layout: Layout) -> Addresses:
    """Start what is not running, and hold it until this process ends.

    Raises ServerError when a server does not come up.
    """
    run_dir_ensure(layout)
    with locked(layout.run_dir / "start.lock"):
        if layout not in _held:
            _held[layout] = (layout.run_dir / "users").open("a")
            fcntl.flock(_held[layout], fcntl.LOCK_SH)
            atexit.register(_in_this_process(lambda: servers_leave(layout)))
        _ownerless_aside(layout)
        state = state_ensure(layout.state_path)
        # Recorded before the second server starts: a crash in between must not lose the first.
        port = postgres_start(layout, password=state.owner_password, port=state.postgres_port)
        state = state_ports_set(layout.state_path, postgres_port=port)
        port = valkey_start(layout, password=state.valkey_password, port=state.valkey_port)
        state = state_ports_set(layout.state_path, valkey_port=port)
        addresses = _addresses(state)
        roles_ensure(owner_url=addresses.owner_url, app_password=state.app_password)
    return addresses


def servers_leave(layout: Layout) -> None:
    """Let go; stops the servers when no other process uses them."""
    held = _held.pop(layout, None)
    if held is None:
        return
    with locked(layout.run_dir / "start.lock"):
        held.close()
        with (layout.run_dir / "users").open("a") as alone:
            try:
                fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return
            servers_stop(layout)


def servers_stop(layout: Layout) -> None:
    """Stop both servers now, whoever uses them."""
    valkey_stop(layout)
    postgres_stop(layout)


def servers_running(layout: Layout) -> bool:
    return postgres_process(layout) is not None and valkey_process(layout) is not None


def addresses_recorded(layout: Layout) -> Addresses | None:
    """The addresses of the last start, without starting anything; None before the first."""
    state = state_read(layout.state_path)
    if state is None or state.postgres_port is None or state.valkey_port is None:
        return None
    return _addresses(state)


def _ownerless_aside(layout: Layout) -> None:
    """Move away data whose passwords went with a deleted run folder: nobody can log in to it.

    A checkout made anew at the same path meets the folder of the one before, which also has
    another master key. One such folder is kept, in case somebody wants it; an older one goes.
    """
    if state_read(layout.state_path) is not None or not data_path(layout).exists():
        return
    servers_stop(layout)
    aside = layout.data_dir.with_name(f"{layout.data_dir.name}.ownerless")
    shutil.rmtree(aside, ignore_errors=True)
    layout.data_dir.rename(aside)
    run_dir_ensure(layout)
    print(
        f"huoshui: {layout.state_path} is gone, so the database files it had the password of "
        f"were moved to {aside}; starting with empty ones",
        file=sys.stderr,
    )


def _addresses(state: ServerState) -> Addresses:
    owner = owner_url(port=state.postgres_port or 0, password=state.owner_password)
    return Addresses(
        owner_url=owner,
        app_url=url_with(owner, user=APP_ROLE, password=state.app_password),
        redis_url=valkey_url(port=state.valkey_port or 0, password=state.valkey_password),
    )


def _in_this_process(action: Callable[[], None]) -> Callable[[], None]:
    """A forked child inherits our exit hooks; only the process that attached may leave."""
    owner = os.getpid()
    return lambda: action() if os.getpid() == owner else None
