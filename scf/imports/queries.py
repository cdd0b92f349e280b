"""Reads of batches, their progress, rows and issues; every list takes a Scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from ledger.errors import DomainError
from scf.imports.models import (
    BatchFile,
    BatchSource,
    ImportBatch,
    RawRecord,
    RowIssue,
    SourceChunk,
)
from scf.imports.parsers.containers import Blob
from scf.network.models import PartyCode
from scf.network.values import Role, Scope


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """A batch as journeys and pages see it; read = accepted + unchanged + quarantined + ignored."""

    id: int
    programme_id: int
    name: str
    options: Mapping[str, Any]
    state: str
    is_dry_run: bool
    format: str
    parser_version: int
    uploaded_by: str
    party_id: int | None
    received_at: datetime
    finished_at: datetime | None
    committed_at: datetime | None
    run_no: int
    undone_at: datetime | None
    undone_by: str
    failure_code: str
    failure_facts: Mapping[str, str]
    rows_known: int | None
    cursor: int
    read: int
    accepted: int
    unchanged: int
    quarantined: int
    ignored: int
    documents_created: int
    documents_changed: int
    match_stage: str
    match_cursor: int
    match_done: int
    match_known: int
    matched_at: datetime | None

    @property
    def counts(self) -> dict[str, int]:
        """The equation's five figures."""
        return {
            "read": self.read,
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "quarantined": self.quarantined,
            "ignored": self.ignored,
        }


BATCH_FIELDS = tuple(BatchFacts.__dataclass_fields__)


def _scoped(scope: Scope) -> QuerySet[ImportBatch]:
    rows = ImportBatch.objects.filter(programme_id=scope.programme_id)
    if scope.party_ids is None:
        return rows
    mine = Q(party_id__in=scope.party_ids)
    return rows.filter(mine | Q(party=None)) if scope.role is Role.ANCHOR else rows.filter(mine)


def batch_get(*, batch_id: int, scope: Scope | None = None) -> BatchFacts:
    """Raises ``imports.batch_unknown``, also for one outside the scope."""
    rows = ImportBatch.objects.all() if scope is None else _scoped(scope)
    found = rows.filter(pk=batch_id).values(*BATCH_FIELDS).first()
    if found is None:
        raise DomainError("imports.batch_unknown", batch=batch_id)
    return BatchFacts(**found)


def batches_list(*, scope: Scope, limit: int = 50) -> list[BatchFacts]:
    """Batches the scope may see, newest first."""
    rows = _scoped(scope).order_by("-received_at", "-pk").values(*BATCH_FIELDS)[:limit]
    return [BatchFacts(**row) for row in rows]


def batches_undone(*, programme_id: int) -> list[int]:
    """Ids of all batches that were undone."""
    rows = ImportBatch.objects.filter(programme_id=programme_id, state="undone")
    return list(rows.values_list("pk", flat=True))


def batch_files_list(*, batch_id: int) -> list[dict[str, Any]]:
    """The tables of a batch with their counts, in the order of the set."""
    rows = BatchFile.objects.filter(batch_id=batch_id).order_by("file_no")
    found = rows.values(
        "id",
        "file_no",
        "name",
        "sheet",
        "table",
        "encoding",
        "header_row",
        "headers",
        "rows_known",
        "read",
        "accepted",
        "unchanged",
        "quarantined",
        "ignored",
    )
    return [{**row} for row in found]


def batch_blobs(*, batch_id: int) -> list[Blob]:
    """The bytes of a batch's files as they came."""
    found: list[Blob] = []
    rows = BatchSource.objects.filter(batch_id=batch_id).order_by("position")
    for name, source_id in rows.values_list("name", "source_id"):
        pieces = SourceChunk.objects.filter(source_id=source_id).order_by("position")
        found.append(Blob(name, b"".join(map(bytes, pieces.values_list("content", flat=True)))))
    return found


def issues_grouped(*, batch_id: int) -> list[dict[str, Any]]:
    """Issues by repair: code, severity, file and column, how often, and where first."""
    rows = RowIssue.objects.filter(batch_id=batch_id)
    grouped = rows.values("code", "severity", "column", "file_id", "file__name", "file__sheet")
    counted = grouped.annotate(count=Count("pk"), first_row=Min("row_no"))
    return [{**row} for row in counted.order_by("severity", "-count", "code", "column")]


def issues_list(
    *,
    batch_id: int,
    code: str = "",
    column: str | None = None,
    severities: Iterable[str] = (),
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """Single issues in the order of the files' rows."""
    rows = RowIssue.objects.filter(batch_id=batch_id)
    if code:
        rows = rows.filter(code=code)
    if column is not None:
        rows = rows.filter(column=column)
    if severities:
        rows = rows.filter(severity__in=list(severities))
    ordered = rows.order_by("file__file_no", "row_no", "pk").values(
        "file__name", "file__sheet", "row_no", "column", "code", "severity", "raw_value", "facts"
    )
    return [{**row} for row in (ordered if limit is None else ordered[:limit])]


def issue_rows(*, file_id: int) -> Iterable[tuple[list[str], list[dict[str, Any]]]]:
    """Rows of a file that have issues, with their cells: the download that goes back to its author."""
    records = (
        RawRecord.objects.filter(file_id=file_id, issues__isnull=False)
        .distinct()
        .order_by("row_no")
        .prefetch_related("issues")
    )
    for record in records:
        issues = [
            {"column": each.column, "code": each.code, "severity": each.severity}
            for each in record.issues.all()
        ]
        yield record.cells, issues


def record_lineage(*, record_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Raw record -> file, row, header and cells, batch, who handed it in, hash of the row."""
    rows = RawRecord.objects.filter(pk__in=set(record_ids)).values(
        "id",
        "row_no",
        "cells",
        "row_hash",
        "outcome",
        "file__name",
        "file__sheet",
        "file__headers",
        "file__batch_id",
        "file__batch__uploaded_by",
        "file__batch__received_at",
    )
    return {row["id"]: {**row} for row in rows}


def batch_document_ids(*, batch_id: int) -> list[int]:
    """The documents that rows of a batch made, changed or confirmed."""
    rows = RawRecord.objects.filter(file__batch_id=batch_id, document_id__isnull=False)
    ids = rows.order_by("document_id").values_list("document_id", flat=True).distinct()
    return [document_id for document_id in ids if document_id is not None]


def document_records(*, document_id: int) -> list[dict[str, Any]]:
    """Every row that spoke about a document, oldest batch first."""
    rows = RawRecord.objects.filter(document_id=document_id).order_by("file__batch_id", "row_no")
    found = rows.values("id", "row_no", "outcome", "file__name", "file__batch_id")
    return [{**row} for row in found]


class PartyFinder:
    """Party ids by source system, kind and code; another system's code only when unambiguous."""

    def __init__(self, *, programme_id: int) -> None:
        rows = PartyCode.objects.filter(programme_id=programme_id)
        self._exact: dict[tuple[str, str, str], int] = {}
        self._any: dict[tuple[str, str], set[int]] = {}
        for system, kind, code, party in rows.values_list(
            "source_system", "kind", "code", "party_id"
        ):
            self._exact[(system, kind, code)] = party
            self._any.setdefault((kind, code), set()).add(party)

    def __call__(self, system: str, kind: str, code: str) -> int | None:
        found = self._exact.get((system, kind, code))
        if found is not None:
            return found
        others = self._any.get((kind, code), set())
        return next(iter(others)) if len(others) == 1 else None

    def knows(self, system: str, kind: str, code: str) -> bool:
        """The very code of that system is on file."""
        return (system, kind, code) in self._exact
