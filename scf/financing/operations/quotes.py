"""Writes to quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ledger.errors import DomainError
from scf.financing.models import Quote
from scf.financing.pricing import PriceReceipt
from scf.financing.queries import QuoteFacts, quote_facts
from scf.financing.signing import content_hash
from scf.network.operations import number_next
from scf.trade.values import ReceivableFacts


def quote_store(
    *,
    receivable: ReceivableFacts,
    receipt: PriceReceipt,
    terms: Mapping[str, Any],
    business_date: date,
    payment_date: date,
    at: datetime,
) -> QuoteFacts:
    """Store a price and supersede the open one for the same receivable; one tab after the other."""
    number = number_next(programme_id=receivable.programme_id, prefix="Q")
    Quote.objects.filter(receivable_id=receivable.id, state="open").update(state="superseded")
    content = {
        "receivable": receivable.id,
        "invoice_version": receivable.invoice_version_id,
        "receipt": {key: str(value) for key, value in asdict(receipt).items()},
        "terms": dict(terms),
    }
    quote = Quote.objects.create(
        programme_id=receivable.programme_id,
        number=number,
        receivable_id=receivable.id,
        supplier_id=receivable.supplier_id,
        obligor_id=receivable.obligor_id,
        business_date=business_date,
        due_date=receipt.due_date,
        payment_date=payment_date,
        face_minor=receipt.face_minor,
        units=receipt.units,
        principal_minor=receipt.principal_minor,
        interest_minor=receipt.interest_minor,
        fee_minor=receipt.fee_minor,
        proceeds_minor=receipt.proceeds_minor,
        residual_minor=receipt.residual_minor,
        annual_cost_ppm=receipt.annual_cost_ppm,
        terms=dict(terms),
        content_hash=content_hash(content),
        made_at=at,
    )
    return quote_facts(quote)


def quote_lock(*, quote_id: int) -> QuoteFacts:
    """The quote, its row locked; raises ``financing.quote_unknown``."""
    quote = Quote.objects.select_for_update().filter(pk=quote_id).first()
    if quote is None:
        raise DomainError("financing.quote_unknown", quote=quote_id)
    return quote_facts(quote)


def quote_mark_accepted(*, quote_id: int) -> None:
    """An open quote becomes accepted; raises ``financing.quote_not_open``."""
    if Quote.objects.filter(pk=quote_id, state="open").update(state="accepted") != 1:
        raise DomainError("financing.quote_not_open", quote=quote_id)


def quotes_expire(*, programme_id: int, closing: date) -> int:
    """Day-end: open quotes of the closing date lapse; returns how many."""
    return Quote.objects.filter(
        programme_id=programme_id, state="open", business_date__lte=closing
    ).update(state="expired")
