"""Labelled rows from a CSV file's bytes: whole numbers, dates as days, labels as numbers.

A column of whole numbers stays as it is, one with decimals is kept in millionths, one of
dates becomes days from the decision (so a date after it shows as a leak), one of words a
category. Empty cells are missing values.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from ledger.errors import DomainError
from ledger.rates import PPM
from risk.canonical import sha256_hex
from risk.facts import IntArray, day_number
from risk.scoring.values import NOTHING, FeatureSpec, LabelledRows

LABELS_MOST: Final = 50
TRUE: Final = frozenset({"1", "true", "yes", "bad", "y"})
FALSE: Final = frozenset({"0", "false", "no", "good", "n"})
TARGET: Final = re.compile(r"^\s*(?P<name>[^<>=]+?)\s*(?:(?P<how>[<>=])\s*(?P<mark>.+?))?\s*$")
# 2026-03-18, 2026/3/18 or 3/18/2026.
DAY: Final = re.compile(
    r"^(?:(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"|(?P<m2>\d{1,2})/(?P<d2>\d{1,2})/(?P<y2>\d{4}))$"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns mean what.

    `target`: a column of 0 and 1, or a comparison such as "DaysLate>0". `time`: the day of the
    decision. `features`: blank for all that are left. `known`: feature -> column of the date on
    which it became known. `outcome_known`: column of the date on which the outcome was known.
    """

    target: str
    time: str
    features: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    outcome_known: str = ""


def rows_read(
    data: bytes,
    *,
    columns: Columns,
    specs: Sequence[FeatureSpec] | None = None,
    catalogue: Sequence[FeatureSpec] = (),
) -> LabelledRows:
    """Read a file; `specs` are a card's own features, where one is to be applied, `catalogue`
    the definitions of columns that are known by name.

    Raises `risk.column_missing`, `risk.column_unreadable` (a feature that is neither figures,
    dates nor at most 50 different words), `risk.target_unreadable`, `risk.card_few` for an
    empty file.
    """
    table = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    if not table:
        raise DomainError("risk.card_few", good=0, bad=0)
    how = TARGET.match(columns.target)
    if how is None:
        raise DomainError("risk.target_unreadable", column=columns.target)
    _columns_check(table[0], [how["name"], columns.time, columns.outcome_known])
    day = _days(table, columns.time)
    bad = _bad(table, how["name"], how["how"] or "", how["mark"] or "")
    if specs is None:
        apart = {how["name"], columns.time, columns.outcome_known, *columns.known.values()}
        names = columns.features or tuple(
            name for name in table[0] if name not in apart and name not in columns.leave_out
        )
        _columns_check(table[0], names)
        defined = {spec.code: spec for spec in catalogue}
        read = [
            (defined[name], _values(table, defined[name], day))
            if name in defined
            else _guess(table, name, day, columns.known.get(name, "decision"))
            for name in names
        ]
    else:
        _columns_check(table[0], [spec.code for spec in specs])
        read = [(spec, _values(table, spec, day)) for spec in specs]
    return LabelledRows(
        specs=tuple(spec for spec, _ in read),
        columns={spec.code: values for spec, values in read},
        bad=bad,
        day=day,
        data_hash=sha256_hex(data),
        known_day=_days(table, columns.outcome_known) if columns.outcome_known else None,
        feature_days={
            **{code: _days(table, column) for code, column in columns.known.items()},
            **{spec.code: _days(table, spec.code) for spec, _ in read if spec.unit == "day"},
        },
    )


def figures_read(
    data: bytes, *, specs: Sequence[FeatureSpec], time: str = ""
) -> dict[str, IntArray]:
    """A card's own columns of a file without labels. Raises as `rows_read`."""
    table = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    if not table:
        raise DomainError("risk.card_few", good=0, bad=0)
    _columns_check(table[0], [time, *(spec.code for spec in specs)])
    day = _days(table, time) if time else np.zeros(len(table), dtype=np.int64)
    return {spec.code: _values(table, spec, day) for spec in specs}


Table = list[dict[str, str]]


def _columns_check(row: Mapping[str, str], names: Sequence[str]) -> None:
    for name in names:
        if name and name not in row:
            raise DomainError("risk.column_missing", column=name)


def _guess(table: Table, name: str, day: IntArray, known: str) -> tuple[FeatureSpec, IntArray]:
    cells = [(row[name] or "").strip() for row in table]
    filled = [cell for cell in cells if cell]
    if filled and all(_day(cell) is not None for cell in filled):
        spec = FeatureSpec(name, unit="day", known=name)
    elif all(_number(cell) is not None for cell in filled):
        whole = all((_number(cell) or 0.0).is_integer() for cell in filled)
        spec = FeatureSpec(name, unit="count" if whole else "micro", known=known)
    else:
        labels = tuple(sorted(set(filled)))
        if len(labels) > LABELS_MOST:
            raise DomainError("risk.column_unreadable", column=name, labels=len(labels))
        codes = tuple(range(len(labels)))
        spec = FeatureSpec(name, unit="label", special=codes, labels=labels, known=known)
    return spec, _values(table, spec, day)


def _values(table: Table, spec: FeatureSpec, day: IntArray) -> IntArray:
    cells = [(row[spec.code] or "").strip() for row in table]
    if spec.unit == "day":
        days = _days(table, spec.code)
        return np.where(days == NOTHING, NOTHING, days - day)
    if spec.labels:
        codes = {label: code for code, label in enumerate(spec.labels)}
        return np.array([codes.get(cell, NOTHING) for cell in cells], dtype=np.int64)
    scale = PPM if spec.unit == "micro" else 1
    numbers = [_number(cell) for cell in cells]
    return np.array(
        [NOTHING if value is None else round(value * scale) for value in numbers], dtype=np.int64
    )


def _bad(table: Table, name: str, how: str, mark: str) -> IntArray:
    found = [_is_bad((row[name] or "").strip(), how, mark) for row in table]
    if None in found:
        row = found.index(None) + 2
        raise DomainError("risk.target_unreadable", column=f"{name} ({row})")
    return np.array(found, dtype=np.int64)


def _is_bad(cell: str, how: str, mark: str) -> bool | None:
    if how == "=":
        return cell == mark
    if not how:
        return True if cell.lower() in TRUE else False if cell.lower() in FALSE else None
    value, line = _number(cell), _number(mark)
    if value is None or line is None:
        return None
    return value > line if how == ">" else value < line


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _days(table: Table, name: str) -> IntArray:
    found = [_day((row[name] or "").strip()) for row in table]
    return np.array([NOTHING if d is None else day_number(d) for d in found], dtype=np.int64)


def _day(cell: str) -> date | None:
    found = DAY.match(cell)
    if found is None:
        return None
    parts = {name: int(value) for name, value in found.groupdict().items() if value}
    try:
        return date(
            parts.get("y", parts.get("y2", 0)),
            parts.get("m", parts.get("m2", 0)),
            parts.get("d", parts.get("d2", 0)),
        )
    except ValueError:
        return None
