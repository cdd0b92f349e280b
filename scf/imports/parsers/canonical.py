"""The canonical tables to documents. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scf.imports.parsers import canonical_invoices, canonical_rows
from scf.imports.parsers.assemble import documents_group
from scf.imports.parsers.view import RowView, Table
from scf.imports.plan import ParsedDocument, Plan

_READERS: dict[str, Callable[[RowView, str], ParsedDocument | None]] = {
    "orders": canonical_rows.order_read,
    "despatches": canonical_rows.despatch_read,
    "receipts": canonical_rows.receipt_read,
    "invoices": canonical_invoices.invoice_read,
    "payments": canonical_invoices.payment_read,
}


def canonical_plan(*, plan: Plan, tables: Sequence[Table], source_system: str) -> None:
    """Add the documents and parties of canonical tables to a plan."""
    system = source_system or "ERP"
    for view in _views(tables, "parties"):
        party = canonical_rows.party_read(view, system)
        if party is not None and view.row.is_open:
            plan.parties.append(party)
    for name, read in _READERS.items():
        pieces: list[ParsedDocument] = []
        for view in _views(tables, name):
            piece = read(view, system)
            if piece is not None and view.row.is_open:
                pieces.append(piece)
        plan.documents += documents_group(pieces, key=_key)


def _views(tables: Sequence[Table], name: str) -> Iterator[RowView]:
    for table in tables:
        if table.file.table == name:
            yield from (RowView(table, row) for row in table.file.rows if row.is_open)


def _key(piece: ParsedDocument) -> tuple[str, str, str, str, int, str]:
    return (
        piece.kind,
        piece.source_system,
        piece.company_code,
        piece.number,
        piece.fiscal_year,
        piece.partner_key,
    )
