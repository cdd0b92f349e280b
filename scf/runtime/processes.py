"""Starting a server process detached from us, knowing whether it is ours, and stopping it."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from scf.runtime.layout import Layout

STOP_SECONDS = 15.0


class ServerError(RuntimeError):
    """A server could not be started, reached or stopped; the message says what to look at."""


def server_environment() -> dict[str, str]:
    """Our environment without what would steer a server: PG* variables and locales."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_")) and name != "LANG"
    }


def process_spawn(
    command: Sequence[str], *, layout: Layout, log_path: Path
) -> subprocess.Popen[bytes]:
    """Start a long-lived server in its own session, so that Ctrl-C here does not reach it."""
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with log_path.open("ab") as log:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            umask=0o077,
            start_new_session=True,
            env=server_environment(),
            user=layout.run_as.uid if layout.run_as else None,
            group=layout.run_as.gid if layout.run_as else None,
            extra_groups=[] if layout.run_as else None,
        )


def process_run(command: Sequence[str], *, layout: Layout) -> None:
    """Run a short command as the servers' account.

    Raises ServerError with the command's own words when it fails.
    """
    result = subprocess.run(
        list(command),
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        umask=0o077,
        env=server_environment(),
        user=layout.run_as.uid if layout.run_as else None,
        group=layout.run_as.gid if layout.run_as else None,
        extra_groups=[] if layout.run_as else None,
    )
    if result.returncode != 0:
        raise ServerError(f"{Path(command[0]).name} failed: {result.stderr or result.stdout}")


def process_of(pid_path: Path, *, marker: str) -> psutil.Process | None:
    """The live process that a pid file names, if its command line holds `marker`.

    A process id is reused after a crash, so the number alone proves nothing.
    """
    try:
        pid = int(pid_path.read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return process if marker in process.cmdline() else None
    except (OSError, ValueError, psutil.Error):
        return None


def process_stop(process: psutil.Process, *, signal_number: int = signal.SIGINT) -> None:
    """Ask a server to stop, and insist after STOP_SECONDS."""
    with suppress(psutil.NoSuchProcess):
        process.send_signal(signal_number)
        if _gone_within(process, seconds=STOP_SECONDS):
            return
        process.kill()
        _gone_within(process, seconds=STOP_SECONDS)


def _gone_within(process: psutil.Process, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(ChildProcessError, OSError):
            os.waitpid(process.pid, os.WNOHANG)
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def port_choose(preferred: int | None) -> int:
    """A free TCP port on 127.0.0.1: the one used before when it is still free."""
    for candidate in (preferred, 0):
        if candidate is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", candidate))
                return int(probe.getsockname()[1])
    raise ServerError("no free TCP port on 127.0.0.1")


def binaries_copy(sources: Sequence[Path], *, target: Path) -> None:
    """Copy folders or files side by side into `target`, which appears whole or not at all."""
    if target.exists():
        return
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    temporary = target.with_name(f"{target.name}.{os.getpid()}")
    temporary.mkdir(mode=0o755)
    for source in sources:
        if source.is_dir():
            shutil.copytree(source, temporary / source.name, symlinks=True)
        else:
            shutil.copy2(source, temporary / source.name)
    with suppress(OSError):
        temporary.rename(target)
    shutil.rmtree(temporary, ignore_errors=True)
