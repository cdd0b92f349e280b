"""Search, register, give notice; and at the end deregister.

The register is the platform's own: it searches every live fingerprint and keeps numbers,
expiry and results. A national register plugs in where ``_search`` asks.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from scf.financing.operations.claims import claim_lock, claim_move
from scf.financing.operations.rights import registration_record
from scf.financing.queries import ClaimFacts, fingerprints_live_elsewhere
from scf.journeys.bookings import SYSTEM
from scf.network.queries import ProgrammeFacts, programme_get
from scf.products.rulepacks import rule_pack_get


@transaction.atomic(durable=True)
def claim_register(*, claim_id: int, at: datetime) -> ClaimFacts:
    """Confirmed becomes registered when the search is clean. Idempotent.

    Raises ``financing.registry_found`` naming the claims that stand against it.
    """
    return claim_register_within(claim_id=claim_id, at=at)


def claim_register_within(*, claim_id: int, at: datetime) -> ClaimFacts:
    """The same inside the caller's transaction (a work item's effect)."""
    claim = claim_lock(claim_id=claim_id)
    if claim.state != "confirmed":
        return claim
    programme = programme_get(programme_id=claim.programme_id)
    registry_search(programme=programme, claim=claim, purpose="listing", at=at)
    expiry = registration_expiry(programme=programme, due_date=claim.due_date)
    number = registration_record(
        programme_id=programme.id,
        claim_id=claim.id,
        kind="registration",
        purpose="listing",
        result="done",
        expiry_date=expiry,
        facts={"amount_minor": claim.face_minor},
        at=at,
    )
    notice = registration_record(
        programme_id=programme.id,
        claim_id=claim.id,
        kind="notice",
        purpose="listing",
        result="done",
        expiry_date=None,
        facts={"obligor": claim.obligor_id},
        at=at,
    )
    event_emit(name="financing.claim.registered", payload={"claim_id": claim.id}, at=at)
    return claim_move(
        claim_id=claim.id,
        to="registered",
        by=SYSTEM,
        on=programme.business_date,
        at=at,
        facts={"registration": number, "notice": notice},
    )


def registration_expiry(*, programme: ProgrammeFacts, due_date: date) -> date:
    """Covers the due date and the rule pack's buffer."""
    buffer = rule_pack_get(code=programme.rule_pack).registry_buffer_days
    return due_date + timedelta(days=buffer)


def registry_search(
    *, programme: ProgrammeFacts, claim: ClaimFacts, purpose: str, at: datetime
) -> str:
    """Search the register and store the answer; raises ``financing.registry_found``."""
    against = fingerprints_live_elsewhere(claim_id=claim.id)
    if against:
        raise DomainError("financing.registry_found", claim=claim.number, against=against[0])
    return registration_record(
        programme_id=programme.id,
        claim_id=claim.id,
        kind="search",
        purpose=purpose,
        result="clean",
        expiry_date=None,
        facts={"against": against},
        at=at,
    )


def claim_deregister(*, programme: ProgrammeFacts, claim: ClaimFacts, at: datetime) -> str:
    """End the registration of a claim that was released."""
    return registration_record(
        programme_id=programme.id,
        claim_id=claim.id,
        kind="deregistration",
        purpose="end",
        result="done",
        expiry_date=None,
        facts={},
        at=at,
    )
