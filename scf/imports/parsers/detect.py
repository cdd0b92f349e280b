"""Which table a header row belongs to, and where its columns are. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scf.imports.parsers import canonical_columns, sap_columns

HEADER_WITHIN = 20
# Fewer than this may stand in any table (a document number, a year).
NEAREST_HITS = 3
_NOISE = re.compile(r"[\s_●*]+")


@dataclass(frozen=True, slots=True)
class Detected:
    """``table`` in ``family`` (canonical, sap); column name -> position; what is missing."""

    family: str
    table: str
    columns: Mapping[str, int]
    missing: tuple[str, ...] = ()


def header_normalise(text: str) -> str:
    """Without case, spaces, underscores and width."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).strip("\ufeff")).casefold()


def header_detect(cells: Sequence[str]) -> Detected | None:
    """The table whose required columns are all there; the most specific one wins."""
    positions = _positions(cells)
    best: tuple[int, Detected] | None = None
    for family, (tables, required) in _FAMILIES.items():
        for table, names in tables.items():
            columns = _find(positions, names)
            if required[table] - columns.keys() or _forbidden(table, positions):
                continue
            score = len(required[table]) * 100 + len(columns)
            if best is None or score > best[0]:
                best = (score, Detected(family, table, columns))
    return best[1] if best else None


def header_nearest(cells: Sequence[str]) -> Detected | None:
    """The table that these columns come closest to, with what is missing; None below half."""
    positions = _positions(cells)
    best: tuple[float, Detected] | None = None
    for family, (tables, required) in _FAMILIES.items():
        for table, names in tables.items():
            wanted = required[table]
            columns = _find(positions, names)
            hits = len(wanted & columns.keys())
            found = hits / len(wanted)
            if hits >= NEAREST_HITS and found >= 0.5 and (best is None or found > best[0]):
                missing = tuple(sorted(wanted - columns.keys()))
                best = (found, Detected(family, table, columns, missing))
    return best[1] if best else None


def _positions(cells: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for position, cell in enumerate(cells):
        found.setdefault(header_normalise(cell), []).append(position)
    return found


def _find(
    positions: Mapping[str, list[int]], names: Mapping[str, tuple[str, ...]]
) -> dict[str, int]:
    columns: dict[str, int] = {}
    for name, aliases in names.items():
        for alias in (name, *aliases):
            label, nth = _numbered(alias)
            places = positions.get(header_normalise(label), [])
            if len(places) > nth:
                columns[name] = places[nth]
                break
    return columns


def _numbered(alias: str) -> tuple[str, int]:
    """``Quantity Conversion 2`` is the second column of that name; ``Name 1`` is a name."""
    head, _, tail = alias.rpartition(" ")
    return (head, int(tail) - 1) if tail == "2" and head else (alias, 0)


def _forbidden(table: str, positions: Mapping[str, list[int]]) -> bool:
    names = sap_columns.FORBIDDEN.get(table, frozenset())
    return any(header_normalise(name) in positions for name in names)


_FAMILIES = {
    "canonical": (canonical_columns.COLUMNS, canonical_columns.REQUIRED),
    "sap": (sap_columns.COLUMNS, sap_columns.REQUIRED),
}
