"""One way to write a value as bytes, so that equal values have equal bytes and hashes."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ledger.errors import InvariantViolated

ROOT: Final = Path(__file__).parent
# What shapes the bytes of a report; storage and desks change without making it another one.
SHAPING: Final = ("*.py", "chain/*.py", "checks/*.py", "scoring/*.py", "signals/*.py")
DESK: Final = frozenset(
    {"apps.py", "engine.py", "gating.py", "lifecycle.py", "limits.py", "refusals.py", "tasks.py"}
)


def canonical_bytes(value: object) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; integers only.

    Raises InvariantViolated on a float: its text differs between machines and versions,
    so measures are scaled to whole parts per million before they are written.
    """
    _refuse_floats(value)
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def sha256_hex(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=1)
def code_version() -> str:
    """Hash of the source that shapes reports: same version, same facts, same bytes."""
    digest = hashlib.sha256()
    paths = sorted({path for pattern in SHAPING for path in ROOT.glob(pattern)})
    for path in (each for each in paths if each.name not in DESK):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _refuse_floats(value: Any) -> None:
    todo = [value]
    while todo:
        item = todo.pop()
        kind = type(item)
        if kind is str or kind is int:
            continue
        if isinstance(item, float):
            raise InvariantViolated(f"a float has no canonical text: {item!r}")
        if isinstance(item, Mapping):
            todo.extend(item.values())
        elif isinstance(item, list | tuple):
            todo.extend(item)
