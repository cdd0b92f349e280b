"""Reads what the value of a receivable hangs on: verdicts, credits, payments, terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Sum

from scf.trade.bulk import AnyOf
from scf.trade.invoice_load import Originals, original_pick, originals_of
from scf.trade.match_set import lines_current
from scf.trade.models import Document, DocumentLine, MatchCredit, MatchLine
from scf.trade.receivable_value import LineResult
from scf.trade.values import Direction, DocumentKind, MatchState


@dataclass(slots=True)
class InvoiceFacts:
    """An invoice and all that decides its worth. Amounts in minor units."""

    document: Document
    lines: list[LineResult] = field(default_factory=list)
    line_count: int = 0
    item_name: str = ""
    order_terms_days: int | None = None
    # credit document -> (its version, gross); loose ones fell on no line
    credits: dict[int, tuple[int, int]] = field(default_factory=dict)
    loose_credit_minor: int = 0
    paid_minor: int = 0

    def due_date(self) -> date | None:
        """The invoice's own, else invoice date plus the order's payment days."""
        current = self.document.current
        if current is None or current.due_date is not None:
            return current.due_date if current else None
        days = current.terms_days if current.terms_days is not None else self.order_terms_days
        return current.document_date + timedelta(days=days) if days is not None else None

    def credit_add(self, *, credit_id: int, version_id: int, gross_minor: int) -> None:
        _, before = self.credits.get(credit_id, (version_id, 0))
        self.credits[credit_id] = (version_id, before + gross_minor)


def invoice_facts_load(
    *, programme_id: int, invoice_ids: Collection[int]
) -> dict[int, InvoiceFacts]:
    """Purchase invoices by id, withdrawn ones included, in a handful of queries."""
    documents = Document.objects.filter(
        AnyOf(F("pk"), invoice_ids), kind=DocumentKind.INVOICE, direction=Direction.PURCHASE
    ).select_related("current")
    found = {document.pk: InvoiceFacts(document) for document in documents}
    _verdicts(found)
    _headlines(found)
    originals = originals_of(invoice_ids=found)
    _loose_credits(found, programme_id, originals)
    _payments(found, programme_id, originals)
    return found


def _verdicts(found: dict[int, InvoiceFacts]) -> None:
    rows = MatchLine.objects.filter(AnyOf(F("invoice_id"), found)).order_by("pk")
    for invoice, line_no, state, reasons, gross, rounding, terms in rows.values_list(
        "invoice_id",
        "line_no",
        "state",
        "reasons",
        "supported_gross_minor",
        "rounding_minor",
        "order_version__terms_days",
    ):
        facts = found[invoice]
        facts.lines.append(LineResult(line_no, MatchState(state), tuple(reasons), gross, rounding))
        if terms is not None:
            # Several orders on one invoice: the shortest terms are the earliest claim.
            known = facts.order_terms_days
            facts.order_terms_days = terms if known is None else min(known, terms)
    credits = MatchCredit.objects.filter(AnyOf(F("match_line__invoice_id"), found))
    for invoice, credit, version, gross in credits.values_list(
        "match_line__invoice_id", "credit_id", "credit_version_id", "gross_minor"
    ):
        found[invoice].credit_add(credit_id=credit, version_id=version, gross_minor=gross)


def _headlines(found: dict[int, InvoiceFacts]) -> None:
    versions = {
        facts.document.current_id: invoice
        for invoice, facts in found.items()
        if facts.document.current_id
    }
    rows = DocumentLine.objects.filter(AnyOf(F("version_id"), versions))
    for version, count in rows.values_list("version_id").annotate(Count("pk")):
        found[versions[version]].line_count = count
    named = rows.exclude(item_name="").order_by("version_id", "pk").distinct("version_id")
    for version, name in named.values_list("version_id", "item_name"):
        found[versions[version]].item_name = name


def _loose_credits(found: dict[int, InvoiceFacts], programme_id: int, originals: Originals) -> None:
    """Credits on a whole invoice that no line of it took."""
    taken = {(credit, invoice) for invoice, facts in found.items() for credit in facts.credits}
    rows = (
        lines_current(programme_id, DocumentKind.CREDIT_NOTE)
        .filter(AnyOf(F("ref_number"), {number for _, number in originals}), order_number="")
        .exclude(version__state="reversed")
    )
    for credit, version, seller, day, ref, net, tax in rows.values_list(
        "version__document_id",
        "version_id",
        "version__document__seller_id",
        "version__document_date",
        "ref_number",
        "net_minor",
        "tax_minor",
    ):
        invoice = original_pick(originals, seller, ref, day)
        if invoice is None or (credit, invoice) in taken:
            continue
        found[invoice].credit_add(credit_id=credit, version_id=version, gross_minor=net + tax)
        found[invoice].loose_credit_minor += net + tax


def _payments(found: dict[int, InvoiceFacts], programme_id: int, originals: Originals) -> None:
    """What the company has paid by its own books: no longer there to be financed."""
    rows = lines_current(programme_id, DocumentKind.PAYMENT).filter(
        AnyOf(F("ref_number"), {number for _, number in originals}), line_type="settlement"
    )
    sums: dict[tuple[int, str, date], int] = defaultdict(int)
    for seller, ref, day, amount in rows.values_list(
        "version__document__seller_id", "ref_number", "version__document_date"
    ).annotate(Sum("net_minor")):
        sums[(seller, ref, day)] += amount
    for (seller, ref, day), amount in sums.items():
        invoice = original_pick(originals, seller, ref, day)
        if invoice is not None:
            found[invoice].paid_minor += amount
    for facts in found.values():
        current = facts.document.current
        if current is not None and current.attributes.get("cleared"):
            # The ERP has closed the item, by whatever means: nothing of it is open.
            credited = sum(gross for _, gross in facts.credits.values())
            facts.paid_minor = max(facts.paid_minor, current.gross_minor - credited, 0)
