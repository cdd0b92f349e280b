"""The legs of money at the bank (BOOKS: trace, steps 1, 5, 6, 10, 11 and variants). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.values import AccountRef, Leg
from scf.network.values import party_ref


@dataclass(frozen=True, slots=True)
class Cash:
    """Client-money accounts in one currency; ``platform_id`` is who earns the fee."""

    currency: str
    platform_id: int

    @property
    def escrow(self) -> AccountRef:
        return AccountRef("bank.escrow", self.currency)

    @property
    def unallocated(self) -> AccountRef:
        return AccountRef("unallocated", self.currency)

    @property
    def clearing(self) -> AccountRef:
        return AccountRef("clearing", self.currency)

    def available(self, party_id: int) -> AccountRef:
        return AccountRef("available", self.currency, party_ref(party_id))

    def on_account(self, party_id: int) -> AccountRef:
        return AccountRef("on_account", self.currency, party_ref(party_id))

    def payable(self, party_id: int, subject: str = "") -> AccountRef:
        return AccountRef("payable", self.currency, party_ref(party_id), subject)

    @property
    def fee_payable(self) -> AccountRef:
        return AccountRef("fee_payable", self.currency, party_ref(self.platform_id))

    def owed(self, *, purpose: str, party_id: int, subject: str) -> AccountRef:
        """Where a payout's money waits before it is sent, and comes back to when it fails.

        A withdrawal leaves ``available`` but fails into ``payable``: the money has left the
        investor's free cash until somebody gives a new instruction.
        """
        return self.fee_payable if purpose == "fee" else self.payable(party_id, subject)


def legs_receipt(*, cash: Cash, amount_minor: int) -> list[Leg]:
    """Step 1 and 8: money came in and is nobody's yet."""
    return [Leg(cash.escrow, cash.unallocated, amount_minor)]


def legs_unexplained(*, cash: Cash, amount_minor: int) -> list[Leg]:
    """Money left that nobody instructed: it comes out of what is not yet anybody's.

    ``unallocated`` is the suspense of both signs. Only so do both proofs hold, that escrow is
    the statement's balance and that no client account is overdrawn; where it cannot cover the
    debit, the ledger refuses and the difference stays visible in proof 1.
    """
    return [Leg(cash.unallocated, cash.escrow, amount_minor)]


def legs_deposit(*, cash: Cash, party_id: int, amount_minor: int) -> list[Leg]:
    """Step 1, second half: an investor's money is its own."""
    return [Leg(cash.unallocated, cash.available(party_id), amount_minor)]


def legs_on_account(*, cash: Cash, party_id: int, amount_minor: int) -> list[Leg]:
    """Variant overpay: held for the payer."""
    return [Leg(cash.unallocated, cash.on_account(party_id), amount_minor)]


def legs_refund(*, cash: Cash, party_id: int, amount_minor: int) -> list[Leg]:
    """What a payer has on account is owed back to it."""
    return [Leg(cash.on_account(party_id), cash.payable(party_id), amount_minor)]


def legs_bank_charge(*, cash: Cash, amount_minor: int) -> list[Leg]:
    """A bank charge on the escrow account is the platform's: its fee covers the suspense."""
    return [Leg(cash.fee_payable, cash.unallocated, amount_minor)]


def legs_late_payout(*, cash: Cash, amount_minor: int) -> list[Leg]:
    """An unexplained debit turns out to be a payout after all: the suspense is made whole."""
    return [Leg(cash.clearing, cash.unallocated, amount_minor)]


def legs_late_return(*, cash: Cash, owed: AccountRef, amount_minor: int) -> list[Leg]:
    """An unallocated receipt turns out to be a payout that came back."""
    return [Leg(cash.unallocated, owed, amount_minor)]


def legs_payout_sent(
    *, cash: Cash, owed: AccountRef, amount_minor: int, pending_ids: Sequence[int] = ()
) -> list[Leg]:
    """Steps 5, 6, 10: owed -> clearing; step 11 completes the withdrawals' reservations."""
    if pending_ids:
        return [Leg.post(pending_id) for pending_id in pending_ids]
    return [Leg(owed, cash.clearing, amount_minor)]


def legs_payout_confirmed(*, cash: Cash, amounts_minor: Iterable[int]) -> list[Leg]:
    """The statement shows the debit."""
    return [Leg(cash.clearing, cash.escrow, amount) for amount in amounts_minor]


def legs_payout_rejected(*, cash: Cash, owed: AccountRef, amount_minor: int) -> list[Leg]:
    """Variant: the bank refused it; it never left."""
    return [Leg(cash.clearing, owed, amount_minor)]


def legs_payout_returned(*, cash: Cash, owed: AccountRef, amount_minor: int) -> list[Leg]:
    """Variant: it left and came back."""
    return [Leg(cash.escrow, owed, amount_minor)]


def legs_withdrawal(*, cash: Cash, party_id: int, amount_minor: int) -> list[Leg]:
    """Step 11, reserved at request so that the same cash is not bid with."""
    return [Leg.pending(cash.available(party_id), cash.clearing, amount_minor)]


def legs_reversed(legs: Iterable[Leg]) -> list[Leg]:
    """What undoes posted legs: last one first, sides swapped."""
    return [Leg(leg.credit, leg.debit, leg.amount) for leg in reversed(list(legs))]
