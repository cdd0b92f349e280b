from pathlib import Path

import pytest

from risk.stress import version
from risk.stress.version import stress_version


def test_a_version_is_a_hash_of_the_source_that_shapes_results(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    now = stress_version()
    assert len(now) == 16
    (tmp_path / "stress").mkdir()
    (tmp_path / "stress" / "cash.py").write_text("changed")
    monkeypatch.setattr(version, "ROOT", tmp_path / "stress")
    stress_version.cache_clear()
    assert stress_version() != now
    stress_version.cache_clear()
