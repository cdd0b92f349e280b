"""Writes of withdrawals. The caller posts the reservation, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ledger.errors import DomainError
from scf.settlement.lifecycle import WITHDRAWAL
from scf.settlement.models import Withdrawal
from scf.settlement.queries.payouts import WithdrawalFacts, withdrawal_facts


def withdrawal_find(*, programme_id: int, party_id: int, key: str) -> WithdrawalFacts | None:
    """The withdrawal that this request already made, if any."""
    found = Withdrawal.objects.filter(programme_id=programme_id, party_id=party_id, key=key).first()
    return withdrawal_facts(found) if found else None


def withdrawal_create(
    *,
    programme_id: int,
    party_id: int,
    key: str,
    amount_minor: int,
    pending_id: int,
    made_by_id: int,
    at: datetime,
) -> WithdrawalFacts:
    """A party's wish to take cash out, with the pending transfer that reserves it."""
    row = Withdrawal.objects.create(
        programme_id=programme_id,
        party_id=party_id,
        key=key,
        amount_minor=amount_minor,
        pending_id=pending_id,
        made_by_id=made_by_id,
        made_at=at,
    )
    return withdrawal_facts(row)


def withdrawal_lock(*, programme_id: int, withdrawal_id: int) -> WithdrawalFacts:
    """The withdrawal, its row locked; raises ``settlement.withdrawal_unknown``."""
    rows = Withdrawal.objects.select_for_update(of=("self",)).filter(programme_id=programme_id)
    found = rows.filter(pk=withdrawal_id).first()
    if found is None:
        raise DomainError("settlement.withdrawal_unknown", withdrawal=withdrawal_id)
    return withdrawal_facts(found)


def withdrawals_of_payouts(*, payout_ids: Iterable[int]) -> dict[int, list[WithdrawalFacts]]:
    """Payout id -> the withdrawals it pays, rows locked in id order."""
    found: dict[int, list[WithdrawalFacts]] = {}
    rows = Withdrawal.objects.select_for_update(of=("self",)).filter(payout_id__in=list(payout_ids))
    for row in rows.order_by("pk"):
        if row.payout_id is not None:
            found.setdefault(row.payout_id, []).append(withdrawal_facts(row))
    return found


def withdrawal_cancel_record(*, withdrawal_id: int) -> None:
    """Take the wish back; raises ``network.transition_refused`` once it is instructed."""
    row = Withdrawal.objects.get(pk=withdrawal_id)
    WITHDRAWAL.check(current=row.state, to="cancelled")
    Withdrawal.objects.filter(pk=withdrawal_id).update(state="cancelled")
