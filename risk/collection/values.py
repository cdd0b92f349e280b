"""What collection is told of a debt and of its debtor, and how much is made of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HORIZONS: Final = (7, 30, 60)


class Cause(StrEnum):
    """Why a debt is not paid: three causes kept apart, and not known yet."""

    DISPUTED = "disputed"
    CANNOT = "cannot"
    WILL_NOT = "will_not"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Debt:
    """Money that is owed and late, as the books of the business show it on a day.

    `kind`: "claim" (an obligor's), "recourse", "turnover", "repurchase" (a supplier's).
    `paid_minor` is what came for it so far.
    """

    key: str
    kind: str
    claim_ref: str
    debtor_ref: str
    debtor_name: str
    label: str
    currency: str
    open_minor: int
    paid_minor: int
    due_day: int
    days_late: int
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Debtor:
    """What is known of whoever owes, beyond the debt itself.

    `owed_minor` is all it owes the business, late or not; `late_minor` what of it is late.
    `paid_other_days` is how long ago it paid some other invoice (None: never seen).
    `promises_*` and `last_outcome` come from the desk's own log.
    """

    ref: str
    verdict: str = ""
    owed_minor: int = 0
    late_minor: int = 0
    usual_minor: int | None = None
    paid_other_days: int | None = None
    promises_kept: int = 0
    promises_broken: int = 0
    last_outcome: str = ""
    defaulted: bool = False


@dataclass(frozen=True, slots=True)
class ActionRule:
    """Something the desk can do: what it costs, and how it changes the daily rate of payment
    for each cause (ppm; 1,000,000 = not at all)."""

    code: str
    cost_minor: int
    disputed_ppm: int
    cannot_ppm: int
    will_not_ppm: int
    unclear_ppm: int

    def lift_ppm(self, cause: Cause) -> int:
        """By how much it multiplies the rate where this is the cause."""
        return int(getattr(self, f"{cause}_ppm"))


# Costs are a desk's ordinary minutes and fees in fen; lifts are judgement until outcomes tell.
ACTIONS: Final[tuple[ActionRule, ...]] = (
    ActionRule("wait", 0, 1_000_000, 1_000_000, 1_000_000, 1_000_000),
    ActionRule("remind", 500, 1_000_000, 1_050_000, 1_100_000, 1_150_000),
    ActionRule("call", 5_000, 1_050_000, 1_150_000, 1_300_000, 1_300_000),
    ActionRule("settle", 30_000, 2_500_000, 1_000_000, 1_000_000, 1_000_000),
    ActionRule("plan", 40_000, 1_000_000, 1_800_000, 1_100_000, 1_050_000),
    ActionRule("letter", 60_000, 1_000_000, 1_100_000, 1_700_000, 1_200_000),
    ActionRule("visit", 150_000, 1_200_000, 1_400_000, 1_900_000, 1_500_000),
)


@dataclass(frozen=True, slots=True)
class CollectionPolicy:
    """Figures of collection that no data has settled yet, with what they stand for.

    Times are days, amounts minor units, weights parts per million by which the daily rate of
    payment is multiplied. `prior_days` is how many days of others' lateness a debtor's own
    history has to outweigh.
    """

    version: str = "c1"
    prior_days: int = 60
    pool_days: int = 200
    disputed_ppm: int = 350_000
    kept_ppm: int = 1_300_000
    broken_ppm: int = 600_000
    promises_counted: int = 2
    large_ppm: int = 800_000
    large_multiple_ppm: int = 3_000_000
    distress_ppm: int = 500_000
    will_not_after_days: int = 5
    paid_other_within_days: int = 30
    late_share_cannot_ppm: int = 500_000
    late_share_after_days: int = 30
    actions: tuple[ActionRule, ...] = ACTIONS
