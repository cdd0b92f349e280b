"""A real Celery worker, in its own process, on this run's database and Redis."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

START_SECONDS = 60.0


class CeleryWorker:
    """One worker with its own scheduler inside; may be killed and started again."""

    def __init__(self, *, folder: Path, concurrency: int = 2, beat: bool = True) -> None:
        self.log_path = folder / "worker.log"
        self._folder, self._concurrency, self._beat = folder, concurrency, beat
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the worker and wait until it listens. Raises RuntimeError when it does not."""
        seen = self.log_path.stat().st_size if self.log_path.exists() else 0
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "scf.config.celery", "worker"),
                    *("--concurrency", str(self._concurrency), "--loglevel", "INFO"),
                    *("--without-gossip", "--without-mingle", "-Q", "default,long,celery"),
                    *(self._beat_arguments() if self._beat else ()),
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "DJANGO_SETTINGS_MODULE": "scf.config.settings"},
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if b" ready." in self.log_path.read_bytes()[seen:]:
                return
            time.sleep(0.1)
        raise RuntimeError(f"the worker did not start:\n{self.log_path.read_text()[-4000:]}")

    def runs(self, pid: int) -> bool:
        """Whether this process is the worker or a child of it."""
        try:
            return self._process is not None and os.getpgid(pid) == self._process.pid
        except ProcessLookupError:
            return False

    def kill(self) -> None:
        """kill -9 the worker and every child, as a power cut would."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Let it finish what it holds; insist after five seconds."""
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=5)
            self.kill()

    def _beat_arguments(self) -> tuple[str, ...]:
        return (
            *("--beat", "--schedule", str(self._folder / "beat")),
            *("--scheduler", "celery.beat:PersistentScheduler"),
        )


@pytest.fixture(scope="module")
def celery_worker(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CeleryWorker]:
    """A running worker for a module's tests, which need transactional_db.

    No longer: its relay would take up what later tests write.
    """
    worker = CeleryWorker(folder=tmp_path_factory.mktemp("celery"))
    worker.start()
    yield worker
    worker.stop()
