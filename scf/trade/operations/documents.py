"""Storing documents as append-only versions, many at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F

from scf.trade.bulk import AnyOf, ids_reserve, rows_copy
from scf.trade.drafts import LINE_CONTENT, DocumentDraft, DocumentKey, StoredDocument
from scf.trade.models import Document, DocumentLine
from scf.trade.numbering import invoice_number_normalise

_NET = LINE_CONTENT.index("net_minor")
_TAX = LINE_CONTENT.index("tax_minor")
# (line hash, raw record, values in the order of LINE_CONTENT)
_Line = tuple[str, int | None, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Known:
    document_id: int
    current_id: int | None
    content_hash: str
    last_version_no: int


def documents_store(
    *, programme_id: int, drafts: Sequence[DocumentDraft], batch_id: int | None, at: datetime
) -> list[StoredDocument]:
    """Store drafts in order; no two may have one key. Call inside a transaction.

    A draft whose content is on file changes nothing, unless it had disappeared. Lines on file that a draft does not
    bring are carried into the new version: a file may hold only part of a document.
    """
    programme_writes_lock(programme_id=programme_id)
    known = _known(programme_id, drafts)
    hashes = [{line.line_no: line.content_hash() for line in draft.lines} for draft in drafts]
    plain = [draft.content_hash(lines.items()) for draft, lines in zip(drafts, hashes, strict=True)]
    to_merge = [
        found.current_id
        for draft, content in zip(drafts, plain, strict=True)
        if (found := known.get(draft.key)) and found.current_id and found.content_hash != content
    ]
    stored_lines = _lines_of(to_merge)
    writer = _Writer(programme_id, batch_id, at)
    for draft, lines, content in zip(drafts, hashes, plain, strict=True):
        found = known.get(draft.key)
        merged = dict(stored_lines.get(found.current_id or 0, {})) if found else {}
        changed = {no for no, text in lines.items() if no not in merged or merged[no][0] != text}
        for line in draft.lines:
            if line.line_no in changed:
                merged[line.line_no] = (lines[line.line_no], line.raw_record_id, line.values())
        if found and found.current_id and found.content_hash == content:
            writer.unchanged(found)
            continue
        if len(merged) != len(lines):
            content = draft.content_hash((no, each[0]) for no, each in merged.items())
        if found and found.current_id and found.content_hash == content:
            writer.unchanged(found)
        else:
            writer.add(draft, found, merged, content, frozenset(changed))
    return writer.flush()


def programme_writes_lock(*, programme_id: int) -> None:
    """One writer of documents and matches per programme, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('trade.documents', %s))", [programme_id]
        )


def documents_disappear(*, programme_id: int, present: Collection[int], at: datetime) -> int:
    """After a full snapshot: what it no longer holds has disappeared; how many documents.

    ``present`` are the documents of the snapshot; others of the same source systems, companies
    and kinds are marked, never deleted. ``documents_store`` takes the mark off one that is back.
    """
    programme_writes_lock(programme_id=programme_id)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE trade_document AS document SET disappeared_at = %(at)s
            FROM (SELECT DISTINCT source_system, company_code, kind FROM trade_document
                  WHERE id = ANY(%(present)s)) AS seen
            WHERE document.programme_id = %(programme)s AND document.disappeared_at IS NULL
              AND document.current_id IS NOT NULL AND document.kind = seen.kind
              AND document.source_system = seen.source_system
              AND document.company_code = seen.company_code
              AND document.id <> ALL(%(present)s)
            """,
            {"programme": programme_id, "present": list(present), "at": at},
        )
        return int(cursor.rowcount)


def batch_withdraw(
    *, programme_id: int, batch_id: int, withdrawn: Collection[int], at: datetime
) -> list[int]:
    """Take a batch's versions out of use; ids of the documents it had made or changed.

    Nothing is deleted: each document falls back to its newest version that no withdrawn batch
    brought, or has none. ``withdrawn`` are all undone batches, this one included.
    """
    programme_writes_lock(programme_id=programme_id)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE trade_document AS document SET current_id = (
                SELECT version.id FROM trade_documentversion AS version
                WHERE version.document_id = document.id
                  AND (version.batch_id IS NULL OR version.batch_id <> ALL(%(withdrawn)s))
                ORDER BY version.version_no DESC LIMIT 1)
            WHERE document.programme_id = %(programme)s AND document.id IN (
                SELECT document_id FROM trade_documentversion WHERE batch_id = %(batch)s)
            RETURNING document.id
            """,
            {"withdrawn": list(withdrawn), "programme": programme_id, "batch": batch_id},
        )
        return sorted(row[0] for row in cursor.fetchall())


