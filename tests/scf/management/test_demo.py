from __future__ import annotations

import stat
from pathlib import Path

from scf.management.demo import demo_password, login_lines
from scf.simulator.play.people import LOGINS


def test_the_password_is_made_once_and_only_we_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "run" / "demo-password"
    first = demo_password(path=path)
    assert demo_password(path=path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert demo_password(path=tmp_path / "other") != first


def test_every_login_is_told_with_its_desk() -> None:
    lines = login_lines(password="secret")
    assert len(lines) == len(LOGINS)
    assert lines[0].split() == ["supplier", "supplier", "secret", "林舒"]
