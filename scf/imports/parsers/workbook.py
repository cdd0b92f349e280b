"""Workbooks to rows of text. Pure but for reading the bytes it is given."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from ledger.errors import DomainError

_FORMULA_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*<f\b')


def workbook_sheets(data: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """(sheet name, rows of text); numbers as they would be typed, dates as ISO.

    Raises ``imports.workbook_broken``.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield name, [[_text(cell) for cell in row] for row in rows]
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
        raise DomainError("imports.workbook_broken", detail=str(error)[:120]) from None


def workbook_formulas(data: bytes) -> dict[str, set[tuple[int, str]]]:
    """Worksheet part name -> (row, column letters) of cells that hold a formula."""
    if not data.startswith(b"PK"):
        return {}
    found: dict[str, set[tuple[int, str]]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                hits = _FORMULA_CELL.findall(archive.read(name))
                if hits:
                    found[name] = {(int(row), column.decode()) for column, row in hits}
    return found


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return "" if cell is None else str(cell)


def _number(cell: float) -> str:
    """What the sheet shows: 15 digits, so that 5401.500000000001 is 5401.5 again."""
    if cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = f"{cell:.15g}"
    if "e-" in text:
        return f"{cell:.15f}".rstrip("0")
    return text
