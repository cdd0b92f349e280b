"""Knowing a process for ours, stopping it, and finding a port."""

import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from scf.runtime.layout import Layout
from scf.runtime.processes import (
    ServerError,
    binaries_copy,
    port_choose,
    process_of,
    process_run,
    process_stop,
    server_environment,
)

SLEEPER = "import time; time.sleep(60)"


def test_a_process_is_known_by_its_command_line_not_its_number(tmp_path: Path) -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", SLEEPER, "mark-of-ours"])
    pid_path = tmp_path / "pid"
    pid_path.write_text(f"{sleeper.pid}\nmore lines\n")
    try:
        found = process_of(pid_path, marker="mark-of-ours")
        assert found is not None
        assert found.pid == sleeper.pid
        assert process_of(pid_path, marker="somebody-else") is None
    finally:
        process_stop(psutil.Process(sleeper.pid))
    assert process_of(pid_path, marker="mark-of-ours") is None


@pytest.mark.parametrize("text", ["", "not a number", "99999999"])
def test_a_broken_pid_file_names_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "pid").write_text(text)
    assert process_of(tmp_path / "pid", marker="x") is None
    assert process_of(tmp_path / "missing", marker="x") is None


def test_the_port_used_before_is_used_again_unless_it_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port_choose(port) != port
    assert port_choose(port) == port


def test_a_failing_command_says_why(own_layout: Layout) -> None:
    with pytest.raises(ServerError, match="no such thing"):
        process_run(["/bin/sh", "-c", "echo no such thing >&2; exit 3"], layout=own_layout)


def test_variables_that_would_steer_a_server_do_not_reach_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("PGPORT", "LC_ALL", "LANG"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("KEPT", "x")
    assert {"PGPORT", "LC_ALL", "LANG"}.isdisjoint(server_environment())
    assert server_environment()["KEPT"] == "x"


def test_a_copy_appears_whole_and_only_once(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "tool").write_text("first")
    binaries_copy([source], target=tmp_path / "copy")
    (source / "tool").write_text("second")
    binaries_copy([source], target=tmp_path / "copy")
    assert (tmp_path / "copy" / "source" / "tool").read_text() == "first"
    assert {path.name for path in tmp_path.iterdir()} == {"source", "copy"}
