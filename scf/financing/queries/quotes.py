"""Reads of quotes, and which rows of the room a desk sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ledger.errors import DomainError
from scf.financing.models import Quote
from scf.financing.terms import Terms, terms_from_data
from scf.network.values import Role, Scope


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """One price. Amounts in minor units."""

    id: int
    programme_id: int
    number: str
    receivable_id: int
    supplier_id: int
    obligor_id: int
    business_date: date
    due_date: date
    payment_date: date
    face_minor: int
    units: int
    principal_minor: int
    interest_minor: int
    fee_minor: int
    proceeds_minor: int
    residual_minor: int
    annual_cost_ppm: int
    terms: Terms
    content_hash: str
    state: str


def quote_facts(quote: Quote) -> QuoteFacts:
    """The row as a value."""
    return QuoteFacts(
        id=quote.pk,
        programme_id=quote.programme_id,
        number=quote.number,
        receivable_id=quote.receivable_id,
        supplier_id=quote.supplier_id,
        obligor_id=quote.obligor_id,
        business_date=quote.business_date,
        due_date=quote.due_date,
        payment_date=quote.payment_date,
        face_minor=quote.face_minor,
        units=quote.units,
        principal_minor=quote.principal_minor,
        interest_minor=quote.interest_minor,
        fee_minor=quote.fee_minor,
        proceeds_minor=quote.proceeds_minor,
        residual_minor=quote.residual_minor,
        annual_cost_ppm=quote.annual_cost_ppm,
        terms=terms_from_data(quote.terms),
        content_hash=quote.content_hash,
        state=quote.state,
    )


def visible(scope: Scope) -> Q:
    """Which rows with a supplier and an obligor a desk sees; investors see none of them."""
    found = Q(programme_id=scope.programme_id)
    if scope.party_ids is None:
        return found
    if scope.role is Role.SUPPLIER:
        return found & Q(supplier_id__in=scope.party_ids)
    if scope.role is Role.ANCHOR:
        return found & Q(obligor_id__in=scope.party_ids)
    return Q(pk__in=())


def priced(scope: Scope) -> Q:
    """A price is between the supplier and the platform: the obligor does not see what it costs."""
    return Q(pk__in=()) if scope.role is Role.ANCHOR else visible(scope)


def quote_get(*, quote_id: int, scope: Scope) -> QuoteFacts:
    """Raises ``financing.quote_unknown`` outside the scope."""
    found = Quote.objects.filter(priced(scope), pk=quote_id).first()
    if found is None:
        raise DomainError("financing.quote_unknown", quote=quote_id)
    return quote_facts(found)


def quotes_list(*, scope: Scope, states: Iterable[str] | None = None) -> list[QuoteFacts]:
    """Quotes in the scope, newest first."""
    rows = Quote.objects.filter(priced(scope))
    if states is not None:
        rows = rows.filter(state__in=list(states))
    return [quote_facts(quote) for quote in rows.order_by("-pk")]
