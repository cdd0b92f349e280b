"""Short ways to read files into a plan and look at what became of their rows."""

from __future__ import annotations

from collections import Counter

from scf.imports.parsers.containers import Blob, Limits
from scf.imports.parsers.read import ReadOptions, plan_read
from scf.imports.plan import ParsedDocument, Plan, Severity
from tests.scf.imports.chain import Rows, table


def read(options: ReadOptions | None = None, /, **tables: Rows) -> Plan:
    """A plan of tables given as rows of dicts; the keyword is the file's name."""
    blobs = [Blob(f"{name}.csv", table(rows)) for name, rows in tables.items()]
    return plan_read(blobs=blobs, limits=Limits(), options=options)


def errors(plan: Plan, severity: Severity = Severity.ERROR) -> list[tuple[str, int, str, str]]:
    """(file, row, column, code) of every issue of a severity."""
    return [
        (file.name, row.row_no, issue.column, issue.code)
        for file in plan.files
        for row in file.rows
        for issue in row.issues or ()
        if issue.severity is severity
    ]


def outcomes(plan: Plan) -> Counter[str]:
    return Counter(str(row.outcome or "open") for file in plan.files for row in file.rows)


def of_kind(plan: Plan, kind: str) -> list[ParsedDocument]:
    return [each for each in plan.documents if each.kind == kind]
