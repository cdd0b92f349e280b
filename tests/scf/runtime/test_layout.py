"""Where servers live, as root and as anybody else."""

import os
from pathlib import Path

import pytest

from scf.runtime.layout import layout_for, run_dir_ensure


def test_a_normal_user_keeps_everything_in_the_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    layout = layout_for(checkout=tmp_path)
    assert (layout.run_as, layout.bin_dir) == (None, None)
    assert layout.data_dir.is_relative_to(tmp_path)


def test_root_keeps_data_where_an_unprivileged_account_can_reach_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    layout = layout_for(checkout=tmp_path, shared_root=Path("/var/lib/huoshui"))
    assert layout.run_as is not None
    assert layout.run_as.uid != 0
    assert layout.data_dir.is_relative_to("/var/lib/huoshui")
    assert layout.state_path.is_relative_to(tmp_path)


def test_two_checkouts_never_share_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    folders = {layout_for(checkout=tmp_path / name).data_dir for name in ("a", "b")}
    assert len(folders) == 2


def test_the_run_folder_is_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    layout = layout_for(checkout=tmp_path)
    run_dir_ensure(layout)
    assert layout.run_dir.stat().st_mode & 0o077 == 0
    assert layout.data_dir.stat().st_mode & 0o077 == 0
