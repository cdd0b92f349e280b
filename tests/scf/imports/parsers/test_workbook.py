"""Workbooks: every sheet, cells as text, formulas seen."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from ledger.errors import DomainError
from scf.imports.parsers.workbook import workbook_formulas, workbook_sheets


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_cells_become_the_text_that_was_typed() -> None:
    rows = [["0045", 4500000233, 415.5, date(2026, 3, 18), True, None, "压缩机", 0.1]]
    ((name, found),) = workbook_sheets(workbook(orders=rows))
    assert name == "orders"
    assert found == [["0045", "4500000233", "415.5", "2026-03-18", "1", "", "压缩机", "0.1"]]


def test_what_computing_left_behind_the_15th_digit_is_not_shown() -> None:
    rows = [[0.1 + 0.2, 5401.500000000001, 0.00001, -41550.01, 1e22]]
    ((_, found),) = workbook_sheets(workbook(a=rows))
    assert found == [["0.3", "5401.5", "0.00001", "-41550.01", "1e+22"]]


def test_every_sheet_comes() -> None:
    found = dict(workbook_sheets(workbook(a=[["x"]], b=[["y"], [], ["z"]])))
    assert found == {"a": [["x"]], "b": [["y"], [""], ["z"]]}


def test_formulas_are_seen_with_their_place() -> None:
    data = workbook(a=[["x", "=1+1"], ["=A1", 2]])
    assert workbook_formulas(data) == {"xl/worksheets/sheet1.xml": {(1, "B"), (2, "A")}}
    assert workbook_formulas(b"\xd0\xcf\x11\xe0") == {}


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(DomainError, match=r"imports\.workbook_broken"):
        list(workbook_sheets(b"PK\x03\x04nothing"))
