"""An edge list from outside: who supplied whom, read once from a file, dirt and all.

Columns `supplier,customer,weight`, and where they are there `supplierNACE,customerNACE`
(sectors), `type` (2 essential, 1 not essential, 0 negligible) and `day` (ISO date or whole
number). Rows that cannot count are left out and told as findings with their line numbers.
Text is read in chunks and turned into arrays, so that a million lines take seconds.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from risk.arrays import BoolArray, FloatArray
from risk.chain.production import ESSENTIAL, LINEAR, NEGLIGIBLE
from risk.facts import EPOCH, MISSING, IntArray

NEEDED: Final = ("supplier", "customer", "weight")
CHUNK: Final = 1 << 16
LINES_SHOWN: Final = 5
MOST: Final = 2**58  # total weight; sums stay exact in 64 bits
TEXTS: Final = {
    "file_unreadable": "the file cannot be read as UTF-8 or GB18030 text",
    "columns_missing": "the first line must name the columns supplier, customer and weight",
    "empty": "no row with two firms and a weight above zero: nothing to measure",
    "row_short": "rows with too few columns were left out",
    "name_missing": "rows without a supplier or customer were left out",
    "weight_unreadable": "rows whose weight is no number were left out",
    "weight_not_positive": "rows whose weight is zero or negative were left out",
    "self_trade": "rows in which a firm trades with itself were left out",
    "type_unknown": "rows with a type other than 2, 1, 0 count as not essential",
    "day_unreadable": "rows whose day is neither a date nor a whole number have no place in time",
    "sector_conflict": "firms with more than one sector keep the first",
    "firms_alone": "firms without a partner have no trade to measure",
}


@dataclass(frozen=True, slots=True)
class EdgeFinding:
    """What was wrong, how often, and in which lines of the file (the first few)."""

    code: str
    count: int
    lines: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """A sentence for the person who made the file."""
        return TEXTS[self.code]


@dataclass(frozen=True, slots=True, eq=False)
class EdgeTable:
    """The rows that count. `weight` is whole: the file's weight times `scale`. `sector` has
    an entry a firm (0 unknown), `kind` and `day` one a row; `has_days` where one is known."""

    names: tuple[str, ...]
    source: IntArray
    target: IntArray
    weight: IntArray
    scale: float
    sector: IntArray
    kind: IntArray
    day: IntArray
    has_days: bool
    findings: tuple[EdgeFinding, ...]
    usable: bool = True


def edges_read(path: Path) -> EdgeTable:
    """Read a file; never raises for what is in it: `usable` is False where nothing can be
    read at all, and the findings say why."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding, newline="") as lines:
                return _table(csv.reader(lines))
        except UnicodeDecodeError:
            continue
        except (OSError, csv.Error):
            break
    return _unusable("file_unreadable")


def _table(rows: Iterator[list[str]]) -> EdgeTable:
    head = {name.strip().lower(): place for place, name in enumerate(next(rows, []))}
    if any(name not in head for name in NEEDED):
        return _unusable("columns_missing")
    reading = _Reading(head)
    line = 2
    while chunk := list(islice(rows, CHUNK)):
        reading.take(chunk, line)
        line += len(chunk)
    return reading.table()


def _unusable(code: str) -> EdgeTable:
    none = np.zeros(0, dtype=np.int64)
    found = (EdgeFinding(code, 1),)
    return EdgeTable((), none, none, none, 1.0, none, none, none, False, found, usable=False)