def _known(programme_id: int, drafts: Sequence[DocumentDraft]) -> dict[DocumentKey, _Known]:
    by_kind: dict[tuple[str, str], list[str]] = defaultdict(list)
    for draft in drafts:
        by_kind[(draft.kind, draft.source_system)].append(draft.number)
    found: dict[DocumentKey, _Known] = {}
    for (kind, system), numbers in by_kind.items():
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT document.company_code, document.number, document.fiscal_year,
                       document.partner_key, document.id, document.current_id,
                       CASE WHEN document.disappeared_at IS NULL
                            THEN COALESCE(current.content_hash, '') ELSE '' END,
                       (SELECT max(version_no) FROM trade_documentversion
                        WHERE document_id = document.id)
                FROM trade_document AS document
                LEFT JOIN trade_documentversion AS current ON current.id = document.current_id
                WHERE document.programme_id = %s AND document.kind = %s
                  AND document.source_system = %s AND document.number = ANY(%s)
                """,
                [programme_id, kind, system, numbers],
            )
            for company, number, year, partner, *rest in cursor.fetchall():
                found[(kind, system, company, number, year, partner)] = _Known(*rest)
    return found


def _lines_of(version_ids: Sequence[int | None]) -> dict[int, dict[str, _Line]]:
    found: dict[int, dict[str, _Line]] = defaultdict(dict)
    rows = DocumentLine.objects.filter(AnyOf(F("version_id"), version_ids)).values_list(
        "version_id", "line_hash", "raw_record_id", *LINE_CONTENT
    )
    for version_id, line_hash, raw_id, *values in rows:
        found[version_id][str(values[0])] = (line_hash, raw_id, tuple(values))
    return found


class _Writer:
    """Collects rows, then writes each table once."""

    def __init__(self, programme_id: int, batch_id: int | None, at: datetime) -> None:
        self.programme_id, self.batch_id, self.at = programme_id, batch_id, at
        self.results: list[StoredDocument | None] = []
        self.adds: list[
            tuple[int, DocumentDraft, _Known | None, dict[str, _Line], str, frozenset[str]]
        ] = []

    def unchanged(self, found: _Known) -> None:
        self.results.append(StoredDocument(found.document_id, "unchanged", frozenset()))

    def add(
        self,
        draft: DocumentDraft,
        found: _Known | None,
        lines: dict[str, _Line],
        content: str,
        changed: frozenset[str],
    ) -> None:
        self.adds.append((len(self.results), draft, found, lines, content, changed))
        self.results.append(None)

    def flush(self) -> list[StoredDocument]:
        fresh = ids_reserve(
            table=Document._meta.db_table, count=sum(1 for add in self.adds if add[2] is None)
        )
        versions = ids_reserve(table="trade_documentversion", count=len(self.adds))
        documents: list[tuple[object, ...]] = []
        moved: list[tuple[int, int, int, int, str]] = []
        version_rows: list[tuple[object, ...]] = []
        line_rows: list[tuple[object, ...]] = []
        for version_id, (place, draft, found, lines, content, changed) in zip(
            versions, self.adds, strict=True
        ):
            if found is None:
                document_id = fresh.pop(0)
                documents.append(self._document_row(document_id, version_id, draft))
            else:
                document_id = found.document_id
                moved.append(
                    (document_id, version_id, draft.seller_id, draft.buyer_id, draft.reference)
                )
            number = (found.last_version_no if found else 0) + 1
            version_rows.append(
                self._version_row(version_id, document_id, number, draft, content, lines.values())
            )
            line_rows += [
                (version_id, text, raw_id, *values) for text, raw_id, values in lines.values()
            ]
            outcome = "changed" if found else "created"
            self.results[place] = StoredDocument(document_id, outcome, changed)
        rows_copy(table="trade_document", columns=_DOCUMENT, rows=documents)
        rows_copy(table="trade_documentversion", columns=_VERSION, rows=version_rows)
        rows_copy(table="trade_documentline", columns=_LINE, rows=line_rows)
        _documents_move(moved)
        return [result for result in self.results if result is not None]

    def _document_row(
        self, document_id: int, version_id: int, draft: DocumentDraft
    ) -> tuple[object, ...]:
        return (
            document_id,
            self.programme_id,
            draft.kind,
            draft.direction,
            draft.source_system,
            draft.company_code,
            draft.number,
            draft.partner_key,
            draft.fiscal_year,
            draft.reference,
            invoice_number_normalise(draft.reference or draft.number),
            draft.seller_id,
            draft.buyer_id,
            version_id,
        )

    def _version_row(
        self,
        version_id: int,
        document_id: int,
        number: int,
        draft: DocumentDraft,
        content: str,
        lines: Iterable[_Line],
    ) -> tuple[object, ...]:
        every = list(lines)
        net = sum(int(str(values[_NET])) for _, _, values in every)
        tax = sum(int(str(values[_TAX])) for _, _, values in every)
        return (
            version_id,
            document_id,
            number,
            content,
            draft.document_date,
            draft.due_date,
            draft.terms_days,
            draft.currency,
            net,
            tax,
            net + tax,
            draft.state,
            json.dumps(dict(draft.attributes), ensure_ascii=False),
            draft.raw_record_id,
            self.batch_id,
            self.at,
        )


def _documents_move(moved: list[tuple[int, int, int, int, str]]) -> None:
    if not moved:
        return
    columns = [list(column) for column in zip(*moved, strict=True)]
    keys = [invoice_number_normalise(reference) for reference in columns[4]]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE trade_document AS document
            SET current_id = given.version_id, seller_id = given.seller_id,
                buyer_id = given.buyer_id, reference = given.reference, disappeared_at = NULL,
                number_key = CASE WHEN given.number_key = '' THEN document.number_key
                                  ELSE given.number_key END
            FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[],
                        %s::text[])
                 AS given (document_id, version_id, seller_id, buyer_id, reference, number_key)
            WHERE document.id = given.document_id
            """,
            [*columns, keys],
        )


_DOCUMENT = [
    "id",
    "programme_id",
    "kind",
    "direction",
    "source_system",
    "company_code",
    "number",
    "partner_key",
    "fiscal_year",
    "reference",
    "number_key",
    "seller_id",
    "buyer_id",
    "current_id",
]
_VERSION = [
    "id",
    "document_id",
    "version_no",
    "content_hash",
    "document_date",
    "due_date",
    "terms_days",
    "currency",
    "net_minor",
    "tax_minor",
    "gross_minor",
    "state",
    "attributes",
    "raw_record_id",
    "batch_id",
    "recorded_at",
]
_LINE = ["version_id", "line_hash", "raw_record_id", *LINE_CONTENT]


def statistics_refresh() -> None:
    """Let the planner know what a large import brought; without the right to, autovacuum will.

    Sampling takes well under a second, and the match that follows is planned for what is there.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT current_setting('server_version_num')::int >= 170000
                   AND has_table_privilege('trade_document', 'MAINTAIN')"""
        )
        (allowed,) = cursor.fetchone() or (False,)
        if allowed:
            cursor.execute("ANALYZE trade_document, trade_documentversion, trade_documentline")
