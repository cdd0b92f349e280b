"""Who gets how many units. Pure, deterministic, explained per bid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.quantity import split_largest_remainder


@dataclass(frozen=True, slots=True)
class Bid:
    """A held subscription; ids rise with time, so a tie goes to the earlier one."""

    id: int
    units: int


@dataclass(frozen=True, slots=True)
class Allotment:
    """Asked, the whole part of the pro-rata share, one more unit for the remainder or not, given."""

    id: int
    asked: int
    whole: int
    remainder_unit: int
    given: int
    released: int


def allot_pro_rata(*, units: int, bids: Sequence[Bid]) -> list[Allotment]:
    """Largest remainder (Hare quota) over the bids; no bid gets more than it asked for.

    When the bids do not exceed the units everybody gets what they asked for.
    """
    asked = sum(bid.units for bid in bids)
    available = min(units, asked)
    given = split_largest_remainder(available, [(bid.id, bid.units) for bid in bids])
    rows = []
    for bid in bids:
        whole = available * bid.units // asked
        rows.append(
            Allotment(
                id=bid.id,
                asked=bid.units,
                whole=whole,
                remainder_unit=given[bid.id] - whole,
                given=given[bid.id],
                released=bid.units - given[bid.id],
            )
        )
    return rows
