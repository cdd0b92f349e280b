"""Writes of bank accounts."""

from __future__ import annotations

from scf.network.models import BankAccount


def bank_account_add(
    *,
    party_id: int,
    holder_name: str,
    bank_name: str,
    number: str,
    bank_code: str = "",
    is_verified: bool = False,
) -> int:
    """Add an account; the first one is the primary. Returns its id; the same number twice is one."""
    existing = BankAccount.objects.filter(party_id=party_id, number=number).first()
    if existing is not None:
        return existing.pk
    has_primary = BankAccount.objects.filter(party_id=party_id, is_primary=True).exists()
    return BankAccount.objects.create(
        party_id=party_id,
        holder_name=holder_name,
        bank_name=bank_name,
        bank_code=bank_code,
        number=number,
        is_verified=is_verified,
        is_primary=not has_primary,
    ).pk


def bank_account_replace(
    *, party_id: int, holder_name: str, bank_name: str, bank_code: str, number: str
) -> int:
    """From now on the party is paid here: verified and primary; the former account stays on file.

    Returns the account's id.
    """
    BankAccount.objects.filter(party_id=party_id, is_primary=True).update(is_primary=False)
    row, _ = BankAccount.objects.update_or_create(
        party_id=party_id,
        number=number,
        defaults={
            "holder_name": holder_name,
            "bank_name": bank_name,
            "bank_code": bank_code,
            "is_verified": True,
            "is_primary": True,
        },
    )
    return row.pk
