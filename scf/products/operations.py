"""The only writes to term templates, series, bids, holdings and distributions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max

from ledger.errors import DomainError
from scf.financing.queries import ClaimFacts, QuoteFacts
from scf.financing.signing import content_hash
from scf.financing.terms import Terms, terms_to_data
from scf.products.allocation import Allotment
from scf.products.lifecycle import OFFERING, SUBSCRIPTION
from scf.products.models import (
    Distribution,
    DistributionLine,
    Holding,
    Series,
    SeriesStep,
    Subscription,
    TermSheet,
    TermTemplate,
)
from scf.products.queries import (
    SeriesFacts,
    SubscriptionFacts,
    series_facts,
    subscription_facts,
)
from scf.products.waterfall import HolderPart, Position, Split


def template_add(*, programme_id: int, kind: str, terms: Terms, at: datetime) -> int:
    """A new version of a product's terms; returns the version."""
    rows = TermTemplate.objects.filter(programme_id=programme_id, kind=kind)
    version = (rows.aggregate(last=Max("version"))["last"] or 0) + 1
    TermTemplate.objects.create(
        programme_id=programme_id,
        kind=kind,
        version=version,
        terms=terms_to_data(terms.check()),
        made_at=at,
    )
    return version


def series_draft(
    *, claim: ClaimFacts, quote: QuoteFacts, number: str, by: str, on: date, at: datetime
) -> SeriesFacts:
    """Units over a registered claim, sized by the quote the supplier accepted.

    Raises ``products.series_exists``.
    """
    if Series.objects.filter(claim_id=claim.id).exclude(state="cancelled").exists():
        raise DomainError("products.series_exists", claim=claim.number)
    series = Series.objects.create(
        programme_id=claim.programme_id,
        number=number,
        claim_id=claim.id,
        supplier_id=claim.supplier_id,
        obligor_id=claim.obligor_id,
        terms=terms_to_data(quote.terms),
        face_minor=claim.face_minor,
        units=quote.units,
        unit_price_minor=quote.terms.unit_price_minor,
        principal_minor=quote.principal_minor,
        proceeds_minor=quote.proceeds_minor,
        fee_minor=quote.fee_minor,
        rate_ppm=quote.terms.rate_ppm,
        due_date=claim.due_date,
        payment_date=claim.payment_date,
        created_at=at,
    )
    series_step_add(series_id=series.pk, code="draft", by=by, on=on, at=at, facts={})
    return series_facts(series)


def series_lock(*, series_id: int) -> SeriesFacts:
    """The series, its row locked; raises ``products.series_unknown``."""
    series = Series.objects.select_for_update().filter(pk=series_id).first()
    if series is None:
        raise DomainError("products.series_unknown", series=series_id)
    return series_facts(series)


