"""What a bank statement says, what may be owed, and how the two meet. Pure values.

Amounts are integers in the minor unit of the statement's currency; money in is positive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class RemittanceReference:
    """One document that the payer names in a structured field; the amount only where stated."""

    number: str
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class EntryInput:
    """One booked line of a statement. ``place`` is where the file says so (XPath or line)."""

    amount_minor: int
    booking_date: date
    value_date: date
    bank_reference: str = ""
    remittance: str = ""
    references: tuple[RemittanceReference, ...] = ()
    counterparty_name: str = ""
    counterparty_account: str = ""
    end_to_end_id: str = ""
    batch_reference: str = ""
    balance_minor: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class PaymentResultInput:
    """The bank's refusal of a payment that it never booked, by the payment's end-to-end id."""

    end_to_end_id: str
    reason_code: str
    reason: str = ""
    amount_minor: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class StatementInput:
    """One account's statement as a file gives it; a balance the file leaves out is None."""

    account_number: str
    currency: str
    number: str
    from_date: date
    to_date: date
    opening_minor: int | None
    closing_minor: int | None
    entries: tuple[EntryInput, ...]
    results: tuple[PaymentResultInput, ...] = ()
    format: str = ""

    @property
    def difference_minor(self) -> int | None:
        """Closing less (opening + entries): 0 when the statement proves itself, None when it cannot."""
        if self.opening_minor is None or self.closing_minor is None:
            return None
        moved = sum(entry.amount_minor for entry in self.entries)
        return self.closing_minor - self.opening_minor - moved


class ItemKind(StrEnum):
    """What an incoming payment may settle."""

    CLAIM = "claim"
    RECOURSE = "recourse"
    REPURCHASE = "repurchase"
    TURNOVER = "turnover"


class AllocationKind(StrEnum):
    """What an allocation of a bank entry went to; the item kinds and the room's own."""

    CLAIM = "claim"
    RECOURSE = "recourse"
    REPURCHASE = "repurchase"
    TURNOVER = "turnover"
    DEPOSIT = "deposit"
    ON_ACCOUNT = "on_account"
    PAYOUT = "payout"
    RETURN = "return"
    CONTRA = "contra"
    BANK_CHARGE = "bank_charge"


ITEM_KINDS = frozenset(kind.value for kind in ItemKind)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something that a party still owes into escrow.

    ``party_id`` is who pays it; ``numbers`` are normalised (``number_normalise``).
    """

    kind: str
    ref: str
    party_id: int
    numbers: tuple[str, ...]
    due_date: date
    residual_minor: int
    currency: str = "CNY"
    label: str = ""


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """Money that came in and is not yet whose. ``payer_id`` is known only by its bank account."""

    id: int
    identity: str
    amount_minor: int
    booking_date: date
    remittance: str = ""
    references: tuple[RemittanceReference, ...] = ()
    payer_id: int | None = None
    payer_name: str = ""
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class MatchLine:
    """So much of an entry goes to this; a line that ``closes`` leaves nothing of the item open."""

    kind: str
    ref: str
    party_id: int
    amount_minor: int
    closes: bool = False


class Rule(StrEnum):
    """How a match was found, strongest first; below SUBSET nothing but a signed rule settles."""

    STRUCTURED = "structured"
    NUMBER = "number"
    EXACT = "exact"
    SUBSET = "subset"
    DEPOSIT = "deposit"
    OLDEST = "oldest"
    NAME = "name"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code with facts that a page puts into words."""

    code: str
    facts: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to place an entry. Only an ``automatic`` one settles without a person."""

    rule: Rule
    lines: tuple[MatchLine, ...]
    reasons: tuple[Reason, ...]
    is_unique: bool
    automatic: bool

    @property
    def amount_minor(self) -> int:
        """What the lines place in total."""
        return sum(line.amount_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class Application:
    """What cash application makes of one entry: the decision, or what a person may choose from."""

    entry_id: int
    decision: Proposal | None
    suggestions: tuple[Proposal, ...]
