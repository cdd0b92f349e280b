"""Files to a plan: what is refused as a whole, what is set aside, and that no row is lost."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from ledger.errors import DomainError
from scf.imports.parsers.cells import DateOrder
from scf.imports.parsers.containers import Blob, Limits
from scf.imports.parsers.read import ReadOptions, plan_read
from scf.imports.plan import Plan, Severity
from tests.scf.imports.chain import invoice_row, order_row, receipt_row, table
from tests.scf.imports.parsers.plans import errors, outcomes, read


def plan(*blobs: Blob, **limits: int) -> Plan:
    return plan_read(blobs=blobs, limits=Limits(**limits))


def refusal(*blobs: Blob, **limits: int) -> DomainError:
    with pytest.raises(DomainError) as caught:
        plan(*blobs, **limits)
    return caught.value


@pytest.mark.parametrize("data", [b"", b"\n\n", table([order_row()]).splitlines()[0], b",,\n,,\n"])
def test_a_file_without_rows_is_refused(data: bytes) -> None:
    assert refusal(Blob("a.csv", data)).code == "imports.no_rows"


def test_wrong_columns_are_refused_with_what_is_missing() -> None:
    row = order_row()
    del row["unit_price"]
    error = refusal(Blob("a.csv", table([row])))
    assert error.code == "imports.columns_unknown"
    assert error.facts == {"file": "a.csv", "table": "orders", "missing": "unit_price"}
    assert refusal(Blob("a.csv", b"x,y\n1,2\n")).code == "imports.columns_unknown"


def test_among_others_a_file_that_lacks_columns_is_quarantined_and_an_unknown_one_ignored() -> None:
    row = receipt_row()
    del row["order_no"]
    found = plan(
        Blob("o.csv", table([order_row()])),
        Blob("r.csv", table([row])),
        Blob("x.csv", b"x,y\n1,2\n"),
    )
    assert outcomes(found) == {"open": 1, "quarantined": 1, "ignored": 1}
    assert errors(found) == [("r.csv", 2, "", "columns_missing")]


def test_too_many_rows_are_refused_before_they_are_read() -> None:
    data = table([order_row(order_line=str(n)) for n in range(10)])
    assert refusal(Blob("a.csv", data), max_rows=9).code == "imports.too_many_rows"


def test_a_broken_quote_names_file_and_line() -> None:
    error = refusal(Blob("a.csv", table([order_row()]) + b'"open,1\n'))
    assert (error.code, error.facts) == ("imports.csv_broken", {"file": "a.csv", "line": 3})


def test_preamble_and_blank_rows_are_accounted_for() -> None:
    data = (
        "沧澜空调 订单清单\r\n导出时间,2026-03-18\r\n".encode()
        + table([order_row()])
        + b",,\r\n\r\n"
    )
    found = plan(Blob("a.csv", data))
    assert outcomes(found) == {"open": 1, "ignored": 4}
    assert sorted(code for *_, code in errors(found, Severity.NOTE)) == [
        "blank_row", "blank_row", "preamble", "preamble",
    ]  # fmt: skip
    assert found.files[0].header_row == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    found = plan(Blob("a.csv", table([order_row()], encoding=encoding)))
    assert found.documents[0].lines[0].item_name == "压缩机"


def test_a_workbook_is_its_sheets_and_formulas_are_flagged() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (order_row(), invoice_row()):
        sheet = book.create_sheet()
        sheet.append(list(row))
        sheet.append(list(row.values()))
    sheet.append([*list(invoice_row().values())[:-1], "=1+1"])
    stream = io.BytesIO()
    book.save(stream)
    found = plan(Blob("set.xlsx", stream.getvalue()))
    assert [file.table for file in found.files if file.rows] == ["orders", "invoices"]
    assert len(found.documents) == 2
    assert ("set.xlsx", 3, "K", "formula_cell") in errors(found, Severity.WARNING)


def test_a_zip_is_one_set() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("o.csv", table([order_row()]))
        archive.writestr("r.csv", table([receipt_row()]))
    assert [each.kind for each in plan(Blob("set.zip", stream.getvalue())).documents] == [
        "order",
        "receipt",
    ]


def test_ambiguous_dates_are_asked_and_the_answer_is_used() -> None:
    row = order_row(order_date="03/04/2026")
    assert errors(read(orders=[row])) == [("orders.csv", 2, "order_date", "date_ambiguous")]
    answered = read(ReadOptions(date_order=DateOrder.DAY_FIRST), orders=[row])
    assert answered.documents[0].document_date.isoformat() == "2026-04-03"


def test_the_same_bytes_give_the_same_plan() -> None:
    tables = {"o": [order_row()], "r": [receipt_row(), receipt_row(receipt_no="2")]}
    first, second = read(**tables), read(**tables)
    assert [repr(each.lines[0].order_number) + each.number for each in first.documents] == [
        repr(each.lines[0].order_number) + each.number for each in second.documents
    ]
