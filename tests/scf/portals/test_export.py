"""Exports hold the whole filtered set, numbers as numbers, and nothing that a spreadsheet runs."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from scf.portals.export import cell_escape, export_response
from scf.portals.tables import Asked, Column, Table, window_read

Row = tuple[str, int, int, str, date]
ROWS: list[Row] = [
    ("=cmd|' /C calc'!A0", -2600, 55_000, "ready", date(2026, 6, 16)),
    ("INV-002", 100_000_000, 61_090, "duplicate", date(2026, 5, 1)),
]
TABLE: Table[Row] = Table(
    id="t",
    rows=ROWS,
    export="receivables",
    columns=[
        Column("number", "发票", lambda r: r[0], sub=lambda r: "+1"),
        Column("face", "面额", lambda r: r[1], kind="money"),
        Column("rate", "利率", lambda r: r[2], kind="rate"),
        Column("state", "状态", lambda r: r[3], kind="status", axis="match"),
        Column("due", "到期", lambda r: r[4], kind="date"),
    ],
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_formulas_are_text(text: str) -> None:
    assert cell_escape(text) == f"'{text}"


@pytest.mark.parametrize("text", ["INV-001", "沧澜=制冷", "", "1,000.00"])
def test_ordinary_text_stays(text: str) -> None:
    assert cell_escape(text) == text


def test_csv_has_exact_numbers_and_escaped_text() -> None:
    response = export_response(TABLE, window_read(TABLE, Asked(everything=True)), kind="csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "发票,发票（附）,面额,利率,状态,到期"
    assert lines[1] == "'=cmd|' /C calc'!A0,'+1,-26.00,5.5000,可出让,2026-06-16"
    assert response["Content-Disposition"] == 'attachment; filename="receivables.csv"'


def test_xlsx_has_numbers_that_add_up_and_no_formula() -> None:
    response = export_response(TABLE, window_read(TABLE, Asked(everything=True)), kind="xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    first, second = list(sheet.iter_rows(min_row=2))
    assert first[0].value == "'=cmd|' /C calc'!A0"
    assert first[0].data_type == "s"
    assert (first[2].value, second[2].value) == (-26, 1_000_000)
    assert second[2].number_format == "#,##0.00"


def test_an_unknown_kind_is_csv() -> None:
    response = export_response(TABLE, window_read(TABLE, Asked(everything=True)), kind="exe")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
