"""Named arrays in one file: written whole or not at all, checked and mapped when opened.

Layout: eight bytes of magic, eight bytes length of the head, the head (JSON: names, types,
shapes, offsets, checksums), then the arrays, each at a multiple of 64 bytes.
"""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

MAGIC: Final = b"HSMAP\x00\x00\x01"
ALIGN: Final = 64
Arrays = Mapping[str, npt.NDArray[Any]]


def arrays_write(path: Path, arrays: Arrays) -> None:
    """Put the arrays at `path`: readers see the old file or the whole new one, also after a
    power cut."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain = {name: np.ascontiguousarray(values) for name, values in arrays.items()}
    head, offset = [], 0
    for name, values in plain.items():
        checksum = zlib.crc32(values.tobytes())
        head.append([name, values.dtype.str, list(values.shape), offset, checksum])
        offset += -(-values.nbytes // ALIGN) * ALIGN
    lead = _lead(json.dumps({"arrays": head, "bytes": offset}).encode())
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(lead)
            for values in plain.values():
                file.write(values.tobytes())
                file.write(b"\0" * (-values.nbytes % ALIGN))
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def arrays_open(path: Path) -> dict[str, npt.NDArray[Any]] | None:
    """Read-only arrays on the mapped file; None when it is absent, cut short or damaged."""
    try:
        mapped = np.memmap(path, dtype=np.uint8, mode="r")
        if bytes(mapped[:8]) != MAGIC:
            return None
        start = 16 + int.from_bytes(bytes(mapped[8:16]), "little")
        head = json.loads(bytes(mapped[16:start]))
        start = -(-start // ALIGN) * ALIGN
        if len(mapped) != start + head["bytes"]:
            return None
        return _checked(mapped, start, head["arrays"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def arrays_prune(folder: Path, *, suffix: str, keep: int) -> int:
    """Remove all but the `keep` files used last; returns how many went. Who has one mapped
    keeps reading it."""

    def used(path: Path) -> int:
        try:
            return path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    old = sorted(folder.glob(f"*{suffix}"), key=used, reverse=True)[keep:]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _lead(head: bytes) -> bytes:
    lead = MAGIC + len(head).to_bytes(8, "little") + head
    return lead + b"\0" * (-len(lead) % ALIGN)


def _checked(
    mapped: npt.NDArray[np.uint8], start: int, head: list[list[Any]]
) -> dict[str, npt.NDArray[Any]] | None:
    found: dict[str, npt.NDArray[Any]] = {}
    for name, kind, shape, offset, checksum in head:
        dtype = np.dtype(kind)
        size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
        data = mapped[start + offset : start + offset + size]
        if zlib.crc32(data.data) != checksum:
            return None
        found[name] = np.asarray(data).view(dtype).reshape(shape)
    return found
