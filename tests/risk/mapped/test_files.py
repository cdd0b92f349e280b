import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from risk.mapped.files import arrays_open, arrays_prune, arrays_write

ARRAYS: dict[str, npt.NDArray[Any]] = {
    "wide": np.arange(1_000, dtype=np.int64),
    "small": np.array([[1, 2], [3, 4]], dtype=np.int8),
    "none": np.zeros(0, dtype=np.int32),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "folder" / "a.map"
    arrays_write(made, ARRAYS)
    return made


def test_what_was_written_is_read_and_cannot_be_changed(path: Path) -> None:
    found = arrays_open(path)
    assert found is not None
    for name, values in ARRAYS.items():
        assert found[name].dtype == values.dtype
        assert np.array_equal(found[name], values)
    with pytest.raises(ValueError, match="read-only"):
        found["wide"][0] = 5


def test_nothing_but_the_file_is_left_in_the_folder(path: Path) -> None:
    arrays_write(path, {"wide": np.zeros(3)})
    assert [each.name for each in path.parent.iterdir()] == ["a.map"]
    found = arrays_open(path)
    assert found is not None
    assert list(found) == ["wide"]


def test_a_write_that_fails_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        arrays_write(path, {"other": np.zeros(3)})
    assert [each.name for each in path.parent.iterdir()] == ["a.map"]
    found = arrays_open(path)
    assert found is not None
    assert "wide" in found


@pytest.mark.parametrize("place", [0, 12, 40, -9, -200])
def test_a_changed_byte_is_damage(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    # From the end of the first array: the padding behind the second holds nothing.
    data[place if place >= 0 else len(data) - 64 + place] ^= 0xFF
    path.write_bytes(data)
    assert arrays_open(path) is None


@pytest.mark.parametrize("size", [0, 5, 30, 500])
def test_a_file_cut_short_is_damage(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    assert arrays_open(path) is None


def test_an_absent_file_is_no_arrays(tmp_path: Path) -> None:
    assert arrays_open(tmp_path / "none") is None


def test_the_files_used_last_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        made = tmp_path / f"{number}.map"
        arrays_write(made, {"n": np.array([number])})
        os.utime(made, (number, number))
    (tmp_path / "other.txt").write_text("not ours")
    mapped = arrays_open(tmp_path / "0.map")
    assert arrays_prune(tmp_path, suffix=".map", keep=2) == 3
    assert sorted(each.name for each in tmp_path.iterdir()) == ["3.map", "4.map", "other.txt"]
    assert mapped is not None
    assert mapped["n"].tolist() == [0]  # whoever has it mapped reads on