def series_move(
    *,
    series_id: int,
    to: str,
    by: str,
    on: date,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> SeriesFacts:
    """One step on the offering's axis, with its line of history."""
    series = Series.objects.select_for_update().get(pk=series_id)
    series.state = OFFERING.check(current=series.state, to=to)
    series.reason = reason
    series.save()
    series_step_add(series_id=series_id, code=to, by=by, on=on, at=at, facts=facts or {})
    return series_facts(series)


def series_step_add(
    *, series_id: int, code: str, by: str, on: date, at: datetime, facts: Mapping[str, Any]
) -> None:
    """A line of the series' history."""
    SeriesStep.objects.create(
        series_id=series_id, code=code, by=by, business_date=on, at=at, facts=dict(facts)
    )


def term_sheet_freeze(
    *,
    series_id: int,
    content: Mapping[str, Any],
    listed_date: date,
    deadline_date: date,
    at: datetime,
) -> str:
    """Freeze and hash every term of the series; returns the hash. Once a series."""
    series = Series.objects.select_for_update().get(pk=series_id)
    if series.term_sheet is not None:
        raise DomainError("products.term_sheet_frozen", series=series.number)
    digest = content_hash(content)
    series.term_sheet = TermSheet.objects.create(
        number=f"TS-{series.programme_id}-{series.number}",
        content=dict(content),
        content_hash=digest,
        frozen_at=at,
    )
    series.listed_date = listed_date
    series.deadline_date = deadline_date
    series.save()
    return digest


def series_freeze_set(*, series_id: int, frozen: bool) -> None:
    """A frozen series takes no bids, does not close, pay or distribute."""
    Series.objects.filter(pk=series_id).update(is_frozen=frozen)


def subscription_store(
    *,
    series: SeriesFacts,
    investor_id: int,
    key: str,
    units: int,
    pending_id: int,
    by: str,
    at: datetime,
) -> SubscriptionFacts:
    """Record a bid whose money is held under ``pending_id``."""
    row = Subscription.objects.create(
        series_id=series.id,
        investor_id=investor_id,
        key=key,
        units=units,
        amount_minor=units * series.unit_price_minor,
        pending_id=pending_id,
        placed_by=by,
        placed_at=at,
    )
    return subscription_facts(row)


def subscription_withdraw_record(*, subscription_id: int) -> SubscriptionFacts:
    """A held bid is taken back; raises ``network.transition_refused`` once it is more than held."""
    row = Subscription.objects.select_for_update().get(pk=subscription_id)
    row.state = SUBSCRIPTION.check(current=row.state, to="voided")
    row.save()
    return subscription_facts(row)


def subscriptions_void(*, series_id: int) -> None:
    """Every held bid of a cancelled series is void."""
    Subscription.objects.filter(series_id=series_id, state="held").update(state="voided")


def subscriptions_allot(*, allotments: Sequence[Allotment]) -> None:
    """Record what each bid was given."""
    for row in allotments:
        Subscription.objects.filter(pk=row.id, state="held").update(
            state="allotted" if row.given else "voided", allotted_units=row.given
        )


def series_issue(
    *, series_id: int, holdings: Sequence[tuple[int, int]], on: date, by: str, at: datetime
) -> SeriesFacts:
    """The close: holdings (investor id, units) exist and the first interest period begins."""
    series = Series.objects.select_for_update().get(pk=series_id)
    series.issue_date = on
    series.period_start_date = on
    series.period_principal_minor = series.principal_minor
    series.save()
    Holding.objects.bulk_create(
        [
            Holding(series_id=series_id, investor_id=investor_id, units=units)
            for investor_id, units in holdings
        ]
    )
    return series_move(series_id=series_id, to="issued", by=by, on=on, at=at)


def distribution_record(
    *,
    series: SeriesFacts,
    sequence: int,
    kind: str,
    split: Split,
    parts: Sequence[HolderPart],
    business_date: date,
    value_date: date,
    journal_id: int,
    at: datetime,
) -> None:
    """Keep a run of the waterfall and move the position on; a sequence number is used once."""
    row = Distribution.objects.create(
        series_id=series.id,
        sequence=sequence,
        kind=kind,
        business_date=business_date,
        value_date=value_date,
        cash_minor=split.cash_minor,
        interest_minor=split.interest_minor,
        principal_minor=split.principal_minor,
        benefit_minor=split.obligor_benefit_minor,
        residual_minor=split.residual_minor,
        principal_left_minor=split.after.principal_minor,
        owed_minor=split.owed_minor,
        journal_id=journal_id,
        at=at,
    )
    paid = [part for part in parts if part.cash_minor]
    DistributionLine.objects.bulk_create(
        [
            DistributionLine(
                distribution=row,
                holding_id=part.id,
                cash_minor=part.cash_minor,
                interest_minor=part.interest_minor,
            )
            for part in paid
        ]
    )
    for part in paid:
        Holding.objects.filter(pk=part.id).update(
            cash_paid_minor=F("cash_paid_minor") + part.cash_minor,
            interest_paid_minor=F("interest_paid_minor") + part.interest_minor,
        )
    _position_store(series_id=series.id, position=split.after)


def _position_store(*, series_id: int, position: Position) -> None:
    Series.objects.filter(pk=series_id).update(
        distribution_count=F("distribution_count") + 1,
        period_start_date=position.period_start_date,
        period_principal_minor=position.principal_minor,
        period_interest_paid_minor=position.interest_paid_minor,
        foregone_minor=position.foregone_minor,
    )
