"""The close of a series: delivery versus payment in one journal; or its clean cancellation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from risk.operations.limits import limit_expose, limit_free
from risk.queries.gates import gate_require
from scf.access.policy import require, scope_for
from scf.financing.operations.claims import claim_lock, claim_move
from scf.financing.queries import ClaimFacts
from scf.financing.terms import AllocationRule
from scf.journeys.accepting import reservation_key
from scf.journeys.bookings import books_of, post
from scf.journeys.registering import claim_deregister, registry_search
from scf.network.operations import approvals_withdraw
from scf.network.queries import ProgrammeFacts, parties_get, programme_get
from scf.network.values import Actor, party_ref
from scf.products.allocation import Allotment, Bid, allot_pro_rata
from scf.products.operations import (
    series_issue,
    series_lock,
    series_move,
    subscriptions_allot,
    subscriptions_void,
)
from scf.products.postings import legs_close, legs_release_claim, legs_void
from scf.products.queries import (
    SeriesFacts,
    SubscriptionFacts,
    bid_units,
    like_series_holders,
    series_get,
    subscriptions_of,
)
from scf.products.rulepacks import holders_check, investor_check, rule_pack_get
from scf.trade.queries import receivable_get


def allotments_of(*, series: SeriesFacts) -> list[Allotment]:
    """Who gets what if the series closed now; the table that the close page explains."""
    bids = [Bid(id=row.id, units=row.units) for row in _held(series)]
    return allot_pro_rata(units=series.units, bids=bids) if bids else []


def _held(series: SeriesFacts) -> list[SubscriptionFacts]:
    return subscriptions_of(series_id=series.id, state="held")


@transaction.atomic(durable=True)
def series_close(*, actor: Actor, series_id: int, at: datetime) -> SeriesFacts:
    """Money, claim and units change hands together, once every guard holds again.

    Raises ``products.not_funded``, ``financing.registry_found``, ``risk.gate_closed``,
    ``financing.kyb_invalid``, ``products.holder_cap``, ``products.frozen``. Closing an issued
    series again returns it unchanged.
    """
    require(actor, "series.close")
    seen = series_get(series_id=series_id, scope=scope_for(actor))
    claim = claim_lock(claim_id=seen.claim_id)
    series = series_lock(series_id=series_id)
    if series.state == "issued":
        return series
    programme = programme_get(programme_id=series.programme_id)
    bids = _held(series)
    _close_guards(programme=programme, series=series, claim=claim, bids=bids, at=at)
    allotments = allotments_of(series=series)
    given = {row.id: row.given for row in allotments}
    journal = post(
        programme=programme,
        key=f"close:{series.id}",
        kind="series.closed",
        legs=legs_close(
            books=books_of(programme=programme, claim=claim, series=series),
            allotments=[(bid.pending_id, bid.investor_id, given[bid.id]) for bid in bids],
            unit_price_minor=series.unit_price_minor,
            face_minor=series.face_minor,
            fee_minor=series.fee_minor,
        ),
        claim_id=claim.id,
        series_id=series.id,
        on=programme.business_date,
        at=at,
    )
    subscriptions_allot(allotments=allotments)
    held: dict[int, int] = {}
    for bid in bids:
        held[bid.investor_id] = held.get(bid.investor_id, 0) + given[bid.id]
    on = programme.business_date
    claim_move(
        claim_id=claim.id,
        to="assigned",
        by=actor.name,
        on=on,
        at=at,
        facts={"journal": journal.id, "series": series.number},
    )
    limit_expose(programme_ref=programme.book, key=reservation_key(claim), at=at)
    event_emit(name="products.series.issued", payload={"series_id": series.id}, at=at)
    return series_issue(
        series_id=series.id,
        holdings=[(investor, units) for investor, units in held.items() if units],
        on=on,
        by=actor.name,
        at=at,
    )


def documents_check(*, claim: ClaimFacts) -> None:
    """The documents still agree and still carry the face: a credit note since then stops it.

    Raises ``products.claim_not_ready``.
    """
    receivable = receivable_get(receivable_id=claim.receivable_id)
    if not receivable.match_state.passes or receivable.financeable_minor < claim.face_minor:
        raise DomainError("products.claim_not_ready", claim=claim.number)


def _close_guards(
    *,
    programme: ProgrammeFacts,
    series: SeriesFacts,
    claim: ClaimFacts,
    bids: Sequence[SubscriptionFacts],
    at: datetime,
) -> None:
    """Everything that had to hold at listing and at each bid has to hold now."""
    on = programme.business_date
    if series.is_frozen or claim.is_frozen:
        raise DomainError("products.frozen", series=series.number)
    if series.state != "funded" or claim.state != "registered":
        raise DomainError("products.not_funded", series=series.number)
    if claim.due_date <= on:
        raise DomainError("products.claim_not_ready", claim=claim.number)
    documents_check(claim=claim)
    gate_require(programme_ref=programme.book, party_ref=party_ref(claim.supplier_id), on=on)
    registry_search(programme=programme, claim=claim, purpose="close", at=at)
    pack = rule_pack_get(code=programme.rule_pack)
    holders = like_series_holders(series=series, on=on, months=pack.like_series_months)
    holders_check(pack=pack, holders=len(holders))
    for investor in parties_get(party_ids=[bid.investor_id for bid in bids]).values():
        if not investor.kyb_valid(on=on):
            raise DomainError("financing.kyb_invalid", party=investor.name)
        investor_check(pack=pack, investor_class=investor.investor_class)


@transaction.atomic(durable=True)
def series_cancel(*, actor: Actor, series_id: int, reason: str, at: datetime) -> SeriesFacts:
    """Operations call an offering off before its close; every hold is let go.

    Raises ``financing.reason_missing``, ``network.transition_refused`` after the close.
    """
    require(actor, "series.cancel")
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    series_get(series_id=series_id, scope=scope_for(actor))
    return series_cancel_within(series_id=series_id, by=actor.name, reason=reason, at=at)


def series_cancel_within(*, series_id: int, by: str, reason: str, at: datetime) -> SeriesFacts:
    """Holds voided, nothing assigned, registration cancelled, then the fingerprint freed."""
    claim = claim_lock(claim_id=series_get(series_id=series_id).claim_id)
    series = series_lock(series_id=series_id)
    programme = programme_get(programme_id=series.programme_id)
    books = books_of(programme=programme, claim=claim, series=series)
    on = programme.business_date
    moved = series_move(series_id=series.id, to="cancelled", by=by, on=on, at=at, reason=reason)
    legs = legs_void(pending_ids=[bid.pending_id for bid in _held(series)])
    legs += legs_release_claim(books=books, face_minor=claim.face_minor)
    post(
        programme=programme,
        key=f"cancel:{series.id}",
        kind="series.cancelled",
        legs=legs,
        claim_id=claim.id,
        series_id=series.id,
        on=on,
        at=at,
    )
    subscriptions_void(series_id=series.id)
    approvals_withdraw(subject_ref=f"series:{series.id}", at=at)
    claim_deregister(programme=programme, claim=claim, at=at)
    claim_move(claim_id=claim.id, to="released", by=by, on=on, at=at, reason=reason)
    limit_free(programme_ref=programme.book, key=reservation_key(claim), at=at)
    event_emit(name="products.series.cancelled", payload={"series_id": series.id}, at=at)
    return moved


def series_deadline_pass(*, series_id: int, by: str, at: datetime) -> SeriesFacts:
    """After the last day for bids: funded when the bids cover the units, else cancelled."""
    claim_lock(claim_id=series_get(series_id=series_id).claim_id)
    series = series_lock(series_id=series_id)
    if series.state != "listed":
        return series
    covered = bid_units(series_id=series_id) >= series.units
    if not covered:
        return series_cancel_within(series_id=series_id, by=by, reason="undersubscribed", at=at)
    if series.terms.allocation is not AllocationRule.PRO_RATA:
        raise DomainError("products.not_funded", series=series.number)
    programme = programme_get(programme_id=series.programme_id)
    moved = series_move(series_id=series_id, to="funded", by=by, on=programme.business_date, at=at)
    event_emit(name="products.series.funded", payload={"series_id": series_id}, at=at)
    return moved
