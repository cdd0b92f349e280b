"""What training reads and what it gives back: labelled rows, feature definitions, bins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from risk.arrays import BoolArray
from risk.facts import IntArray

NOTHING: Final = int(np.iinfo(np.int64).min)  # a figure that is not known
CARDS: Final = ("application", "fraud", "transaction", "collection")
SCORE_LEAST: Final = 350
SCORE_MOST: Final = 950
SCORE_AT_EVEN: Final = 650  # points at odds of 30 good to 1 bad
ODDS_AT_EVEN: Final = 30
POINTS_TO_DOUBLE: Final = 60


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """One figure a card may use.

    `direction` is +1 where a larger figure is riskier, -1 where it is safer, 0 to be learned.
    `special` values get bins of their own; `labels` names the values of a category, which are
    all special. `known` says when the figure is known: "decision", or the column of the date on
    which it became known.
    """

    code: str
    unit: str = "count"
    direction: int = 0
    special: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    known: str = "decision"


@dataclass(frozen=True, slots=True, eq=False)
class LabelledRows:
    """Rows to learn from. `bad` is 0 or 1; `day` is the day of the decision.

    `known_day`, where given, is the day on which a row's outcome was known: a row trains only
    when that was before the split. `feature_days` holds, for a feature that became known on a
    date of its own, that day. `data_hash` is the SHA-256 of the bytes the rows were read from.
    """

    specs: tuple[FeatureSpec, ...]
    columns: Mapping[str, IntArray]
    bad: IntArray
    day: IntArray
    data_hash: str
    known_day: IntArray | None = None
    feature_days: Mapping[str, IntArray] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.bad)

    def rows(self, keep: IntArray | BoolArray) -> "LabelledRows":
        """The kept rows only."""
        return LabelledRows(
            specs=self.specs,
            columns={code: values[keep] for code, values in self.columns.items()},
            bad=self.bad[keep],
            day=self.day[keep],
            data_hash=self.data_hash,
            known_day=None if self.known_day is None else self.known_day[keep],
            feature_days={code: days[keep] for code, days in self.feature_days.items()},
        )


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows of a bin. `upto` is the largest value in it (None: no upper end, or no range);
    `woe_micro` = ln(share of the good / share of the bad) in millionths."""

    good: int
    bad: int
    woe_micro: int
    upto: int | None = None
    special: int | None = None

    @property
    def total(self) -> int:
        """Good and bad together."""
        return self.good + self.bad


@dataclass(frozen=True, slots=True)
class Bins:
    """A feature cut up: ranges in ascending order, then special values, then what is missing.

    Weights rise or fall all the way through `ranges` (direction -1 or +1 in risk).
    """

    ranges: tuple[Bin, ...]
    specials: tuple[Bin, ...]
    missing: Bin
    direction: int
    iv_micro: int

    def all(self) -> tuple[Bin, ...]:
        """Every bin, in the order of their places."""
        return (*self.ranges, *self.specials, self.missing)
