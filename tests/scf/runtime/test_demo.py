"""The demo's conductor: it reports a failing step, revives a worker, and stops what it started."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from scf.runtime.demo import StepFailed, manage, respawned
from scf.runtime.layout import CHECKOUT
from scf.runtime.processes import port_choose


def test_a_step_that_fails_carries_its_exit_code() -> None:
    with pytest.raises(StepFailed, match="no_such_command failed") as caught:
        manage("no_such_command", environment=os.environ)
    assert caught.value.code == 1


def test_the_output_of_a_step_comes_back() -> None:
    assert manage("version", environment=os.environ).startswith("5.2")


def test_a_killed_process_is_started_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    shell = subprocess.Popen(
        ["/bin/sh", "-c", respawned(f"echo started >> {log}; sleep 60")], start_new_session=True
    )
    try:
        wait_until(lambda: log.exists() and psutil.Process(shell.pid).children() != [])
        psutil.Process(shell.pid).children()[0].kill()
        wait_until(lambda: log.read_text().count("started") == 2)
    finally:
        os.killpg(shell.pid, signal.SIGKILL)
        shell.wait()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_demo_serves_and_ctrl_c_leaves_nothing_behind() -> None:
    port = port_choose(None)
    demo = subprocess.Popen(
        [sys.executable, "-m", "scf.runtime.demo", "--port", str(port)],
        cwd=CHECKOUT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "scf.config.settings"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert demo.stdout is not None
    address = ""
    for line in demo.stdout:
        if found := re.search(r"http://\S+", line):
            address = found.group()
            break
    with urllib.request.urlopen(f"{address}login/", timeout=10) as answer:
        assert answer.status == 200
    started = psutil.Process(demo.pid).children(recursive=True)
    assert started
    demo.send_signal(signal.SIGINT)
    demo.communicate(timeout=30)
    _gone, alive = psutil.wait_procs(started, timeout=10)
    assert alive == []


def wait_until(condition: object, *, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not (callable(condition) and condition()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
