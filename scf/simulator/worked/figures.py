"""Reads a life's figures from the ledger's balances, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.queries import balance_get
from ledger.values import AccountRef, Balance
from scf.financing.queries import claim_get
from scf.journeys.bookings import books_of
from scf.products.queries import SeriesFacts
from scf.simulator.worked.world import INVESTORS, World


@dataclass(frozen=True, slots=True)
class Figures:
    """One path's results in fen; ``holders`` is cash by investor."""

    units: int
    principal_minor: int
    proceeds_minor: int
    fee_minor: int
    interest_minor: int
    investors_paid_minor: int
    residual_minor: int
    shortfall_minor: int
    claim_open_minor: int
    on_account_minor: int
    holders: dict[str, int]

    def less(self, earlier: Figures) -> Figures:
        """The increment since ``earlier``; what is open and short is as it stands now."""
        return Figures(
            units=self.units - earlier.units,
            principal_minor=self.principal_minor - earlier.principal_minor,
            proceeds_minor=self.proceeds_minor - earlier.proceeds_minor,
            fee_minor=self.fee_minor - earlier.fee_minor,
            interest_minor=self.interest_minor - earlier.interest_minor,
            investors_paid_minor=self.investors_paid_minor - earlier.investors_paid_minor,
            residual_minor=self.residual_minor - earlier.residual_minor,
            shortfall_minor=self.shortfall_minor,
            claim_open_minor=self.claim_open_minor,
            on_account_minor=self.on_account_minor - earlier.on_account_minor,
            holders={key: self.holders[key] - earlier.holders[key] for key in self.holders},
        )

    def data(self) -> dict[str, Any]:
        """The JSON of the design."""
        return {
            "units": self.units,
            "principal_minor": self.principal_minor,
            "proceeds_minor": self.proceeds_minor,
            "fee_minor": self.fee_minor,
            "interest_minor": self.interest_minor,
            "investors_paid_minor": self.investors_paid_minor,
            "residual_minor": self.residual_minor,
            "shortfall_minor": self.shortfall_minor,
            "claim_open_minor": self.claim_open_minor,
            "holders": dict(self.holders),
        }


class Reading:
    """Watches one series' accounts from its listing on."""

    def __init__(self, *, world: World, series: SeriesFacts) -> None:
        self.world, self.series = world, series
        claim = claim_get(claim_id=series.claim_id)
        self.books = books_of(programme=world.programme, claim=claim, series=series)
        self._deposits = dict.fromkeys(INVESTORS, 0)
        self._proceeds = 0
        self._owed = 0
        self._collected = 0

    def _balance(self, ref: AccountRef) -> Balance:
        return balance_get(ref=ref, book=self.world.programme.book)

    def closed(self) -> None:
        """Note what stood in the accounts right after the close."""
        self._proceeds = self._balance(self.books.payable_supplier).cr_posted
        self._deposits = {key: self._credited(key) for key in INVESTORS}

    def owed_note(self) -> None:
        """Note what investors are owed before the money of this day comes."""
        self._owed = self._principal_left() + self._balance(self.books.yield_due).net
        self._collected = self._balance(self.books.claim_series).dr_posted

    def _credited(self, key: str) -> int:
        return self._balance(self.books.available(self.world.party(key))).cr_posted

    def _held(self, key: str) -> Balance:
        return self._balance(self.books.held(self.world.party(key)))

    def _interest(self) -> int:
        return self._balance(self.books.yield_due).dr_posted

    def _paid(self) -> dict[str, int]:
        return {key: self._credited(key) - self._deposits[key] for key in INVESTORS}

    def _principal_left(self) -> int:
        units = sum(self._held(key).net for key in INVESTORS)
        repaid = sum(self._paid().values()) - self._interest()
        return units * self.series.unit_price_minor - repaid if units else 0

    def figures(self) -> Figures:
        """What the books say now."""
        units = sum(self._held(key).cr_posted for key in INVESTORS)
        paid = self._paid() if units else dict.fromkeys(INVESTORS, 0)
        total = sum(paid.values())
        interest = self._interest()
        payable = self._balance(self.books.payable_supplier).cr_posted
        collected = self._balance(self.books.claim_series).dr_posted - self._collected
        return Figures(
            units=units,
            principal_minor=total - interest,
            proceeds_minor=self._proceeds,
            fee_minor=self._balance(self.books.fee_payable).cr_posted,
            interest_minor=interest,
            investors_paid_minor=total,
            residual_minor=payable - self._proceeds,
            shortfall_minor=max(0, self._owed - collected),
            claim_open_minor=self._balance(self.books.claim_obligor).net,
            on_account_minor=self._balance(self.books.on_account_obligor).cr_posted,
            holders=paid,
        )
