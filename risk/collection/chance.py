"""The chance that a debt is paid within 7, 30 and 60 days, and what it is made of.

The debtor's daily rates by lateness (`risk.collection.hazard`) are multiplied by what is known
beyond them: disputed, promises kept and broken, much larger than usual, in distress. The chance
over k days is 1 - exp(-sum of the rates of the days to come), so that it can only grow with k.
A scorecard that learned from outcomes may stand in for all of it (`ChanceModel`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from ledger.rates import PPM
from risk.collection.hazard import BANDS, Hazards
from risk.collection.values import HORIZONS, CollectionPolicy, Debt, Debtor

_RATE_MOST: Final = 5.0


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that raised or lowered the chance: a code, the figure behind it, and by how much
    the daily rate was multiplied (ppm)."""

    code: str
    value: int
    multiplier_ppm: int


@dataclass(frozen=True, slots=True)
class Chance:
    """Chances in ppm by horizon, rounded down, and the factors in the order they were taken."""

    ppm: Mapping[int, int]
    factors: tuple[Factor, ...]


class ChanceModel(Protocol):
    """Whatever tells how likely a debt is paid: the rates below, or a trained scorecard."""

    def chance(self, debt: Debt, debtor: Debtor, *, lift_ppm: int = PPM) -> Chance:
        """Chances by horizon, growing with it; `lift_ppm` is what an action does to the rate."""


@dataclass(frozen=True, slots=True)
class HazardModel:
    """Chances by the debtor's own rates of payment and the documented factors."""

    hazards: Hazards
    policy: CollectionPolicy

    def chance(self, debt: Debt, debtor: Debtor, *, lift_ppm: int = PPM) -> Chance:
        """As `ChanceModel`; amounts do not matter but for being far above the usual."""
        factors = _factors(debt, debtor, self.policy)
        multiplier = lift_ppm / PPM * math.prod(one.multiplier_ppm / PPM for one in factors)
        rates = self.hazards.of(debt.debtor_ref)
        chances = {}
        for horizon in HORIZONS:
            total = multiplier * _rate_over(rates, debt.days_late, horizon)
            chances[horizon] = math.floor(-math.expm1(-total) * PPM)
        own = self.hazards.histories.get(debt.debtor_ref)
        base = Factor("history", own.late if own else 0, PPM)
        return Chance(chances, (base, *factors))


def expected_minor(open_minor: int, chance_ppm: int) -> int:
    """What is expected to come in, rounded down: never more than is open."""
    return max(0, open_minor) * min(max(chance_ppm, 0), PPM) // PPM


def _rate_over(rates: Sequence[float], days_late: int, horizon: int) -> float:
    """Sum of the daily rates of the `horizon` days that follow; not yet late counts as day 0."""
    start = max(0, days_late)
    total = 0.0
    for band, first in enumerate(BANDS):
        last = BANDS[band + 1] if band + 1 < len(BANDS) else start + horizon
        total += rates[band] * max(0, min(start + horizon, last) - max(start, first))
    return min(total, _RATE_MOST * horizon)


def _factors(debt: Debt, debtor: Debtor, policy: CollectionPolicy) -> tuple[Factor, ...]:
    found = []
    if debt.is_disputed:
        found.append(Factor("disputed", 1, policy.disputed_ppm))
    for code, count, weight in (
        ("promises_kept", debtor.promises_kept, policy.kept_ppm),
        ("promises_broken", debtor.promises_broken, policy.broken_ppm),
    ):
        if count:
            times = min(count, policy.promises_counted)
            found.append(Factor(code, count, weight**times // PPM ** (times - 1)))
    usual = debtor.usual_minor
    if usual and debt.open_minor * PPM > usual * policy.large_multiple_ppm:
        multiple = debt.open_minor * PPM // usual
        found.append(Factor("large", multiple, policy.large_ppm))
    if debtor.verdict == "DISTRESS" or debtor.defaulted:
        found.append(Factor("distress", 1, policy.distress_ppm))
    return tuple(found)
