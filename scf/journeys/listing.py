"""Operations put a registered claim on offer: draft, four eyes, term sheet frozen, listed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from ledger.operations.posting import asset_ensure
from risk.queries.gates import gate_require
from scf.access.policy import require, scope_for
from scf.financing.operations.claims import claim_lock
from scf.financing.queries import (
    ClaimFacts,
    claim_get,
    confirmation_get,
    confirmed_date,
    quote_get,
    registrations_of,
)
from scf.financing.signing import content_hash
from scf.financing.terms import terms_to_data
from scf.journeys.bookings import books_of, post
from scf.journeys.closing import documents_check
from scf.network.calendar import business_days_add
from scf.network.operations import approval_decide, approval_request, number_next
from scf.network.queries import (
    ApprovalFacts,
    ProgrammeFacts,
    approval_get,
    parties_get,
    programme_get,
)
from scf.network.values import Actor, Scope, party_ref
from scf.products.operations import (
    series_draft,
    series_lock,
    series_move,
    term_sheet_freeze,
)
from scf.products.postings import legs_freeze, unit_asset
from scf.products.queries import SeriesFacts, series_get, series_of_claim
from scf.products.rulepacks import rule_pack_get, tenor_check

LIST = "series.list"


def term_sheet_content(
    *, series: SeriesFacts, claim: ClaimFacts, deadline: date
) -> Mapping[str, Any]:
    """Every term of the series; schedule, waterfall, postings and disclosure come from here."""
    programme = programme_get(programme_id=series.programme_id)
    pack = rule_pack_get(code=programme.rule_pack)
    parties = parties_get(party_ids=[claim.supplier_id, claim.obligor_id])
    confirmation = confirmation_get(claim_id=claim.id)
    return {
        "type": "huoshui.term_sheet.v1",
        "programme": programme.code,
        "series": series.number,
        "currency": programme.currency,
        "claim": {
            "number": claim.number,
            "invoice": claim.invoice_number,
            "face_minor": claim.face_minor,
            "due_date": claim.due_date.isoformat(),
            "payment_date": claim.payment_date.isoformat(),
            "obligor": parties[claim.obligor_id].name,
            "supplier": parties[claim.supplier_id].name,
            "confirmation_hash": confirmation["content_hash"] if confirmation else "",
            "registrations": [row["number"] for row in registrations_of(claim_id=claim.id)],
        },
        "units": series.units,
        "unit_price_minor": series.unit_price_minor,
        "principal_minor": series.principal_minor,
        "proceeds_minor": series.proceeds_minor,
        "fee_minor": series.fee_minor,
        "tax_withheld_minor": 0,
        "deadline_date": deadline.isoformat(),
        "terms": terms_to_data(series.terms),
        "rule_pack": {
            "code": pack.code,
            "investor_classes": sorted(pack.investor_classes),
            "holder_cap": pack.holder_cap,
            "disclosure": pack.disclosure,
        },
    }


@transaction.atomic(durable=True)
def series_submit(*, actor: Actor, claim_id: int, at: datetime) -> ApprovalFacts:
    """The maker drafts a series over a registered claim and asks a second person to list it.

    Raises ``products.claim_not_ready``, ``products.tenor_too_long``.
    """
    require(actor, "series.draft")
    claim = claim_get(claim_id=claim_id, scope=scope_for(actor))
    claim = claim_lock(claim_id=claim.id)
    programme = programme_get(programme_id=claim.programme_id)
    _listable(programme=programme, claim=claim)
    series = series_of_claim(claim_id=claim.id)
    if series is None:
        month = programme.business_date.strftime("%y%m")
        series = series_draft(
            claim=claim,
            quote=quote_get(quote_id=claim.quote_id, scope=_whole(programme, actor)),
            number=number_next(programme_id=programme.id, prefix=f"R-{month}", width=2),
            by=actor.name,
            on=programme.business_date,
            at=at,
        )
    deadline = listing_deadline(programme=programme, series=series)
    return approval_request(
        actor=actor,
        verb=LIST,
        subject_ref=f"series:{series.id}",
        payload={"series": series.id, "deadline": deadline.isoformat()},
        content_hash=content_hash(
            term_sheet_content(series=series, claim=claim, deadline=deadline)
        ),
        amount_minor=series.principal_minor,
        at=at,
    )


def _whole(programme: ProgrammeFacts, actor: Actor) -> Scope:
    return Scope(programme_id=programme.id, role=actor.role, party_ids=None)


def listing_deadline(*, programme: ProgrammeFacts, series: SeriesFacts) -> date:
    """The last day for bids: so many business days from today, never past the due date."""
    last = business_days_add(day=programme.business_date, count=series.terms.subscription_days)
    return min(last, series.due_date)


def _listable(*, programme: ProgrammeFacts, claim: ClaimFacts) -> None:
    if claim.state != "registered" or claim.is_frozen:
        raise DomainError("products.claim_not_ready", claim=claim.number)
    documents_check(claim=claim)
    gate_require(
        programme_ref=programme.book,
        party_ref=party_ref(claim.supplier_id),
        on=programme.business_date,
    )
    confirmed = confirmed_date(claim_id=claim.id) or programme.business_date
    tenor_check(pack=rule_pack_get(code=programme.rule_pack), start=confirmed, due=claim.due_date)


@transaction.atomic(durable=True)
def series_list(
    *, actor: Actor, approval_id: int, content_hash_seen: str, at: datetime
) -> SeriesFacts:
    """The checker lists it: the term sheet is frozen and hashed, the units are authorised."""
    seen = approval_get(scope=scope_for(actor), approval_id=approval_id, verb=LIST)
    series = series_get(series_id=int(seen.payload["series"]))
    claim = claim_lock(claim_id=series.claim_id)
    series = series_lock(series_id=series.id)
    require(actor, "series.list")
    approval_decide(
        actor=actor,
        verb=LIST,
        approval_id=approval_id,
        approve=True,
        content_hash=content_hash_seen,
        reason="",
        at=at,
    )
    programme = programme_get(programme_id=series.programme_id)
    _listable(programme=programme, claim=claim)
    deadline = date.fromisoformat(str(seen.payload["deadline"]))
    content = term_sheet_content(series=series, claim=claim, deadline=deadline)
    if content_hash(content) != content_hash_seen or deadline < programme.business_date:
        raise DomainError("network.approval_changed", approval=approval_id)
    term_sheet_freeze(
        series_id=series.id,
        content=content,
        listed_date=programme.business_date,
        deadline_date=deadline,
        at=at,
    )
    asset_ensure(code=unit_asset(series.number), kind="unit", scale=0)
    post(
        programme=programme,
        key=f"freeze:{series.id}",
        kind="series.frozen_terms",
        legs=legs_freeze(
            books=books_of(programme=programme, claim=claim, series=series), units=series.units
        ),
        claim_id=claim.id,
        series_id=series.id,
        on=programme.business_date,
        at=at,
    )
    event_emit(name="products.series.listed", payload={"series_id": series.id}, at=at)
    return series_move(
        series_id=series.id,
        to="listed",
        by=actor.name,
        on=programme.business_date,
        at=at,
        facts={"content_hash": content_hash_seen},
    )
