"""Passwords and ports between two runs."""

from pathlib import Path

import pytest

from scf.runtime.state import (
    AlreadyLocked,
    locked,
    secret_ensure,
    state_ensure,
    state_ports_set,
    state_read,
)


def test_passwords_are_made_once(tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    assert state_read(path) is None
    assert state_ensure(path) == state_ensure(path) == state_read(path)


def test_passwords_differ_from_each_other_and_between_checkouts(tmp_path: Path) -> None:
    states = [state_ensure(tmp_path / name) for name in ("a", "b")]
    secrets = {
        secret
        for state in states
        for secret in (state.owner_password, state.app_password, state.valkey_password)
    }
    assert len(secrets) == 6


def test_a_port_is_recorded_without_losing_the_other(tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    state_ports_set(path, postgres_port=1)
    state = state_ports_set(path, valkey_port=2)
    assert (state.postgres_port, state.valkey_port) == (1, 2)
    assert state_read(path) == state
    assert path.stat().st_mode & 0o077 == 0


def test_a_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "run" / "secret"
    assert secret_ensure(path) == secret_ensure(path)
    assert len(secret_ensure(path)) >= 48
    assert path.stat().st_mode & 0o077 == 0


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    second = locked(tmp_path / "lock", wait=False)
    with locked(tmp_path / "lock"), pytest.raises(AlreadyLocked):
        second.__enter__()
    with locked(tmp_path / "lock", wait=False):
        pass
