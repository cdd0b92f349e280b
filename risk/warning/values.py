"""What a signal says of a firm: how bad, against which threshold, shown by which rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np

from risk.analysis import Analysis
from risk.facts import IntArray
from risk.findings import Evidence, Severity, evidence_of

ROWS_MOST: Final = 8
RANK: Final[Mapping[str, int]] = {Severity.INFO: 0, Severity.WARN: 1, Severity.HIGH: 2}
# A ratio has to end somewhere: what is a thousand times too much is no worse at a million.
PPM_MOST: Final = 1_000_000_000


class Signal(StrEnum):
    """What is watched. The words are stored: never rename."""

    ORDERS_CUT = "orders_cut"
    PAYMENT_SLIP = "payment_slip"
    CONCENTRATION_JUMP = "concentration_jump"
    MAIN_BUYER_LOST = "main_buyer_lost"
    NEW_CYCLE = "new_cycle"
    RECEIPTS_LAG = "receipts_lag"
    NEIGHBOUR_DEFAULT = "neighbour_default"
    LIMIT_USE = "limit_use"


@dataclass(frozen=True, slots=True)
class Sign:
    """One signal about one firm, as seen on a day.

    `subject` tells signals of one kind about one firm apart: the buyer that was lost, the
    ring, the limit; "" where there can be only one. `unit` of value and threshold: "ppm"
    (a share or a change), "deviations" (ppm of one standard deviation) or "count". The sign
    stands for `valid_days` unless it is seen again.
    """

    party_ref: str
    signal: Signal
    severity: Severity
    unit: str
    value: int
    threshold: int
    valid_days: int
    subject: str = ""
    facts: Mapping[str, int | str] = field(default_factory=lambda: MappingProxyType({}))
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """By which one sign is the same as another, from run to run."""
        return (self.party_ref, str(self.signal), self.subject)


def graver(severity: str, than: str) -> bool:
    """Whether one severity is above another."""
    return RANK[severity] > RANK[than]


def severity_of(is_high: bool) -> Severity:
    """High where a person is wanted today, else a warning."""
    return Severity.HIGH if is_high else Severity.WARN


def largest_rows(analysis: Analysis, rows: IntArray, weight: IntArray) -> tuple[Evidence, ...]:
    """The rows of greatest weight, the earlier row first where two weigh the same."""
    best = rows[np.argsort(-weight, kind="stable")[:ROWS_MOST]]
    return evidence_of(analysis.snapshot.flows, best.tolist())


def signs_sorted(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """In one fixed order, and each key once: the graver one where a signal is seen twice."""
    best: dict[tuple[str, str, str], Sign] = {}
    for sign in signs:
        seen = best.get(sign.key)
        if seen is None or graver(sign.severity, seen.severity):
            best[sign.key] = sign
    return tuple(best[key] for key in sorted(best))
