"""Escrow = owed + unallocated + in transit + fees, as the desks show it."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.queries import balances_list
from scf.network.queries import ProgrammeFacts

_APART = ("bank.escrow", "unallocated", "clearing", "fee_payable")


@dataclass(frozen=True, slots=True)
class Equation:
    """The sides of the equation, in minor units."""

    escrow_minor: int
    owed_minor: int
    unallocated_minor: int
    transit_minor: int
    fees_minor: int

    @property
    def difference_minor(self) -> int:
        """Zero, or something is wrong."""
        return (
            self.escrow_minor
            - self.owed_minor
            - self.unallocated_minor
            - self.transit_minor
            - self.fees_minor
        )


def equation_of(programme: ProgrammeFacts) -> Equation:
    """From the balances now, in one query. Owed: available, held, payable, collected, on account."""
    sums: dict[str, int] = {}
    for ref, balance in balances_list(book=programme.book, asset=programme.currency):
        sums[ref.code] = sums.get(ref.code, 0) + balance.net
    escrow, unallocated, transit, fees = (sums.get(code, 0) for code in _APART)
    owed = sum(value for code, value in sums.items() if code not in _APART)
    return Equation(escrow, owed, unallocated, transit, fees)
