"""Where the servers of one checkout keep their files, and who they run as."""

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED_ROOT = Path("/var/lib/huoshui")


@dataclass(frozen=True, slots=True)
class RunAs:
    """The unprivileged account that servers run as when we are root."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of one set of servers.

    run_dir: 0700, ours: state with ports and passwords, locks.
    data_dir: the servers' own folder.
    bin_dir: where binaries are copied to so that `run_as` can reach them; None runs them in place.
    """

    run_dir: Path
    data_dir: Path
    bin_dir: Path | None
    run_as: RunAs | None

    @property
    def state_path(self) -> Path:
        return self.run_dir / "servers.json"


def layout_for(*, checkout: Path = CHECKOUT, shared_root: Path = SHARED_ROOT) -> Layout:
    """The layout of a checkout: everything in its run folder, or, as root, data in a shared place.

    PostgreSQL refuses to run as root, and `nobody` cannot enter /root; so root keeps data and a
    copy of the binaries under `shared_root`, keyed by the checkout's path.
    """
    run_dir = checkout / ".run"
    if os.geteuid() != 0:
        return Layout(run_dir=run_dir, data_dir=run_dir / "data", bin_dir=None, run_as=None)
    nobody = pwd.getpwnam("nobody")
    key = hashlib.sha256(str(checkout).encode()).hexdigest()[:12]
    return Layout(
        run_dir=run_dir,
        data_dir=shared_root / f"data-{key}",
        bin_dir=shared_root,
        run_as=RunAs(uid=nobody.pw_uid, gid=nobody.pw_gid),
    )


def run_dir_ensure(layout: Layout) -> None:
    """Make the run folder (0700) and the data folder (0700, owned by the account servers use)."""
    layout.run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if layout.run_as is not None:
        layout.data_dir.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    layout.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner_set(layout.data_dir, layout)


def owner_set(path: Path, layout: Layout) -> None:
    """Hand one path to the account that servers run as; nothing to do when we are that account."""
    if layout.run_as is not None:
        os.chown(path, layout.run_as.uid, layout.run_as.gid)
