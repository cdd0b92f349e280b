"""A set of files to a plan: open, decode, find the table, hand over to its family's reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.errors import DomainError
from scf.imports.parsers import canonical_columns, sap_columns
from scf.imports.parsers.canonical import canonical_plan
from scf.imports.parsers.cells import DateOrder
from scf.imports.parsers.containers import Blob, Limits, blobs_open
from scf.imports.parsers.detect import (
    HEADER_WITHIN,
    Detected,
    header_detect,
    header_nearest,
)
from scf.imports.parsers.sap import sap_plan
from scf.imports.parsers.text import csv_rows, text_decode
from scf.imports.parsers.view import Table, table_open
from scf.imports.parsers.workbook import workbook_formulas, workbook_sheets
from scf.imports.plan import Issue, Plan, PlannedFile, Row, Severity

PARSER_VERSION = 1


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the uploader may say about a set."""

    format: str = "auto"
    source_system: str = ""
    date_order: DateOrder = DateOrder.UNKNOWN


def plan_read(*, blobs: Iterable[Blob], limits: Limits, options: ReadOptions | None = None) -> Plan:
    """The plan of a set of files. The same bytes always give the same plan.

    Raises ``imports.no_rows``, ``imports.columns_unknown``, ``imports.too_many_rows`` and what
    opening and decoding raise. Among several files, one that is not understood is reported and
    its rows are ignored; alone, it is refused.
    """
    options = options or ReadOptions()
    files: list[tuple[PlannedFile, Detected | None]] = []
    rows_left = limits.max_rows
    for blob in blobs_open(blobs=blobs, limits=limits):
        for file in _sheets(blob, len(files)):
            rows_left -= len(file.rows)
            if rows_left < 0:
                raise DomainError("imports.too_many_rows", limit=limits.max_rows)
            files.append((file, _header(file, options)))
    _refuse_hopeless(files)
    tables: dict[str, list[Table]] = {"canonical": [], "sap": []}
    for file, found in files:
        if found is None or found.missing:
            _set_aside(file, found)
            continue
        file.table = found.table
        dates = (canonical_columns if found.family == "canonical" else sap_columns).DATES
        tables[found.family].append(
            table_open(
                file=file,
                columns=found.columns,
                date_columns=dates.get(found.table, ()),
                date_order=options.date_order,
            )
        )
    plan = Plan(format="sap" if tables["sap"] else "canonical", files=[file for file, _ in files])
    canonical_plan(plan=plan, tables=tables["canonical"], source_system=options.source_system)
    sap_plan(plan=plan, tables=tables["sap"], source_system=options.source_system)
    return plan


def _sheets(blob: Blob, first_no: int) -> Iterable[PlannedFile]:
    if blob.kind == "workbook":
        formulas = workbook_formulas(blob.data)
        for offset, (sheet, rows) in enumerate(workbook_sheets(blob.data)):
            file = PlannedFile(first_no + offset, blob.name, sheet=sheet, encoding="workbook")
            file.rows = [
                Row(file.file_no, sheet, number, tuple(cells))
                for number, cells in enumerate(rows, start=1)
            ]
            cells_with_formula = formulas.get(f"xl/worksheets/sheet{offset + 1}.xml", set())
            _flag_formulas(file, cells_with_formula)
            if rows:
                yield file
        return
    text, encoding = text_decode(blob.data)
    file = PlannedFile(first_no, blob.name, encoding=encoding)
    try:
        file.rows = [
            Row(file.file_no, "", number, tuple(cells)) for number, cells in csv_rows(text)
        ]
    except DomainError as error:
        raise DomainError(error.code, file=blob.name, **error.facts) from None
    yield file


def _flag_formulas(file: PlannedFile, places: set[tuple[int, str]]) -> None:
    by_number = {row.row_no: row for row in file.rows}
    for number, column in sorted(places):
        if number in by_number:
            by_number[number].report(Issue("formula_cell", Severity.WARNING, column))


def _header(file: PlannedFile, options: ReadOptions) -> Detected | None:
    """Find the header among the first rows; what stands above it is preamble."""
    nearest: Detected | None = None
    for row in file.rows[:HEADER_WITHIN]:
        found = header_detect(row.cells)
        if found and options.format in ("auto", found.family):
            _take_header(file, row)
            return found
        if nearest is None and sum(1 for cell in row.cells if cell.strip()) >= 3:
            nearest = header_nearest(row.cells)
            if nearest:
                _take_header(file, row)
    if nearest is None and file.rows:
        _take_header(file, file.rows[0])
    return nearest


def _take_header(file: PlannedFile, header: Row) -> None:
    file.header_row = header.row_no
    file.headers = header.cells
    file.rows = [row for row in file.rows if row is not header]
    for row in file.rows:
        if row.row_no < header.row_no:
            row.ignore("preamble")
        elif not any(cell.strip() for cell in row.cells):
            row.ignore("blank_row")


def _refuse_hopeless(files: Sequence[tuple[PlannedFile, Detected | None]]) -> None:
    if not any(row.is_open for file, _ in files for row in file.rows):
        raise DomainError("imports.no_rows", files=len(files))
    if not any(found and not found.missing for _, found in files):
        file, found = max(files, key=lambda each: bool(each[1]))
        raise DomainError(
            "imports.columns_unknown",
            file=file.name,
            table=found.table if found else "",
            missing=", ".join(found.missing) if found else "",
        )


def _set_aside(file: PlannedFile, found: Detected | None) -> None:
    """A file of the set that is not read: an unknown table, or a known one that lacks columns."""
    if found is None:
        file.issues.append(Issue("table_not_used", Severity.NOTE))
        for row in file.rows:
            row.ignore("table_not_used")
        return
    file.table = found.table
    missing = ", ".join(found.missing)
    file.issues.append(Issue("columns_missing", facts={"missing": missing, "table": found.table}))
    for row in file.rows:
        if row.is_open:
            row.report(Issue("columns_missing", facts={"missing": missing, "table": found.table}))
