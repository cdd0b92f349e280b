"""An investor bids: money is held, not moved."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from scf.access.policy import require, scope_for
from scf.financing.queries import claim_get
from scf.financing.terms import AllocationRule
from scf.journeys.bookings import books_of, post
from scf.network.queries import party_get, programme_get
from scf.network.values import Actor
from scf.products.operations import (
    series_lock,
    series_move,
    subscription_store,
    subscription_withdraw_record,
)
from scf.products.postings import legs_bid, legs_void
from scf.products.queries import (
    SeriesFacts,
    SubscriptionFacts,
    bid_units,
    like_series_holders,
    series_get,
    subscription_by_key,
    subscription_get,
)
from scf.products.rulepacks import holders_check, investor_check, rule_pack_get


@transaction.atomic(durable=True)
def subscription_place(
    *, actor: Actor, series_id: int, units: int, key: str, at: datetime
) -> SubscriptionFacts:
    """Bid for ``units``; the same key again returns the first bid.

    Raises ``products.not_open``, ``products.units_invalid``, ``products.units_left`` (first
    come), ``products.investor_not_eligible``, ``products.holder_cap``,
    ``products.key_conflict`` and ``ledger.limit_exceeded`` when the cash is not there.
    """
    require(actor, "bid.place")
    if actor.party_id is None:
        raise DomainError("access.denied", verb="bid.place")
    series_get(series_id=series_id, scope=scope_for(actor))
    series = series_lock(series_id=series_id)
    existing = subscription_by_key(investor_id=actor.party_id, key=key)
    if existing is not None:
        if existing.series_id != series_id or existing.units != units:
            raise DomainError("products.key_conflict")
        return existing
    _bid_check(series=series, investor_id=actor.party_id, units=units)
    programme = programme_get(programme_id=series.programme_id)
    claim = claim_get(claim_id=series.claim_id)
    journal = post(
        programme=programme,
        key=f"bid:{actor.party_id}:{key}",
        kind="subscription.held",
        legs=legs_bid(
            books=books_of(programme=programme, claim=claim, series=series),
            investor_id=actor.party_id,
            amount_minor=units * series.unit_price_minor,
        ),
        claim_id=claim.id,
        series_id=series.id,
        on=programme.business_date,
        at=at,
    )
    placed = subscription_store(
        series=series,
        investor_id=actor.party_id,
        key=key,
        units=units,
        pending_id=journal.transfer_ids[0],
        by=actor.name,
        at=at,
    )
    event_emit(name="products.subscription.placed", payload={"subscription_id": placed.id}, at=at)
    full = bid_units(series_id=series.id) >= series.units
    if full and series.terms.allocation is AllocationRule.FIRST_COME:
        series_move(
            series_id=series.id,
            to="funded",
            by=actor.name,
            on=programme.business_date,
            at=at,
        )
        event_emit(name="products.series.funded", payload={"series_id": series.id}, at=at)
    return placed


@transaction.atomic(durable=True)
def subscription_withdraw(*, actor: Actor, subscription_id: int, at: datetime) -> SubscriptionFacts:
    """Take a bid back while its series still takes bids: the held money is free again.

    Raises ``products.bid_unknown`` and ``products.bid_binding`` once the series is funded.
    """
    require(actor, "bid.withdraw")
    seen = subscription_get(scope=scope_for(actor), subscription_id=subscription_id)
    series = series_lock(series_id=seen.series_id)
    if series.state != "listed":
        raise DomainError("products.bid_binding", series=series.number)
    withdrawn = subscription_withdraw_record(subscription_id=seen.id)
    programme = programme_get(programme_id=series.programme_id)
    post(
        programme=programme,
        key=f"bid_withdrawn:{withdrawn.id}",
        kind="subscription.withdrawn",
        legs=legs_void(pending_ids=[withdrawn.pending_id]),
        claim_id=series.claim_id,
        series_id=series.id,
        on=programme.business_date,
        at=at,
    )
    return withdrawn


def _bid_check(*, series: SeriesFacts, investor_id: int, units: int) -> None:
    programme = programme_get(programme_id=series.programme_id)
    on = programme.business_date
    closed = series.deadline_date is None or on > series.deadline_date
    if series.state != "listed" or series.is_frozen or closed:
        raise DomainError("products.not_open", series=series.number)
    if units <= 0 or units > series.units:
        raise DomainError("products.units_invalid", units=units, most=series.units)
    left = series.units - bid_units(series_id=series.id)
    if series.terms.allocation is AllocationRule.FIRST_COME and units > left:
        raise DomainError("products.units_left", left=left, units=units)
    investor = party_get(party_id=investor_id)
    if not investor.kyb_valid(on=on):
        raise DomainError("financing.kyb_invalid", party=investor.name)
    pack = rule_pack_get(code=programme.rule_pack)
    investor_check(pack=pack, investor_class=investor.investor_class)
    holders = like_series_holders(series=series, on=on, months=pack.like_series_months)
    holders_check(pack=pack, holders=len(holders | {investor_id}))
