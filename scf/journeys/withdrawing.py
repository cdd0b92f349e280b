"""An investor takes cash out: reserved at once, paid with the next batch (BOOKS: step 11)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.money import format_minor
from ledger.operations.posting import journal_post
from ledger.values import Leg
from scf.access.policy import require
from scf.journeys.bank_booking import cash_of
from scf.network.operations import programme_lock
from scf.network.queries import bank_account_primary
from scf.network.values import Actor
from scf.settlement.operations.withdrawals import (
    withdrawal_cancel_record,
    withdrawal_create,
    withdrawal_find,
    withdrawal_lock,
)
from scf.settlement.postings import legs_withdrawal


def withdrawal_request(*, actor: Actor, amount_minor: int, key: str, at: datetime) -> int:
    """Reserve ``amount_minor`` of the party's available cash for payment; the withdrawal's id.

    ``key`` names the request: sent twice, it is one withdrawal. Raises
    ``settlement.withdrawal_amount``, ``withdrawal_uncovered``, ``withdrawal_key``,
    ``network.account_missing``.
    """
    require(actor, "withdrawal.request")
    if actor.party_id is None:
        raise DomainError("access.denied", verb="withdrawal.request")
    if amount_minor <= 0:
        raise DomainError("settlement.withdrawal_amount", amount=amount_minor)
    party_id = actor.party_id
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        known = withdrawal_find(programme_id=programme.id, party_id=party_id, key=key)
        if known is not None:
            if known.amount_minor != amount_minor:
                raise DomainError("settlement.withdrawal_key", key=key)
            return known.id
        bank_account_primary(party_id=party_id)
        try:
            journal = journal_post(
                key=f"withdrawal:{programme.id}:{party_id}:{key}",
                kind="withdrawal.requested",
                book=programme.book,
                legs=legs_withdrawal(
                    cash=cash_of(programme), party_id=party_id, amount_minor=amount_minor
                ),
                effective_date=programme.business_date,
                booked_at=at,
            )
        except DomainError as error:
            if error.code != "ledger.limit_exceeded":
                raise
            amount = format_minor(amount_minor)
            raise DomainError("settlement.withdrawal_uncovered", amount=amount) from error
        withdrawal = withdrawal_create(
            programme_id=programme.id,
            party_id=party_id,
            key=key,
            amount_minor=amount_minor,
            pending_id=journal.transfer_ids[0],
            made_by_id=actor.user_id,
            at=at,
        )
        return withdrawal.id


def withdrawal_cancel(*, actor: Actor, withdrawal_id: int, at: datetime) -> None:
    """Take a wish back before it is instructed; the cash is free again.

    Raises ``settlement.withdrawal_unknown`` and ``network.transition_refused``.
    """
    require(actor, "withdrawal.request")
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        found = withdrawal_lock(programme_id=programme.id, withdrawal_id=withdrawal_id)
        if found.party_id != actor.party_id:
            raise DomainError("settlement.withdrawal_unknown", withdrawal=withdrawal_id)
        withdrawal_cancel_record(withdrawal_id=withdrawal_id)
        journal_post(
            key=f"withdrawal:{withdrawal_id}:cancelled",
            kind="withdrawal.cancelled",
            book=programme.book,
            legs=[Leg.void(found.pending_id)],
            effective_date=programme.business_date,
            booked_at=at,
        )
