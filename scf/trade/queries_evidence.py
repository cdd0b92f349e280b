"""The documents behind one receivable, line by line, and what falls due when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from ledger.quantity import line_minor
from scf.network.values import Scope
from scf.trade.models import DocumentLine, MatchAllocation, MatchLine, Receivable
from scf.trade.queries import receivable_credits
from scf.trade.values import DocumentKind, ReceivableFacts


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One line of one document. Amounts net, in minor units; ``price_micro`` per ``price_unit``.

    A receipt's quantity and amount are those that the invoice used up, at the order's price.
    ``raw_record_id`` is the file row that the line was read from.
    """

    kind: str
    document_id: int
    number: str
    line_no: str
    on_date: date
    item_name: str
    unit: str
    qty_micro: int
    price_micro: int | None
    price_unit: int
    amount_minor: int
    state: str
    raw_record_id: int | None


@dataclass(frozen=True, slots=True)
class DueSum:
    """What one obligor owes on one date: open face less credits and payments, minor units."""

    obligor_id: int
    due_date: date
    count: int
    amount_minor: int


_LINE_FIELDS = (
    "version_id", "line_no", "version__document_id", "version__document__kind",
    "version__document__number", "version__document__reference", "version__document_date",
    "item_name", "unit", "qty_micro", "price_micro", "price_unit", "net_minor", "raw_record_id",
)  # fmt: skip


def evidence_list(*, receivable: ReceivableFacts) -> tuple[EvidenceLine, ...]:
    """Order lines, receipts and invoice lines of a receivable, then its credit notes.

    The caller read the receivable within its scope; what stands behind it is its to see too.
    """
    matched: list[Any] = list(
        MatchLine.objects.filter(invoice_id=receivable.invoice_id)
        .order_by("pk")
        .values("pk", "line_no", "state", "order_version_id", "order_line_no")
    )
    taken: list[Any] = list(
        MatchAllocation.objects.filter(match_line__invoice_id=receivable.invoice_id)
        .order_by("receipt_version__document_date", "pk")
        .values("match_line_id", "receipt_version_id", "receipt_line_no", "qty_micro")
    )
    lines = _lines(
        {receivable.invoice_version_id}
        | {row["order_version_id"] for row in matched if row["order_version_id"]}
        | {row["receipt_version_id"] for row in taken}
    )
    states = {row["line_no"]: row["state"] for row in matched}
    orders, receipts = _orders_and_receipts(matched, taken, lines)
    invoices = [
        _line(row, state=states.get(row["line_no"], ""))
        for (version_id, _line_no), row in lines.items()
        if version_id == receivable.invoice_version_id
    ]
    return (*orders, *receipts, *invoices, *_credits(receivable))


def _lines(version_ids: set[int]) -> dict[tuple[int, str], dict[str, Any]]:
    rows = DocumentLine.objects.filter(version_id__in=version_ids).order_by("pk")
    return {(row["version_id"], row["line_no"]): row for row in rows.values(*_LINE_FIELDS)}


def _orders_and_receipts(
    matched: list[dict[str, Any]],
    taken: list[dict[str, Any]],
    lines: Mapping[tuple[int, str], dict[str, Any]],
) -> tuple[list[EvidenceLine], list[EvidenceLine]]:
    """Each order line once, and what was taken of each receipt line at its order's price."""
    by_match = {
        row["pk"]: lines.get((row["order_version_id"], row["order_line_no"])) for row in matched
    }
    seen: dict[tuple[int, str], EvidenceLine] = {}
    for row in by_match.values():
        if row is not None:
            seen.setdefault((row["version_id"], row["line_no"]), _line(row))
    receipts = []
    for part in taken:
        found = lines.get((part["receipt_version_id"], part["receipt_line_no"]))
        order = by_match.get(part["match_line_id"])
        if found is not None:
            receipts.append(_line(found, order=order, qty_micro=part["qty_micro"]))
    return list(seen.values()), receipts


def _line(
    row: Mapping[str, Any],
    *,
    order: Mapping[str, Any] | None = None,
    qty_micro: int | None = None,
    state: str = "",
) -> EvidenceLine:
    priced = order if order is not None else row
    whole = qty_micro is None or qty_micro == row["qty_micro"]
    quantity = row["qty_micro"] if qty_micro is None else qty_micro
    amount = row["net_minor"]
    if (not whole or not amount) and priced["price_micro"] is not None:
        amount = line_minor(
            qty_micro=quantity, price_micro=priced["price_micro"], price_unit=priced["price_unit"]
        )
    kind = row["version__document__kind"]
    return EvidenceLine(
        kind=kind,
        document_id=row["version__document_id"],
        number=(row["version__document__reference"] if kind == DocumentKind.INVOICE else "")
        or row["version__document__number"],
        line_no=row["line_no"],
        on_date=row["version__document_date"],
        item_name=row["item_name"],
        unit=row["unit"],
        qty_micro=quantity,
        price_micro=row["price_micro"] if row["price_micro"] is not None else priced["price_micro"],
        price_unit=row["price_unit"] if row["price_micro"] is not None else priced["price_unit"],
        amount_minor=amount,
        state=state,
        raw_record_id=row["raw_record_id"],
    )


def _credits(receivable: ReceivableFacts) -> list[EvidenceLine]:
    if not receivable.credited_minor:
        return []
    return [
        EvidenceLine(
            kind=DocumentKind.CREDIT_NOTE,
            document_id=credit.credit_id,
            number=credit.number,
            line_no="",
            on_date=credit.credit_date,
            item_name="",
            unit="",
            qty_micro=0,
            price_micro=None,
            price_unit=1,
            amount_minor=-credit.gross_minor,
            state="",
            raw_record_id=None,
        )
        for credit in receivable_credits(receivable_id=receivable.id)
    ]


def receivables_unpaid(*, scope: Scope) -> QuerySet[Receivable, dict[str, Any]]:
    """Receivables that the ERP still shows as owed, for tables that the database pages.

    Values: the facts with names and ``open_minor`` (face less credits and payments).
    """
    rows = Receivable.objects.filter(programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(Q(supplier_id__in=scope.party_ids) | Q(obligor_id__in=scope.party_ids))
    found: Any = (
        rows.exclude(match_state__in=["duplicate", "reversed"])
        .filter(due_date__isnull=False)
        .annotate(
            open_minor=F("face_minor") - F("credited_minor") - F("paid_minor"),
            supplier_name=F("supplier__short_name"),
            obligor_name=F("obligor__short_name"),
        )
        .filter(open_minor__gt=0)
        .values(
            "id", "invoice_number", "item_name", "supplier_id", "supplier_name", "obligor_id",
            "obligor_name", "due_date", "open_minor", "paid_minor", "face_minor", "match_state",
        )
    )  # fmt: skip
    table: QuerySet[Receivable, dict[str, Any]] = found
    return table


def dues_by_date(*, scope: Scope, until: date) -> list[DueSum]:
    """What is owed up to ``until``, by obligor and date, overdue dates included."""
    rows: Any = (
        receivables_unpaid(scope=scope)
        .filter(due_date__lte=until)
        .values("obligor_id", "due_date")
        .annotate(count=Count("id"), amount=Sum("open_minor"))
        .order_by("due_date", "obligor_id")
    )
    return [
        DueSum(row["obligor_id"], row["due_date"], row["count"], int(row["amount"])) for row in rows
    ]
