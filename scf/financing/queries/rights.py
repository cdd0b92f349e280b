"""Reads of confirmations, registrations, keys and fingerprints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scf.financing.models import Confirmation, Fingerprint, ObligorKey, Registration


def fingerprint_holder(*, value: str) -> str | None:
    """The number of the claim that holds a fingerprint now."""
    rows = Fingerprint.objects.filter(value=value, is_live=True)
    return rows.values_list("claim__number", flat=True).first()


def fingerprints_live_elsewhere(*, claim_id: int) -> list[str]:
    """Numbers of other claims that were ever registered under this claim's fingerprint and live."""
    own = Fingerprint.objects.filter(claim_id=claim_id).values("value")
    rows = Fingerprint.objects.filter(value__in=own, is_live=True).exclude(claim_id=claim_id)
    return list(rows.order_by("claim_id").values_list("claim__number", flat=True))


def confirmation_get(*, claim_id: int) -> Mapping[str, Any] | None:
    """The signed statement with its key, as exported for an offline check."""
    found = Confirmation.objects.select_related("key").filter(claim_id=claim_id).first()
    if found is None:
        return None
    return {
        "statement": found.statement,
        "content_hash": found.content_hash,
        "signature": found.signature,
        "public_key": found.key.public_key,
        "algorithm": "Ed25519",
        "prepared_by": found.prepared_by,
        "signed_by": found.signed_by,
        "signed_at": found.signed_at,
    }


def registrations_of(*, claim_id: int) -> list[dict[str, Any]]:
    """The register's answers for a claim, oldest first."""
    rows = Registration.objects.filter(claim_id=claim_id).order_by("at", "pk")
    return [
        {**row} for row in rows.values("kind", "purpose", "number", "result", "expiry_date", "at")
    ]


def obligor_public_key(*, party_id: int) -> str | None:
    """The entity's active public key in hex."""
    rows = ObligorKey.objects.filter(party_id=party_id, retired_at=None)
    return rows.values_list("public_key", flat=True).first()
