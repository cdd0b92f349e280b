"""Writing a chunk's rows with their outcomes and issues, and counting them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from ledger.errors import InvariantViolated
from scf.imports.chunks import row_hash
from scf.imports.models import BatchFile, ImportBatch, RawRecord, RowIssue
from scf.imports.operations.batches import ISSUE_COLUMNS, issue_row
from scf.imports.plan import Row
from scf.trade.bulk import AnyOf, rows_copy


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier run made of a row."""

    record_id: int
    outcome: str
    document_id: int | None


def records_take_back(
    *, batch_id: int, file_ids: Mapping[int, int], rows: Sequence[Row]
) -> dict[int, Earlier]:
    """Remove these rows' records of an earlier run, to be written anew under the same ids.

    Keyed by ``id(row)``.
    """
    by_file: dict[int, dict[int, Row]] = {}
    for row in rows:
        by_file.setdefault(row.file_no, {})[row.row_no] = row
    found: dict[int, Earlier] = {}
    for file_no, numbered in by_file.items():
        records = RawRecord.objects.filter(AnyOf(F("row_no"), numbered), file_id=file_ids[file_no])
        for pk, row_no, outcome, document in records.values_list(
            "pk", "row_no", "outcome", "document_id"
        ):
            found[id(numbered[row_no])] = Earlier(pk, outcome, document)
        RowIssue.objects.filter(batch_id=batch_id, record__in=records).delete()
        records.delete()
    return found


_RECORD = "id file_id row_no cells row_hash outcome document_id".split()


def records_write(
    *,
    batch_id: int,
    file_ids: Mapping[int, int],
    rows: Sequence[Row],
    record_ids: Mapping[int, int],
    document_ids: Mapping[int, int],
    cursor: int,
    created: int = 0,
    changed: int = 0,
) -> None:
    """Store rows and their issues and move the batch's counts and cursor, in one transaction.

    ``record_ids`` and ``document_ids`` are by ``id(row)``. Every row must have its outcome.
    """
    rows_copy(
        table="imports_rawrecord",
        columns=_RECORD,
        rows=(_record(row, file_ids, record_ids, document_ids) for row in rows),
    )
    rows_copy(
        table="imports_rowissue",
        columns=ISSUE_COLUMNS,
        rows=_issues(batch_id, rows, file_ids, record_ids),
    )
    by_file: dict[int, Counter[str]] = {}
    total: Counter[str] = Counter()
    for row in rows:
        by_file.setdefault(row.file_no, Counter())[str(row.outcome)] += 1
        total[str(row.outcome)] += 1
    for file_no, counts in by_file.items():
        BatchFile.objects.filter(pk=file_ids[file_no]).update(**_moved(counts))
    ImportBatch.objects.filter(pk=batch_id).update(
        cursor=cursor,
        documents_created=F("documents_created") + created,
        documents_changed=F("documents_changed") + changed,
        **_moved(total),
    )


def _record(
    row: Row,
    file_ids: Mapping[int, int],
    record_ids: Mapping[int, int],
    document_ids: Mapping[int, int],
) -> tuple[object, ...]:
    if row.outcome is None:
        raise InvariantViolated(f"row {row.row_no} of file {row.file_no} has no outcome")
    cells = json.dumps(row.cells, ensure_ascii=False).replace("\\u0000", "")
    return (
        record_ids[id(row)],
        file_ids[row.file_no],
        row.row_no,
        cells,
        row_hash(row),
        str(row.outcome),
        document_ids.get(id(row)),
    )


def _issues(
    batch_id: int,
    rows: Iterable[Row],
    file_ids: Mapping[int, int],
    record_ids: Mapping[int, int],
) -> Iterable[tuple[object, ...]]:
    for row in rows:
        for issue in row.issues or ():
            yield issue_row(
                batch_id,
                file_ids[row.file_no],
                record_ids[id(row)],
                row.row_no,
                issue.column,
                issue.code,
                issue.severity,
                issue.raw,
                issue.facts,
            )


def _moved(counts: Counter[str]) -> dict[str, object]:
    moved: dict[str, object] = {name: F(name) + count for name, count in counts.items()}
    moved["read"] = F("read") + sum(counts.values())
    return moved
