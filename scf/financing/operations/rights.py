"""Writes to obligor keys, confirmations and registrations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ledger.errors import DomainError
from scf.financing.models import Confirmation, ObligorKey, Registration
from scf.financing.signing import content_hash, key_make, statement_sign
from scf.network.operations import number_next


def obligor_key_ensure(*, party_id: int, secret: str, at: datetime) -> int:
    """The entity's active key, made when it has none; ``secret`` seals the private half."""
    existing = ObligorKey.objects.filter(party_id=party_id, retired_at=None).first()
    if existing is not None:
        return existing.pk
    public, sealed = key_make(secret=secret)
    return ObligorKey.objects.create(
        party_id=party_id, public_key=public, sealed_private_key=sealed, made_at=at
    ).pk


def confirmation_store(
    *,
    claim_id: int,
    obligor_id: int,
    statement: Mapping[str, Any],
    secret: str,
    prepared_by: str,
    signed_by: str,
    at: datetime,
) -> str:
    """Sign the statement with the entity's key and keep it; returns the content hash.

    Raises ``financing.key_missing`` and ``financing.key_unusable``.
    """
    key = ObligorKey.objects.filter(party_id=obligor_id, retired_at=None).first()
    if key is None:
        raise DomainError("financing.key_missing", obligor=obligor_id)
    signature = statement_sign(
        content=statement, sealed_key=bytes(key.sealed_private_key), secret=secret
    )
    digest = content_hash(statement)
    Confirmation.objects.create(
        claim_id=claim_id,
        key=key,
        statement=dict(statement),
        content_hash=digest,
        signature=signature,
        prepared_by=prepared_by,
        signed_by=signed_by,
        signed_at=at,
    )
    return digest


def registration_record(
    *,
    programme_id: int,
    claim_id: int,
    kind: str,
    purpose: str,
    result: str,
    expiry_date: date | None,
    facts: Mapping[str, Any],
    at: datetime,
) -> str:
    """Store the register's answer under a number of its own; once a claim, kind and purpose."""
    existing = Registration.objects.filter(claim_id=claim_id, kind=kind, purpose=purpose).first()
    if existing is not None:
        return existing.number
    prefixes = {"search": "CX", "registration": "ZD", "notice": "TZ", "deregistration": "ZX"}
    number = number_next(programme_id=programme_id, prefix=prefixes[kind], width=8)
    Registration.objects.create(
        claim_id=claim_id,
        kind=kind,
        purpose=purpose,
        number=f"{programme_id}-{number}",
        result=result,
        expiry_date=expiry_date,
        facts=dict(facts),
        at=at,
    )
    return f"{programme_id}-{number}"
