"""What the demo's commands share: its password, its files, its suppliers by code."""

from __future__ import annotations

import secrets
from pathlib import Path

from scf.config.env import RUN_DIR
from scf.network.queries import (
    ProgrammeFacts,
    programmes_list,
)
from scf.runtime.state import private_write
from scf.simulator.play.people import LOGINS, PROGRAMME_CODE

PASSWORD_FILE = RUN_DIR / "demo-password"
FILES_DIR = RUN_DIR / "demo-files"


def demo_password(*, path: Path = PASSWORD_FILE) -> str:
    """One password for every demo login, made once an installation and readable by us alone."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        private_write(path, f"huoshui-{secrets.token_hex(4)}")
        return path.read_text().strip()


def demo_programme() -> ProgrammeFacts | None:
    """The demo's programme, if it was founded."""
    return next((row for row in programmes_list() if row.code == PROGRAMME_CODE), None)


def login_lines(*, password: str) -> list[str]:
    """Desk, login, password: one line each, in the order of the portals."""
    return [
        f"{login.role.value:<11} {login.username:<10} {password}  {login.display_name}"
        for login in LOGINS
    ]
