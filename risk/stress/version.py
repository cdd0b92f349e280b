"""Which code gave a result: a hash of the source that shapes it."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent
SHAPING: Final = (
    "stress/*.py",
    "chain/cascade_kernels.py",
    "chain/debtrank.py",
    "chain/esri.py",
    "chain/production.py",
)


@lru_cache(maxsize=1)
def stress_version() -> str:
    """Same version, same facts, scenario and seed: same bytes."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SHAPING for path in ROOT.parent.glob(pattern)}):
        digest.update(path.relative_to(ROOT.parent).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
