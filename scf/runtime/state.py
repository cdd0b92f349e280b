"""Ports and passwords of this checkout's servers, in a file that only we can read."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ServerState:
    """What a client needs to reach the servers; ports are None until the first start."""

    owner_password: str
    app_password: str
    valkey_password: str
    postgres_port: int | None = None
    valkey_port: int | None = None


def state_read(path: Path) -> ServerState | None:
    """The recorded state, or None when no server was ever started here."""
    try:
        return ServerState(**json.loads(path.read_text()))
    except FileNotFoundError:
        return None


def state_ensure(path: Path) -> ServerState:
    """The recorded state, or a new one with fresh passwords."""
    state = state_read(path)
    if state is None:
        state = ServerState(
            owner_password=secrets.token_urlsafe(24),
            app_password=secrets.token_urlsafe(24),
            valkey_password=secrets.token_urlsafe(24),
        )
        state_write(path, state)
    return state


def state_write(path: Path, state: ServerState) -> None:
    """Replace the file in one step, mode 0600."""
    private_write(path, json.dumps(asdict(state), indent=2))


def state_ports_set(
    path: Path, *, postgres_port: int | None = None, valkey_port: int | None = None
) -> ServerState:
    """Record the ports that the servers listen on now."""
    state = state_ensure(path)
    state = replace(
        state,
        postgres_port=postgres_port or state.postgres_port,
        valkey_port=valkey_port or state.valkey_port,
    )
    state_write(path, state)
    return state


def private_write(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    temporary.rename(path)


def secret_ensure(path: Path) -> str:
    """A secret made once per checkout, for machines where the environment gives none."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path.with_name("secret.lock")):
            if not path.exists():
                private_write(path, secrets.token_urlsafe(48))
            return path.read_text().strip()


class AlreadyLocked(RuntimeError):
    """Another process holds the lock, and the caller would not wait."""


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a file lock for as long as the block runs; the kernel frees it if we die.

    Raises AlreadyLocked at once when somebody holds it and `wait` is False.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise AlreadyLocked(str(path)) from error
        yield
