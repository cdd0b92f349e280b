"""`python -m scf.runtime.demo`: a served demo from nothing, or a whole life without serving.

Each step is a command of manage.py in a process of its own; this module only orders them, says
what it is doing, and stops whatever it started.
"""

import argparse
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

from honcho.manager import Manager

from scf.runtime.databases import database_recreate
from scf.runtime.endpoints import database_is_own, endpoints_attach
from scf.runtime.layout import CHECKOUT, layout_for
from scf.runtime.processes import ServerError, port_choose
from scf.runtime.state import AlreadyLocked, locked
from scf.runtime.urls import url_with

PORT = 8000
WEB_SECONDS = 60.0
ONCE_DATABASE = "huoshui_once"
ONCE_REDIS_DATABASE = 1
CELERY = f"{sys.executable} -m celery -q -A scf.config.celery"
WORKER = f"{CELERY} worker --concurrency 2 -Q default,long,celery -l WARNING --without-mingle"
BEAT = f"{CELERY} beat -l WARNING --pidfile="
BANK = f"{sys.executable} manage.py demo_bank --watch"
WEB = f"{sys.executable} -m gunicorn scf.config.wsgi --workers 2 --threads 4 --log-level warning"


class StepFailed(RuntimeError):
    """A step ended badly; `code` is what the demo exits with."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(f"{name} failed (exit {code})")
        self.code = code


def main(arguments: list[str]) -> int:
    """Parse the command line and run the demo; returns the process's exit code."""
    parser = argparse.ArgumentParser(prog="bin/demo")
    parser.add_argument("--once", action="store_true", help="run whole lives without serving")
    parser.add_argument("--port", type=int, default=PORT, help=f"where to serve ({PORT})")
    options = parser.parse_args(arguments)
    run_dir = layout_for().run_dir
    try:
        # One at a time on our own database; on a named one its owner decides.
        name = ("once" if options.once else "demo") if database_is_own() else f"demo-{os.getpid()}"
        with locked(run_dir / f"{name}.lock", wait=options.once):
            with step("database and Redis"):
                endpoints_attach()
            return demo_once() if options.once else demo_serve(port=options.port)
    except AlreadyLocked:
        print("huoshui: bin/demo runs already from this checkout", file=sys.stderr)
        return 1
    except (ServerError, StepFailed) as error:
        print(f"huoshui: {error}", file=sys.stderr)
        return error.code if isinstance(error, StepFailed) else 1
    except KeyboardInterrupt:
        return 130


def demo_serve(*, port: int) -> int:
    """Seed and serve until Ctrl-C."""
    environment = demo_environment()
    manage("migrate", "--verbosity", "0", environment=environment)
    manage("collectstatic", "--noinput", "--verbosity", "0", environment=environment)
    logins = manage("demo_seed", environment=environment)
    port = port_choose(port)
    address = f"http://127.0.0.1:{port}/"
    manager = supervised(environment, web=f"{WEB} --bind 127.0.0.1:{port}")
    Thread(target=welcome, args=(address, logins), daemon=True).start()
    manager.loop()
    return 0 if manager.returncode in {0, 130, None} else int(manager.returncode)


def demo_once() -> int:
    """Whole lives through journeys and Celery, in a database that is made for it.

    On somebody else's server (DATABASE_URL) that database itself is used.
    """
    environment = demo_environment()
    if database_is_own():
        environment |= once_environment()
    manage("migrate", "--verbosity", "0", environment=environment)
    with background(environment):
        summary = manage("demo_once", environment=environment)
    # After everything has stopped, so that it is the last line whoever listens.
    print(summary, end="", flush=True)
    return 0


def demo_environment() -> dict[str, str]:
    """Our environment, with the noise off that a person at a terminal does not need."""
    quiet = {
        "HUOSHUI_LOG_LEVEL": "WARNING",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    return quiet | dict(os.environ)


def once_environment() -> Mapping[str, str]:
    """An empty database and Redis database of its own, as environment variables."""
    addresses = endpoints_attach()
    owner_url = url_with(addresses.owner_url, database=ONCE_DATABASE)
    database_recreate(owner_url=owner_url)
    redis_url = f"{addresses.redis_url.rsplit('/', 1)[0]}/{ONCE_REDIS_DATABASE}"
    app_url = addresses.app_url or addresses.owner_url
    return {
        "DATABASE_URL": owner_url,
        "APP_DATABASE_URL": url_with(app_url, database=ONCE_DATABASE),
        "REDIS_URL": os.environ.get("REDIS_URL", redis_url),
    }


def manage(*command: str, environment: Mapping[str, str]) -> str:
    """Run one command of manage.py; its standard output comes back.

    Raises StepFailed when it does not exit with 0.
    """
    with step(command[0]):
        result = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=CHECKOUT,
            env=dict(environment),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if result.returncode != 0:
        raise StepFailed(command[0], result.returncode)
    return result.stdout


def supervised(environment: Mapping[str, str], *, web: str) -> Manager:
    """Web, worker, scheduler and the demo's bank under one supervisor; what is killed starts again."""
    manager = Manager()
    commands = {
        "web": web,
        "worker": respawned(WORKER),
        "beat": respawned(BEAT),
        "bank": respawned(BANK),
    }
    for name, command in commands.items():
        manager.add_process(name, command, env=dict(environment), cwd=str(CHECKOUT))
    return manager


def respawned(command: str) -> str:
    return f"while :; do {command}; sleep 1; done"


@contextmanager
def background(environment: Mapping[str, str]) -> Iterator[None]:
    """A worker with its own scheduler for the length of a block."""
    worker = subprocess.Popen(
        [
            *WORKER.split(),
            *("--beat", "--scheduler", "celery.beat:PersistentScheduler"),
            *("--schedule", str(layout_for().run_dir / "once-beat")),
        ],
        cwd=CHECKOUT,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(worker.pid, 9)
            worker.wait()


def welcome(address: str, logins: str) -> None:
    """Wait until a page answers, then say where to look and as whom."""
    deadline = time.monotonic() + WEB_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.2)
        else:
            break
    print(f"\n活水 Huoshui  {address}\n\n{logins}\nCtrl-C stops everything.\n", flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    print(f"  {name} ...", file=sys.stderr, flush=True)
    started = time.monotonic()
    yield
    print(f"  {name}: {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
