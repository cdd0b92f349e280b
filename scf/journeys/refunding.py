"""Money that a payer has on account goes back to it: into payable, and out with the next batch."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.money import format_minor
from ledger.operations.posting import journal_post
from ledger.queries import balances_list
from scf.access.policy import require
from scf.journeys.bank_booking import cash_of
from scf.network.operations import programme_lock
from scf.network.queries import ProgrammeFacts, bank_account_primary, parties_get
from scf.network.values import Actor, ref_id
from scf.settlement.postings import legs_refund


def on_account_list(*, programme: ProgrammeFacts) -> list[tuple[int, str, int]]:
    """(party id, name, minor units) of everybody who has money on account."""
    held = {
        ref_id(ref.owner): balance.free
        for ref, balance in balances_list(
            book=programme.book, code="on_account", asset=programme.currency
        )
        if balance.free > 0
    }
    names = parties_get(party_ids=held)
    return [(party_id, names[party_id].name, amount) for party_id, amount in sorted(held.items())]


def on_account_refund(
    *, actor: Actor, party_id: int, amount_minor: int, key: str, at: datetime
) -> int:
    """Instruct a refund of money on account; the payout itself is signed by two people.

    ``key`` names the request: sent twice, it is one refund. Returns the journal. Raises
    ``settlement.refund_amount``, ``settlement.refund_uncovered``, ``network.account_missing``.
    """
    require(actor, "payout.prepare")
    if amount_minor <= 0:
        raise DomainError("settlement.refund_amount", amount=amount_minor)
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        bank_account_primary(party_id=party_id)
        try:
            journal = journal_post(
                key=f"refund:{programme.id}:{party_id}:{key}",
                kind="on_account.refunded",
                book=programme.book,
                legs=legs_refund(
                    cash=cash_of(programme), party_id=party_id, amount_minor=amount_minor
                ),
                effective_date=programme.business_date,
                booked_at=at,
                memo={"by": actor.ref},
            )
        except DomainError as error:
            if error.code != "ledger.limit_exceeded":
                raise
            amount = format_minor(amount_minor)
            raise DomainError("settlement.refund_uncovered", amount=amount) from error
        return journal.id
