"""What a party was or will be paid: its payouts, each with the last step of its life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from scf.network.values import Scope
from scf.settlement.models import PayoutStep
from scf.settlement.queries.payouts import payouts_list


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """One payout as its payee sees it; ``subject`` is the series it came out of, or empty.

    ``on_date`` is the business date of the last step and ``journal_id`` the last journal that
    moved the money; both are None before it was sent.
    """

    payout_id: int
    party_id: int
    subject: str
    purpose: str
    amount_minor: int
    state: str
    reason: str
    account_masked: str
    end_to_end_id: str
    on_date: date | None
    at: datetime
    journal_id: int | None


def payout_lines(*, scope: Scope, party_id: int) -> list[PayoutLine]:
    """A party's payouts, latest first, in two queries; outside the scope it is empty."""
    payouts = payouts_list(scope=scope, party_id=party_id)
    dates: dict[int, date] = {}
    journals: dict[int, int] = {}
    steps = PayoutStep.objects.filter(payout_id__in=[payout.id for payout in payouts])
    for step in steps.order_by("pk"):
        dates[step.payout_id] = step.on_date
        if step.journal_id is not None:
            journals[step.payout_id] = step.journal_id
    return [
        PayoutLine(
            payout_id=payout.id,
            party_id=payout.party_id,
            subject=payout.subject,
            purpose=payout.purpose,
            amount_minor=payout.amount_minor,
            state=payout.state,
            reason=payout.reason,
            account_masked=payout.payee_masked,
            end_to_end_id=payout.end_to_end_id,
            on_date=dates.get(payout.id),
            at=payout.changed_at,
            journal_id=journals.get(payout.id),
        )
        for payout in payouts
    ]
