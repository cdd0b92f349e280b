"""What pages show of imports beside the batch itself: rows with a problem, and how fresh data is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scf.imports.models import ImportBatch, RawRecord, RowIssue


@dataclass(frozen=True, slots=True)
class CellIssue:
    """One problem of one cell; ``column`` is the file's own header, empty for the whole row."""

    column: str
    code: str
    severity: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One row of a file as it came, with all its problems."""

    row_no: int
    cells: Sequence[str]
    issues: Sequence[CellIssue]


@dataclass(frozen=True, slots=True)
class IssueSheet:
    """The first table in which a problem occurs: its header and some of the rows that have it."""

    name: str
    sheet: str
    headers: Sequence[str]
    rows: Sequence[IssueRow]
    matching: int


def issue_sheet(*, batch_id: int, code: str, offset: int = 0, limit: int = 8) -> IssueSheet | None:
    """Rows with this problem, in the order of the file; None when no row has it."""
    found = RowIssue.objects.filter(batch_id=batch_id, code=code, record__isnull=False)
    first = (
        found.order_by("file__file_no")
        .values("file_id", "file__name", "file__sheet", "file__headers")
        .first()
    )
    if first is None:
        return None
    rows = RawRecord.objects.filter(
        file_id=first["file_id"], issues__code=code, issues__batch_id=batch_id
    ).distinct()
    shown = rows.order_by("row_no").prefetch_related("issues")[offset : offset + limit]
    return IssueSheet(
        name=first["file__name"],
        sheet=first["file__sheet"],
        headers=tuple(first["file__headers"]),
        rows=[
            IssueRow(
                row_no=record.row_no,
                cells=tuple(record.cells),
                issues=[
                    CellIssue(each.column, each.code, each.severity) for each in record.issues.all()
                ],
            )
            for record in shown
        ],
        matching=rows.count(),
    )


@dataclass(frozen=True, slots=True)
class Freshness:
    """The newest batch whose documents are in."""

    batch_id: int
    at: datetime


def freshness_of(*, programme_id: int) -> Freshness | None:
    """How fresh the programme's documents are; says nothing of what was in them."""
    rows = ImportBatch.objects.filter(programme_id=programme_id, state="committed", party=None)
    found = rows.order_by("-received_at", "-pk").values_list("pk", "received_at").first()
    return None if found is None else Freshness(found[0], found[1])
