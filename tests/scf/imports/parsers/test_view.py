"""One row through its header."""

from __future__ import annotations

from datetime import date

from scf.imports.parsers.cells import DateOrder
from scf.imports.parsers.view import RowView, table_open
from scf.imports.plan import Outcome, PlannedFile, Row, Severity

HEADERS = ("Order Date", "金额", "Name", "Flag", "Due")


def view(*cells: str, more: tuple[str, ...] = (), order: DateOrder = DateOrder.UNKNOWN) -> RowView:
    rows = [Row(0, "", 2, cells), *(Row(0, "", 3, (text,)) for text in more)]
    file = PlannedFile(0, "x.csv", headers=HEADERS, rows=rows)
    columns = {"day": 0, "amount": 1, "name": 2, "flag": 3, "due": 4}
    table = table_open(file=file, columns=columns, date_columns=("day", "due"), date_order=order)
    return RowView(table, rows[0])


def test_an_issue_names_the_files_own_header_and_what_stood_there() -> None:
    row = view("2026-03-18", "x1", "甲")
    assert row.amount("amount", "CNY") is None
    assert row.row.issues is not None
    (issue,) = row.row.issues
    assert (issue.code, issue.column, issue.raw) == ("number_invalid", "金额", "x1")
    assert row.row.outcome is Outcome.QUARANTINED


def test_a_missing_cell_is_an_issue_only_where_it_is_needed() -> None:
    row = view("2026-03-18", "")
    assert row.amount("amount", "CNY") is None
    assert row.row.issues is None
    assert row.amount("amount", "CNY", required=True) is None
    assert row.row.outcome is Outcome.QUARANTINED
    assert view("2026-03-18").raw("nowhere") == ""


def test_text_that_begins_like_a_formula_is_kept_and_flagged() -> None:
    row = view("", "", "=cmd|' /C calc'!A0")
    assert row.text("name") == "=cmd|' /C calc'!A0"
    assert row.row.issues is not None
    assert row.row.issues[0].severity is Severity.WARNING
    assert row.row.is_open


def test_the_column_decides_how_dates_are_meant() -> None:
    assert view("3/4/2026", more=("3/17/2026",)).date("day") == date(2026, 3, 4)
    assert view("3/4/2026", more=("17/3/2026",)).date("day") == date(2026, 4, 3)
    open_question = view("3/4/2026", more=("5/6/2026",))
    assert open_question.date("day") is None
    assert open_question.row.issues is not None
    assert open_question.row.issues[0].code == "date_ambiguous"


def test_a_persons_answer_decides_what_the_file_leaves_open() -> None:
    row = view("3/4/2026", order=DateOrder.DAY_FIRST)
    assert row.date("day") == date(2026, 4, 3)


def test_another_date_column_of_the_file_decides_too() -> None:
    row = view("3/4/2026", "", "", "", "17/3/2026")
    assert row.date("day") == date(2026, 4, 3)


def test_flags_choices_and_currencies() -> None:
    row = view("", "", "", "是")
    assert row.flag("flag")
    assert row.flag("absent", default=True)
    assert row.choice("name", {"a": "b"}, default="c") == "c"
    assert view("", "", "RMB").currency("name") == "CNY"
    unknown = view("", "", "ABC")
    assert unknown.currency("name") == ""
    assert unknown.row.issues is not None
    assert unknown.row.issues[0].code == "currency_unknown"
