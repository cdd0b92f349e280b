"""Reads of bank accounts: where a party is paid, and who pays from a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.errors import DomainError
from scf.network.models import BankAccount


@dataclass(frozen=True, slots=True)
class BankAccountFacts:
    """A bank account with its full number; pages take ``masked_number`` only."""

    id: int
    party_id: int
    holder_name: str
    bank_name: str
    bank_code: str
    number: str
    masked_number: str
    is_verified: bool


def _account_facts(account: BankAccount) -> BankAccountFacts:
    return BankAccountFacts(
        id=account.pk,
        party_id=account.party_id,
        holder_name=account.holder_name,
        bank_name=account.bank_name,
        bank_code=account.bank_code,
        number=account.number,
        masked_number=account.masked_number,
        is_verified=account.is_verified,
    )


def parties_by_account(*, programme_id: int) -> dict[str, int]:
    """Bank account number -> party id over the programme's parties (cash application).

    Only verified accounts identify a payer, and a number that two parties gave identifies
    neither: who merely types in another's number must not receive its money.
    """
    rows = BankAccount.objects.filter(party__roles__programme_id=programme_id, is_verified=True)
    owners: dict[str, set[int]] = {}
    for number, party_id in rows.values_list("number", "party_id"):
        owners.setdefault(number, set()).add(party_id)
    return {number: next(iter(found)) for number, found in owners.items() if len(found) == 1}


def bank_account_get(*, account_id: int) -> BankAccountFacts:
    """Raises ``network.account_unknown``."""
    found = BankAccount.objects.filter(pk=account_id).first()
    if found is None:
        raise DomainError("network.account_unknown", account=account_id)
    return _account_facts(found)


def bank_account_primary(*, party_id: int) -> BankAccountFacts:
    """The verified account a party is paid to; raises ``network.account_missing``."""
    found = BankAccount.objects.filter(party_id=party_id, is_primary=True, is_verified=True).first()
    if found is None:
        raise DomainError("network.account_missing", party=party_id)
    return _account_facts(found)


def bank_accounts_primary(*, party_ids: Iterable[int]) -> dict[int, BankAccountFacts]:
    """Party id -> the verified account it is paid to, in one query; a party without is absent."""
    rows = BankAccount.objects.filter(
        party_id__in=set(party_ids), is_primary=True, is_verified=True
    )
    return {row.party_id: _account_facts(row) for row in rows}


def bank_accounts_list(*, party_id: int) -> list[BankAccountFacts]:
    """A party's accounts, the primary one first."""
    rows = BankAccount.objects.filter(party_id=party_id).order_by("-is_primary", "pk")
    return [_account_facts(account) for account in rows]