@dataclass(slots=True)
class _Reading:
    """What has been read so far: arrays by chunk, names by first appearance."""

    head: dict[str, int]
    ids: dict[str, int] = field(default_factory=dict)
    sectors: dict[int, str] = field(default_factory=dict)
    conflicts: set[int] = field(default_factory=set)
    columns: list[tuple[IntArray, IntArray, FloatArray, IntArray, IntArray]] = field(
        default_factory=list
    )
    counts: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[int]] = field(default_factory=dict)

    def take(self, chunk: list[list[str]], first_line: int) -> None:
        numbers: IntArray = np.arange(first_line, first_line + len(chunk))
        least = max(self.head[name] for name in self.head) + 1
        full = np.array([len(row) >= least for row in chunk], dtype=bool)
        if not full.all():
            blank = np.array([not any(row) for row in chunk], dtype=bool)
            self.tell("row_short", numbers[~full & ~blank])
            chunk = [row for row, kept in zip(chunk, full.tolist(), strict=True) if kept]
            numbers = numbers[full]
        if not chunk:
            return
        columns = list(zip(*chunk, strict=False))  # longer rows are cut at the shortest one
        source, target = self.firms(columns, "supplier"), self.firms(columns, "customer")
        weight = _numbers(columns[self.head["weight"]])
        named = (source != MISSING) & (target != MISSING)
        self.tell("name_missing", numbers[~named])
        self.tell("weight_unreadable", numbers[named & np.isnan(weight)])
        self.tell("weight_not_positive", numbers[named & (weight <= 0)])
        self.tell("self_trade", numbers[named & (weight > 0) & (source == target)])
        kept = named & (weight > 0) & (source != target)
        kind = self.kinds(columns, kept, numbers)
        day = self.days(columns, kept, numbers)
        self.note_sectors(columns, source, target)
        self.columns.append((source[kept], target[kept], weight[kept], kind[kept], day[kept]))

    def firms(self, columns: list[tuple[str, ...]], side: str) -> IntArray:
        ids = self.ids
        names = columns[self.head[side]]
        found = [
            ids.setdefault(name, len(ids)) if name else MISSING for name in map(str.strip, names)
        ]
        return np.array(found, dtype=np.int64)

    def kinds(self, columns: list[tuple[str, ...]], kept: BoolArray, lines: IntArray) -> IntArray:
        if "type" not in self.head:
            return np.full(len(lines), MISSING, dtype=np.int64)
        known = {"2": ESSENTIAL, "1": LINEAR, "0": NEGLIGIBLE, "": MISSING}
        found = _mapped(columns[self.head["type"]], lambda text: known.get(text, -2))
        self.tell("type_unknown", lines[kept & (found == -2)])
        return np.where(found == -2, LINEAR, found)

    def days(self, columns: list[tuple[str, ...]], kept: BoolArray, lines: IntArray) -> IntArray:
        if "day" not in self.head:
            return np.full(len(lines), MISSING, dtype=np.int64)
        found = _mapped(columns[self.head["day"]], _day)
        self.tell("day_unreadable", lines[kept & (found == MISSING)])
        return found

    def note_sectors(
        self, columns: list[tuple[str, ...]], source: IntArray, target: IntArray
    ) -> None:
        for side, firms in (("suppliernace", source), ("customernace", target)):
            if side not in self.head:
                continue
            texts = columns[self.head[side]]
            names = sorted(set(texts))
            code = {text: place for place, text in enumerate(names)}
            found = np.array([code[text] for text in texts], dtype=np.int64)
            named = firms != MISSING
            for pair in np.unique((firms * len(names) + found)[named]).tolist():
                firm, sector = pair // len(names), names[pair % len(names)].strip()
                if sector and self.sectors.setdefault(firm, sector) != sector:
                    self.conflicts.add(firm)

    def tell(self, code: str, lines: IntArray) -> None:
        if len(lines):
            self.counts[code] += len(lines)
            shown = self.lines.setdefault(code, [])
            shown += lines[: LINES_SHOWN - len(shown)].tolist()

    def table(self) -> EdgeTable:
        blank = np.zeros(0, dtype=np.int64)
        parts = self.columns or [(blank, blank, np.zeros(0), blank, blank)]
        source, target, weight, kind, day = (
            np.concatenate(part) for part in zip(*parts, strict=True)
        )
        scale = _scale(weight)
        sector = self.sector_numbers()
        known = np.where(sector[source] > 0, ESSENTIAL, LINEAR)
        if self.conflicts:
            self.counts["sector_conflict"] = len(self.conflicts)
        if not len(source):
            self.counts["empty"] = 1
        if alone := len(self.ids) - len(np.unique(np.concatenate((source, target)))):
            self.counts["firms_alone"] = alone
        return EdgeTable(
            names=tuple(self.ids),
            source=source,
            target=target,
            weight=np.maximum(np.rint(weight * scale), 1).astype(np.int64),
            scale=scale,
            sector=sector,
            kind=np.where(kind == MISSING, known, kind),
            day=day,
            has_days="day" in self.head and bool((day != MISSING).any()),
            findings=tuple(
                EdgeFinding(code, self.counts[code], tuple(self.lines.get(code, ())))
                for code in TEXTS
                if self.counts[code]
            ),
        )

    def sector_numbers(self) -> IntArray:
        numbers = {name: place for place, name in enumerate(sorted(set(self.sectors.values())), 1)}
        found = [numbers.get(self.sectors.get(firm, ""), 0) for firm in range(len(self.ids))]
        return np.array(found, dtype=np.int64)


def _numbers(texts: Sequence[str]) -> FloatArray:
    """Weights as numbers; NaN where one is none or has no end."""
    try:
        found = np.array(texts, dtype=np.str_).astype(np.float64)
    except ValueError:
        found = np.array([_number(text) for text in texts], dtype=np.float64)
    return np.where(np.isfinite(found), found, np.nan)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _mapped(texts: Sequence[str], read: Callable[[str], int]) -> IntArray:
    """Each text read once, however often it occurs."""
    known = {text: read(text.strip()) for text in set(texts)}
    return np.array([known[text] for text in texts], dtype=np.int64)


def _day(text: str) -> int:
    try:
        return int(text) if text.isdigit() else (date.fromisoformat(text) - EPOCH).days
    except ValueError:
        return MISSING


def _scale(weight: FloatArray) -> float:
    """1 for whole weights, else the power of ten that uses the room there is."""
    total = float(weight.sum())
    whole = bool((weight == np.rint(weight)).all())
    if whole and total < MOST:
        return 1.0
    return float(10.0 ** np.floor(np.log10(MOST / total)))
