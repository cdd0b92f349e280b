"""Words and facts of the trade room. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Reason = Mapping[str, str | int]


class DocumentKind(StrEnum):
    ORDER = "order"
    DESPATCH = "despatch"
    RECEIPT = "receipt"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"


class Direction(StrEnum):
    """Seen from the company whose books the document comes from."""

    PURCHASE = "purchase"
    SALES = "sales"


class LineType(StrEnum):
    STANDARD = "standard"
    CONSIGNMENT = "consignment"
    BUY_BACK = "buy_back"
    FREE = "free"
    RETURN = "return"


# Not sold for good: the goods, or the claim on them, may come back.
UNSOLD_TYPES = frozenset({LineType.CONSIGNMENT, LineType.BUY_BACK})


class Movement(StrEnum):
    RECEIPT = "receipt"
    REVERSAL = "reversal"
    RETURN = "return"
    RETURN_REVERSAL = "return_reversal"

    @property
    def sign(self) -> int:
        """+1 when goods are with the buyer afterwards, -1 when they are not."""
        return 1 if self in (Movement.RECEIPT, Movement.RETURN_REVERSAL) else -1


class MatchState(StrEnum):
    """The match axis; the order is from good to bad, and a document takes its worst line's."""

    MATCHED = "matched"
    TOLERANCE = "tolerance"
    AWAITING_INVOICE = "awaiting_invoice"
    AWAITING_RECEIPT = "awaiting_receipt"
    OVER_QUANTITY = "over_quantity"
    PRICE_BLOCK = "price_block"
    NO_ORDER = "no_order"
    DUPLICATE = "duplicate"
    REVERSED = "reversed"

    @property
    def passes(self) -> bool:
        """May be offered as far as the documents go."""
        return self in (MatchState.MATCHED, MatchState.TOLERANCE)


_RANK = {state: rank for rank, state in enumerate(MatchState)}


def match_state_worst(*states: MatchState) -> MatchState:
    """The state of a document from the states of its lines."""
    return max(states, key=_RANK.__getitem__)


@dataclass(frozen=True, slots=True)
class ReceivableFacts:
    """What an invoice is worth as a claim. Amounts in minor units of ``currency``.

    ``face_minor`` is the gross amount as invoiced and never changes with later documents;
    ``credited_minor`` and ``paid_minor`` are what credit notes and the ERP's own payments took
    off. ``supported_minor`` is min(order, receipt, invoice) at the lower price, less those;
    ``financeable_minor`` equals it while the match passes, and is 0 otherwise. Earlier
    financing is not taken off here: that is known to the financing room.
    """

    id: int
    programme_id: int
    supplier_id: int
    obligor_id: int
    invoice_id: int
    invoice_version_id: int
    invoice_number: str
    number_key: str
    fiscal_year: int
    currency: str
    invoice_date: date
    due_date: date | None
    face_minor: int
    credited_minor: int
    paid_minor: int
    supported_minor: int
    financeable_minor: int
    match_state: MatchState
    reasons: tuple[Reason, ...]
    content_hash: str
    item_name: str

    @property
    def is_ready(self) -> bool:
        """The documents agree and there is something to finance."""
        return self.match_state.passes and self.financeable_minor > 0


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """One credit note's part on one receivable, gross, in minor units."""

    receivable_id: int
    credit_id: int
    credit_version_id: int
    number: str
    credit_date: date
    gross_minor: int
