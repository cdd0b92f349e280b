"""What the bank is told and what it tells: instructions, entries, statements. Pure.

Amounts are in fen; an entry's is signed, plus for money that came in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EscrowAccount:
    """The account whose statements are written."""

    number: str
    holder_name: str
    bank_name: str
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class Incoming:
    """Someone pays into the escrow account."""

    amount_minor: int
    name: str
    account: str
    text: str
    invoice_no: str = ""
    bank_name: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One credit transfer of a payment file."""

    end_to_end_id: str
    amount_minor: int
    name: str
    account: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a statement; ``failure`` says why a payment was refused, then nothing moved."""

    reference: str
    amount_minor: int
    name: str
    account: str
    text: str
    bank_name: str = ""
    invoice_no: str = ""
    end_to_end_id: str = ""
    failure: str = ""

    @property
    def is_booked(self) -> bool:
        return not self.failure


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: opening plus booked entries is the closing balance."""

    account: EscrowAccount
    number: str
    day: date
    opening_minor: int
    entries: tuple[Entry, ...]

    @property
    def closing_minor(self) -> int:
        return self.opening_minor + sum(
            entry.amount_minor for entry in self.entries if entry.is_booked
        )
