"""CSV and XLSX of a table's filtered set. Cells that a spreadsheet could run are escaped."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from ledger.money import MINUS, format_minor
from scf.portals.dates import moment_full
from scf.portals.figures import percent
from scf.portals.tables import Column, Table, Window
from scf.portals.words import status_word

Row = TypeVar("Row")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def cell_escape(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a quote goes before =, +, -, @ and control marks."""
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text


def export_response(table: Table[Row], window: Window[Row], *, kind: str) -> HttpResponse:
    """The whole filtered set as a download; ``kind`` is csv or xlsx (anything else is csv)."""
    kind = kind if kind in TYPES else "csv"
    body = _xlsx(table, window) if kind == "xlsx" else _csv(table, window)
    response = HttpResponse(body, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{table.export}.{kind}"'
    return response


def _csv(table: Table[Row], window: Window[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell_escape(head) for head in _heads(table)])
    for row in window.rows:
        writer.writerow(
            [text if number else cell_escape(text) for text, number, _form in _cells(table, row)]
        )
    # The mark lets spreadsheet programs read the Chinese without asking.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(table: Table[Row], window: Window[Row]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=table.export[:31] or "data")
    sheet.append(_heads(table))
    for row in window.rows:
        sheet.append([_sheet_cell(sheet, *cell) for cell in _cells(table, row)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_cell(sheet: Any, text: str, number: bool, form: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text if number else cell_escape(text))
    # Numbers are written from their exact text: no float ever carries money.
    cell.data_type = "n" if number and text else "s"
    cell.number_format = form
    return cell


def _told(table: Table[Row]) -> list[Column[Row]]:
    """Columns that say something; buttons do not."""
    return [column for column in table.columns if column.kind != "html"]


def _heads(table: Table[Row]) -> list[str]:
    heads = []
    for column in _told(table):
        heads.append(str(column.label))
        if column.sub is not None:
            heads.append(_("%(label)s（附）") % {"label": column.label})
    return heads


def _cells(table: Table[Row], row: Row) -> Iterator[tuple[str, bool, str]]:
    """(text, is a number, number format) for each cell and each second line."""
    for column in _told(table):
        yield _plain(column, row)
        if column.sub is not None:
            yield str(column.sub(row)), False, "@"


def _plain(column: Column[Row], row: Row) -> tuple[str, bool, str]:
    value = column.value(row)
    if value is None:
        return "", False, "@"
    if column.kind == "money":
        return format_minor(value).replace(",", "").replace(MINUS, "-"), True, "#,##0.00"
    if column.kind in ("units", "count"):
        return str(value), True, "#,##0"
    if column.kind == "rate":
        return percent(value, 4).replace(",", "").replace(MINUS, "-"), True, "0.0000"
    if column.kind == "status":
        return str(status_word(column.axis, str(value))), False, "@"
    if isinstance(value, datetime):
        return moment_full(value), False, "@"
    return str(value), False, "@"
