"""Alarms against labels: recall and precision by kind, false alarms by what caused them. Pure.

An alarm is one suspicion: a ring of firms, or a firm under one check. It is right when a
labelled case of its kind has that firm (for rings: when the two sets of firms share at least
half of all firms in either). A case is found when any alarm is right about it. An alarm about
firms of a fraud of another kind is neither right nor false: they are no honest firms.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HALF_PPM, PPM = 500_000, 1_000_000
Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Label:
    """A row of labels.csv; firms by reference."""

    case_id: str
    kind: str
    is_fraud: bool
    parties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alarm:
    """One suspicion of a kind."""

    kind: str
    parties: frozenset[str]


@dataclass(slots=True)
class Score:
    """Counts of one kind, to be added up over chains."""

    cases: int = 0
    found: int = 0
    alarms: int = 0
    right: int = 0
    elsewhere: int = 0  # about firms of another fraud
    false_by_cause: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another chain's too."""
        self.cases += other.cases
        self.found += other.found
        self.alarms += other.alarms
        self.right += other.right
        self.elsewhere += other.elsewhere
        self.false_by_cause += other.false_by_cause
        self.missed += other.missed

    def recall(self) -> float | None:
        """Found share of the cases; None without any."""
        return round(self.found / self.cases, 4) if self.cases else None

    def precision(self) -> float | None:
        """Right share of the alarms that are right or false; None without any."""
        judged = self.alarms - self.elsewhere
        return round(self.right / judged, 4) if judged else None

    def data(self) -> dict[str, object]:
        """For the JSON line."""
        return {
            "cases": self.cases,
            "found": self.found,
            "recall": self.recall(),
            "recall_between": wilson(right=self.found, of=self.cases),
            "missed": self.missed,
            "alarms": self.alarms,
            "right": self.right,
            "other_fraud": self.elsewhere,
            "precision": self.precision(),
            "precision_between": wilson(right=self.right, of=self.alarms - self.elsewhere),
            "false_alarms": dict(sorted(self.false_by_cause.items())),
        }


def wilson(*, right: int, of: int) -> list[float] | None:
    """Where a share that was `right` of `of` lies with 95% confidence (Wilson's interval)."""
    if not of:
        return None
    share, spread = right / of, Z95**2 / of
    middle = share + spread / 2
    half = Z95 * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return [round(max((middle + way * half) / (1 + spread), 0.0), 3) for way in (-1, 1)]


def labels_read(*, path: Path, codes: Mapping[str, str]) -> list[Label]:
    """The labels of a simulated chain; firms that the reader did not meet are left out."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            Label(
                row["case_id"],
                row["kind"],
                row["label"] == "fraud",
                frozenset(codes[code] for code in row["party_codes"].split() if code in codes),
            )
            for row in csv.DictReader(stream)
        ]


def chain_score(
    *, labels: Sequence[Label], alarms: Iterable[Alarm], kinds: Iterable[str], chain: str = ""
) -> dict[str, Score]:
    """Score of every kind on one chain; `chain` goes before the ids of missed cases."""
    scores = {kind: Score() for kind in kinds}
    found: set[str] = set()
    for alarm in sorted(set(alarms), key=lambda each: (each.kind, sorted(each.parties))):
        score = scores[alarm.kind]
        score.alarms += 1
        own = [
            label
            for label in labels
            if label.is_fraud and label.kind == alarm.kind and _about(alarm, label)
        ]
        if own:
            score.right += 1
            found.update(label.case_id for label in own)
            continue
        about = [label for label in labels if _about(alarm, label)]
        if any(label.is_fraud for label in about):
            score.elsewhere += 1
        else:
            honest = sorted(label.kind for label in about)
            score.false_by_cause[honest[0] if honest else "ordinary"] += 1
    for label in labels:
        if label.is_fraud and label.kind in scores:
            scores[label.kind].cases += 1
            scores[label.kind].found += label.case_id in found
            if label.case_id not in found:
                scores[label.kind].missed.append(f"{chain}{label.case_id}")
    return scores


def _about(alarm: Alarm, label: Label) -> bool:
    """Whether the alarm speaks of the case's firms."""
    both = len(alarm.parties & label.parties)
    if len(alarm.parties) == 1:
        return both == 1
    return both * PPM >= HALF_PPM * len(alarm.parties | label.parties)
