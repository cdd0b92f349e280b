"""What a supplier could get now, and the quotes it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ledger.errors import DomainError
from risk.queries.gates import gate_get
from scf.access.policy import require, scope_for
from scf.financing.operations.quotes import quote_store
from scf.financing.pricing import PriceReceipt, price
from scf.financing.queries import QuoteFacts, receivables_financed
from scf.financing.terms import Terms, terms_to_data
from scf.network.calendar import business_day_roll
from scf.network.queries import ProgrammeFacts, party_get, programme_get
from scf.network.values import Actor, Scope, party_ref
from scf.products.queries import template_current
from scf.trade.queries import receivable_get, receivables_list
from scf.trade.values import ReceivableFacts


@dataclass(frozen=True, slots=True)
class Preview:
    """What one receivable would bring today, or the code of what is missing."""

    receivable: ReceivableFacts
    receipt: PriceReceipt | None
    missing: str


@dataclass(frozen=True, slots=True)
class QuoteOutcome:
    """One line of a batch: the quote, or why there is none."""

    receivable_id: int
    quote: QuoteFacts | None
    error: DomainError | None


def receivable_missing(
    *, receivable: ReceivableFacts, financed: str | None, gate_passed: bool, on: date
) -> str:
    """The code of the first thing that stands between a receivable and a quote, or nothing."""
    if financed is not None:
        return "in_financing"
    if not receivable.match_state.passes:
        return "match"
    if receivable.financeable_minor <= 0:
        return "nothing_financeable"
    if receivable.due_date is None:
        return "due_date_missing"
    if receivable.due_date <= on:
        return "due"
    return "" if gate_passed else "gate"


def previews_list(
    *,
    scope: Scope,
    supplier_id: int,
    receivables: Sequence[ReceivableFacts] | None = None,
) -> list[Preview]:
    """Every open receivable of a supplier with its price today, in a handful of queries."""
    programme = programme_get(programme_id=scope.programme_id)
    rows = receivables
    if rows is None:
        rows = list(receivables_list(scope=scope, supplier_id=supplier_id))
    financed = receivables_financed(
        programme_id=programme.id, receivable_ids=[row.id for row in rows]
    )
    gate = gate_get(
        programme_ref=programme.book,
        party_ref=party_ref(supplier_id),
        on=programme.business_date,
    )
    terms = template_current(programme_id=programme.id, kind="receivable")
    return [
        _preview(
            receivable=row,
            financed=financed.get(row.id),
            gate_passed=gate.passed,
            on=programme.business_date,
            terms=terms,
        )
        for row in rows
    ]


def _preview(
    *, receivable: ReceivableFacts, financed: str | None, gate_passed: bool, on: date, terms: Terms
) -> Preview:
    missing = receivable_missing(
        receivable=receivable, financed=financed, gate_passed=gate_passed, on=on
    )
    if missing or receivable.due_date is None:
        return Preview(receivable, None, missing)
    try:
        receipt = price(
            face_minor=receivable.financeable_minor,
            start_date=on,
            due_date=receivable.due_date,
            terms=terms,
        )
    except DomainError:
        return Preview(receivable, None, "too_small")
    return Preview(receivable, receipt, "")


def quotes_make(*, actor: Actor, receivable_ids: Iterable[int], at: datetime) -> list[QuoteOutcome]:
    """Price one or many receivables; each line stands alone, with its own reason when refused."""
    require(actor, "quote.request")
    scope = scope_for(actor)
    outcomes = []
    for receivable_id in dict.fromkeys(receivable_ids):
        try:
            quote = _quote_make(scope=scope, receivable_id=receivable_id, at=at)
            outcomes.append(QuoteOutcome(receivable_id, quote, None))
        except DomainError as error:
            outcomes.append(QuoteOutcome(receivable_id, None, error))
    return outcomes


@transaction.atomic(durable=True)
def _quote_make(*, scope: Scope, receivable_id: int, at: datetime) -> QuoteFacts:
    programme = programme_get(programme_id=scope.programme_id)
    receivable = receivable_get(receivable_id=receivable_id, scope=scope)
    terms = template_current(programme_id=programme.id, kind="receivable")
    sellable_check(programme=programme, receivable=receivable)
    if receivable.due_date is None:
        raise DomainError("financing.not_ready", missing="due_date_missing")
    receipt = price(
        face_minor=receivable.financeable_minor,
        start_date=programme.business_date,
        due_date=receivable.due_date,
        terms=terms,
    )
    return quote_store(
        receivable=receivable,
        receipt=receipt,
        terms=terms_to_data(terms),
        business_date=programme.business_date,
        payment_date=business_day_roll(day=receivable.due_date, roll=terms.roll),
        at=at,
    )


def sellable_check(*, programme: ProgrammeFacts, receivable: ReceivableFacts) -> None:
    """A seller in good standing, documents that agree, an open gate, no live claim.

    Raises ``financing.kyb_invalid`` and ``financing.not_ready`` with what is missing.
    """
    supplier = party_get(party_id=receivable.supplier_id)
    if not supplier.kyb_valid(on=programme.business_date):
        raise DomainError("financing.kyb_invalid", party=supplier.name)
    if receivable.currency != programme.currency:
        raise DomainError("financing.currency_foreign", currency=receivable.currency)
    financed = receivables_financed(programme_id=programme.id, receivable_ids=[receivable.id])
    gate = gate_get(
        programme_ref=programme.book,
        party_ref=supplier.ref,
        on=programme.business_date,
    )
    missing = receivable_missing(
        receivable=receivable,
        financed=financed.get(receivable.id),
        gate_passed=gate.passed,
        on=programme.business_date,
    )
    if missing:
        raise DomainError("financing.not_ready", invoice=receivable.invoice_number, missing=missing)
