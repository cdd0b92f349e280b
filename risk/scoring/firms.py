"""A card over a whole chain: every judged firm's score, and how far the chain has drifted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from risk.arrays import BoolArray
from risk.chain.position import MeasureColumn
from risk.facts import IntArray
from risk.scoring.card import (
    Card,
    Scored,
    card_drift,
    card_hash,
    card_load,
    card_score,
)
from risk.scoring.features import firm_columns
from risk.scoring.values import NOTHING
from risk.signals.values import Signals

# Drift by state: too few firms to tell, as trained, watch, do not use.
DRIFTS: Final = ("few", "ok", "warn", "stop")


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """A card applied to a chain. `judged` marks the firms with a score: an abstained verdict
    has none. `drift_ppm` is the PSI of the score and of each feature over these firms."""

    card: Card
    card_hash: str
    columns: Mapping[str, IntArray]
    judged: BoolArray
    drift_ppm: Mapping[str, int]
    drift: str


def scores_measure(
    text: str,
    *,
    signals: Sequence[Signals],
    measures: Sequence[MeasureColumn],
    judged: BoolArray,
    warn_ppm: int,
    stop_ppm: int,
    least_firms: int,
) -> Scores | None:
    """Apply the card of a policy (its canonical JSON); None where the policy has none.

    Raises `risk.card_invalid`, also for a card with a feature that an analysis lacks.
    """
    if not text:
        return None
    card = card_load(json.loads(text))
    known = firm_columns(signals, measures)
    blank = np.full(len(signals), NOTHING, dtype=np.int64)
    columns = {one.spec.code: known.get(one.spec.code, blank) for one in card.features}
    kept = {code: values[judged] for code, values in columns.items()}
    firms = int(judged.sum())
    drift = card_drift(card, kept) if firms else {}
    return Scores(
        card=card,
        card_hash=card_hash(card),
        columns=columns,
        judged=judged,
        drift_ppm=drift,
        drift=drift_state(
            drift.get("score", 0),
            firms=firms,
            warn_ppm=warn_ppm,
            stop_ppm=stop_ppm,
            least_firms=least_firms,
        ),
    )


def drift_state(psi_ppm: int, *, firms: int, warn_ppm: int, stop_ppm: int, least_firms: int) -> str:
    """One of `DRIFTS`: a few firms always look different from many, so they tell nothing."""
    if firms < least_firms:
        return "few"
    if psi_ppm >= stop_ppm:
        return "stop"
    return "warn" if psi_ppm >= warn_ppm else "ok"


def firm_scored(scores: Scores, firm: int) -> Scored | None:
    """One firm's score; None where the verdict abstained."""
    if not scores.judged[firm]:
        return None
    values = {code: int(column[firm]) for code, column in scores.columns.items()}
    known = {code: None if value == NOTHING else value for code, value in values.items()}
    return card_score(scores.card, known)


def score_data(scores: Scores | None, firm: int) -> dict[str, Any] | None:
    """The score block of a report; None without a card or a judgement."""
    scored = None if scores is None else firm_scored(scores, firm)
    if scores is None or scored is None:
        return None
    return {
        "card": scores.card.name,
        "card_hash": scores.card_hash,
        "origin": str(scores.card.facts["origin"]),
        "score": scored.score,
        "pd_ppm": scored.pd_ppm,
        "base_points": scores.card.base_points,
        "points": dict(scored.points),
        "reasons": [
            {
                "feature": one.feature,
                "unit": one.unit,
                "value": one.value,
                "points": one.points,
                "points_lost": one.points_lost,
            }
            for one in scored.reasons
        ],
        "psi": {
            "state": scores.drift,
            "score_ppm": scores.drift_ppm["score"],
            "firms": int(scores.judged.sum()),
            "features": {k: v for k, v in scores.drift_ppm.items() if k != "score"},
        },
        "usable": scores.drift != "stop",
    }
