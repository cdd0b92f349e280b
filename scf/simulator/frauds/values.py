"""What a labelled case is, how many of each are wanted, and what a file of labels says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scf.simulator.values import Deal

FRAUD_KINDS = ("rings", "phantom", "duplicates", "cashout", "distress")
LOOKALIKE_KINDS = (
    "buy_back",
    "consignment",
    "subcontract",
    "seasonal",
    "standing_order",
    "reissue",
    "self_delivery",
    "cash_pool",
    "trade_return",
    "dip",
    "shrinking",
)
ALL_COUNT = 5
LABELS_NAME = "labels.csv"
LABEL_HEADER = (
    "case_id",
    "kind",
    "label",
    "party_codes",
    "document_numbers",
    "first_date",
    "last_date",
    "note",
)


@dataclass(slots=True)
class Case:
    """One thing that happened on purpose. `documents` may grow while the chain is written."""

    case_id: str
    kind: str
    is_fraud: bool
    parties: tuple[str, ...]
    first_date: date
    last_date: date
    documents: list[str] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    note: str = ""

    def row(self) -> tuple[str, ...]:
        """A row of labels.csv; lists are separated by blanks."""
        return (
            self.case_id,
            self.kind,
            "fraud" if self.is_fraud else "honest",
            " ".join(self.parties),
            " ".join(self.documents),
            self.first_date.isoformat(),
            self.last_date.isoformat(),
            self.note,
        )


@dataclass(frozen=True, slots=True)
class Payout:
    """Financed cash that the platform paid to a firm on a day."""

    day: date
    code: str
    amount_minor: int


def counts_read(*, text: str, kinds: tuple[str, ...]) -> dict[str, int]:
    """`rings=5,phantom=3`, `all` (five of each) or `none` -> kind and how many.

    Raises ValueError for a kind that does not exist or a count that is no whole number.
    """
    if text in ("none", ""):
        return {}
    if text == "all":
        return dict.fromkeys(kinds, ALL_COUNT)
    found: dict[str, int] = {}
    for part in text.split(","):
        name, _, count = part.partition("=")
        if name.strip() not in kinds:
            raise ValueError(f"{name.strip()}: one of {', '.join(kinds)}")
        found[name.strip()] = max(int(count), 0)
    return found


def wanted_any(*counts: Mapping[str, int]) -> bool:
    """Whether anything at all is wanted."""
    return any(count for each in counts for count in each.values())
