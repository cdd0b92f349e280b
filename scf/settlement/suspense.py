"""What a person may make of a line that lies in the suspense account. Pure; never automatic.

A debit without our id may be a payout that is out, a bank charge that the platform's fee covers,
or an error that a receipt cancels; a receipt may be a payout that came back, or a correction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scf.settlement.lifecycle import PAYOUT_IN_TRANSIT
from scf.settlement.values import AllocationKind, MatchLine, Proposal, Reason, Rule

_ALTERNATIVES_MAX = 4


@dataclass(frozen=True, slots=True)
class PayoutTrace:
    """A payout as a bank line may show it: to whom, how much, to which account."""

    id: int
    party_id: int
    amount_minor: int
    state: str
    account: str


@dataclass(frozen=True, slots=True)
class SuspenseLine:
    """A line's open amount, signed: money in is positive."""

    id: int
    open_minor: int
    account: str = ""


def suspense_suggest(
    *,
    line: SuspenseLine,
    payouts: Iterable[PayoutTrace],
    others: Iterable[SuspenseLine],
    fee_minor: int,
    platform_id: int,
) -> tuple[Proposal, ...]:
    """Payouts, contra entries and the bank charge that fit to the cent, best first.

    ``fee_minor`` is what the platform's fee account could cover.
    """
    found = _payouts(line, payouts) + _contras(line, others)
    if line.open_minor < 0 and fee_minor >= -line.open_minor:
        charge = MatchLine(
            AllocationKind.BANK_CHARGE, f"party:{platform_id}", platform_id, -line.open_minor
        )
        found.append(([charge], [Reason("fee_covers", (("fee_minor", fee_minor),))]))
    return tuple(
        Proposal(
            rule=Rule.MANUAL,
            lines=tuple(lines),
            reasons=tuple(reasons),
            is_unique=len(found) == 1,
            automatic=False,
        )
        for lines, reasons in found
    )


_Found = list[tuple[list[MatchLine], list[Reason]]]


def _payouts(line: SuspenseLine, payouts: Iterable[PayoutTrace]) -> _Found:
    """A debit answers what is out; a receipt brings back what was confirmed."""
    states = PAYOUT_IN_TRANSIT if line.open_minor < 0 else frozenset({"confirmed"})
    kind = AllocationKind.PAYOUT if line.open_minor < 0 else AllocationKind.RETURN
    fitting = [
        each
        for each in payouts
        if each.state in states and each.amount_minor == abs(line.open_minor)
    ]
    fitting.sort(key=lambda each: (each.account != line.account, -each.id))
    return [
        (
            [MatchLine(kind, f"payout:{each.id}", each.party_id, each.amount_minor)],
            [
                Reason("payout_amount", (("amount_minor", each.amount_minor),)),
                *(
                    [Reason("payee_account")]
                    if line.account and each.account == line.account
                    else []
                ),
            ],
        )
        for each in fitting[:_ALTERNATIVES_MAX]
    ]


def _contras(line: SuspenseLine, others: Iterable[SuspenseLine]) -> _Found:
    return [
        (
            [MatchLine(AllocationKind.CONTRA, f"entry:{other.id}", 0, abs(line.open_minor))],
            [Reason("contra_amount", (("amount_minor", abs(line.open_minor)),))],
        )
        for other in others
        if other.open_minor == -line.open_minor
    ][:_ALTERNATIVES_MAX]
