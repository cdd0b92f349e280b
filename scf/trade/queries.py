"""Reads of documents, matches and receivables; every list takes a Scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from ledger.errors import DomainError
from scf.network.values import Scope
from scf.trade.bulk import AnyOf
from scf.trade.models import (
    Document,
    DocumentLine,
    MatchAllocation,
    MatchLine,
    Receivable,
    ReceivableCredit,
)
from scf.trade.values import CreditFacts, MatchState, ReceivableFacts

RECEIVABLE_FIELDS = (
    "id",
    "programme_id",
    "supplier_id",
    "obligor_id",
    "invoice_id",
    "invoice_version_id",
    "invoice_number",
    "number_key",
    "fiscal_year",
    "currency",
    "invoice_date",
    "due_date",
    "face_minor",
    "credited_minor",
    "paid_minor",
    "supported_minor",
    "financeable_minor",
    "match_state",
    "reasons",
    "content_hash",
    "item_name",
)


def _facts(row: dict[str, Any]) -> ReceivableFacts:
    return ReceivableFacts(
        **{
            **row,
            "match_state": MatchState(row["match_state"]),
            "reasons": tuple(row["reasons"]),
        }
    )


def _scoped(scope: Scope) -> QuerySet[Receivable]:
    rows = Receivable.objects.filter(programme_id=scope.programme_id)
    if scope.party_ids is None:
        return rows
    return rows.filter(Q(supplier_id__in=scope.party_ids) | Q(obligor_id__in=scope.party_ids))


def receivable_get(*, receivable_id: int, scope: Scope | None = None) -> ReceivableFacts:
    """Raises ``trade.receivable_unknown``, also for one outside the scope."""
    rows = Receivable.objects.all() if scope is None else _scoped(scope)
    found = rows.filter(pk=receivable_id).values(*RECEIVABLE_FIELDS).first()
    if found is None:
        raise DomainError("trade.receivable_unknown", receivable=receivable_id)
    return _facts(found)


def receivables_get(*, receivable_ids: Iterable[int]) -> dict[int, ReceivableFacts]:
    """Receivables by id, in one query; unknown ids are absent."""
    rows = Receivable.objects.filter(AnyOf(F("pk"), set(receivable_ids))).values(*RECEIVABLE_FIELDS)
    return {row["id"]: _facts(row) for row in rows}


def receivables_table(*, scope: Scope) -> QuerySet[Any, Any]:
    """Rows for a page's table, unsorted: RECEIVABLE_FIELDS with supplier and obligor names."""
    names = ("supplier__name", "supplier__short_name", "obligor__name", "obligor__short_name")
    rows: QuerySet[Any, Any] = _scoped(scope).values(*RECEIVABLE_FIELDS, *names)
    return rows


def receivables_list(
    *,
    scope: Scope,
    states: Iterable[MatchState] | None = None,
    supplier_id: int | None = None,
    obligor_id: int | None = None,
    due_from: date | None = None,
    ready_only: bool = False,
) -> list[ReceivableFacts]:
    """Receivables the scope may see, earliest due date first (those without one last)."""
    rows = _scoped(scope)
    if states is not None:
        rows = rows.filter(match_state__in=[str(state) for state in states])
    if supplier_id is not None:
        rows = rows.filter(supplier_id=supplier_id)
    if obligor_id is not None:
        rows = rows.filter(obligor_id=obligor_id)
    if due_from is not None:
        rows = rows.filter(due_date__gte=due_from)
    if ready_only:
        rows = rows.filter(financeable_minor__gt=0)
    ordered = rows.order_by("due_date", "pk").values(*RECEIVABLE_FIELDS)
    return [_facts(row) for row in ordered]


def receivables_by_number(
    *, programme_id: int, number_keys: Iterable[str]
) -> dict[str, list[ReceivableFacts]]:
    """Normalised invoice number -> receivables that carry it (cash application)."""
    rows = Receivable.objects.filter(
        programme_id=programme_id, number_key__in=set(number_keys)
    ).order_by("pk")
    found: dict[str, list[ReceivableFacts]] = {}
    for row in rows.values(*RECEIVABLE_FIELDS):
        found.setdefault(row["number_key"], []).append(_facts(row))
    return found


def receivable_credits(*, receivable_id: int) -> tuple[CreditFacts, ...]:
    """The credit notes on a receivable, oldest first."""
    rows = ReceivableCredit.objects.filter(receivable_id=receivable_id).select_related(
        "credit", "credit_version"
    )
    return tuple(
        CreditFacts(
            receivable_id=row.receivable_id,
            credit_id=row.credit_id,
            credit_version_id=row.credit_version_id,
            number=row.credit.reference or row.credit.number,
            credit_date=row.credit_version.document_date,
            gross_minor=row.gross_minor,
        )
        for row in rows.order_by("credit_version__document_date", "pk")
    )


def match_lines_list(*, invoice_id: int) -> list[dict[str, Any]]:
    """The verdict per invoice line, with the order line it was held against."""
    rows = MatchLine.objects.filter(invoice_id=invoice_id).order_by("pk")
    found = rows.values(
        "line_no",
        "invoice_version_id",
        "order_id",
        "order__number",
        "order_line_no",
        "order_version_id",
        "state",
        "reasons",
        "qty_micro",
        "allocated_micro",
        "supported_net_minor",
        "supported_gross_minor",
    )
    return [{**row} for row in found]


def match_allocations_list(*, invoice_id: int) -> list[dict[str, Any]]:
    """Which receipts an invoice used, line by line."""
    rows = MatchAllocation.objects.filter(match_line__invoice_id=invoice_id).order_by("pk")
    found = rows.values(
        "match_line__line_no",
        "receipt_id",
        "receipt__number",
        "receipt_version__document_date",
        "receipt_version_id",
        "receipt_line_no",
        "qty_micro",
    )
    return [{**row} for row in found]


def document_get(*, document_id: int, scope: Scope) -> dict[str, Any]:
    """A document with its current header; raises ``trade.document_unknown``."""
    rows = Document.objects.filter(pk=document_id, programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(Q(seller_id__in=scope.party_ids) | Q(buyer_id__in=scope.party_ids))
    found = rows.values(
        "id",
        "kind",
        "direction",
        "source_system",
        "company_code",
        "number",
        "fiscal_year",
        "reference",
        "seller_id",
        "buyer_id",
        "current_id",
        "current__version_no",
        "current__document_date",
        "current__due_date",
        "current__currency",
        "current__net_minor",
        "current__tax_minor",
        "current__gross_minor",
        "current__state",
        "current__attributes",
        "current__raw_record_id",
        "current__batch_id",
        "current__recorded_at",
    ).first()
    if found is None:
        raise DomainError("trade.document_unknown", document=document_id)
    return {**found}


def document_lines_list(*, version_id: int) -> list[dict[str, Any]]:
    """The lines of one version in the order they were stored."""
    rows = DocumentLine.objects.filter(version_id=version_id).order_by("pk")
    return [{**row} for row in rows.values()]
