"""A scorecard: whole numbers, canonical bytes, a hash; and what it says of one row.

score = 650 + (60 / ln 2) x ln(odds / 30), odds good to bad: 60 points double them. Each bin of
a feature is worth a whole number of points, the score is their sum and the card's base,
clipped to 350-950. So the points a reader adds up by hand are the score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import log
from typing import Any, Final

import numpy as np

from ledger.errors import DomainError
from ledger.rates import PPM
from risk.canonical import canonical_bytes, sha256_hex
from risk.facts import IntArray
from risk.scoring.binning import bins_place
from risk.scoring.measuring import psi
from risk.scoring.values import (
    NOTHING,
    ODDS_AT_EVEN,
    POINTS_TO_DOUBLE,
    SCORE_AT_EVEN,
    SCORE_LEAST,
    SCORE_MOST,
    Bin,
    Bins,
    FeatureSpec,
)

SCHEMA: Final = 1
FACTOR: Final = POINTS_TO_DOUBLE / log(2)
REASONS_MOST: Final = 4
Columns = Mapping[str, IntArray]


@dataclass(frozen=True, slots=True)
class CardFeature:
    """A feature, its bins, its slope on the weights, and the points of every bin in order."""

    spec: FeatureSpec
    bins: Bins
    slope_micro: int
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A trained card. `pd_ppm` holds a chance for every score from 350 to 950.

    `score_ends` and `score_counts` are the training scores in ranges, for drift; `facts` says
    where it comes from: windows, hashes, seed, metrics, calibration, origin.
    """

    name: str
    features: tuple[CardFeature, ...]
    base_points: int
    pd_ppm: tuple[int, ...]
    score_ends: tuple[int, ...]
    score_counts: tuple[int, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """What a feature cost: points below its best range. `value` None where it is not known."""

    feature: str
    unit: str
    value: int | None
    points: int
    points_lost: int


@dataclass(frozen=True, slots=True)
class Scored:
    """One row's score, its chance of bad, what each feature gave, and the top reasons."""

    score: int
    pd_ppm: int
    points: Mapping[str, int]
    reasons: tuple[Reason, ...]


def score_of(log_odds: float) -> int:
    """650 + (60 / ln 2) x (log odds - ln 30), a whole number from 350 to 950."""
    raw = round(SCORE_AT_EVEN + FACTOR * (log_odds - log(ODDS_AT_EVEN)))
    return max(SCORE_LEAST, min(SCORE_MOST, raw))


def card_points(card: Card, columns: Columns) -> IntArray:
    """Points of every row and feature (rows x features)."""
    rows = [
        np.array(one.points, dtype=np.int64)[bins_place(one.bins, columns[one.spec.code])]
        for one in card.features
    ]
    return np.stack(rows, axis=1)


def card_scores(card: Card, columns: Columns) -> IntArray:
    """Scores of many rows at once; every feature of the card must have a column."""
    total = card.base_points + card_points(card, columns).sum(axis=1)
    found: IntArray = np.clip(total, SCORE_LEAST, SCORE_MOST)
    return found


def card_chances(card: Card, scores: IntArray) -> IntArray:
    """Calibrated chance of bad in ppm of each score."""
    found: IntArray = np.array(card.pd_ppm, dtype=np.int64)[scores - SCORE_LEAST]
    return found


def card_score(card: Card, values: Mapping[str, int | None]) -> Scored:
    """One row; a feature without a value counts as missing."""
    known = {one.spec.code: _single(values.get(one.spec.code)) for one in card.features}
    points = card_points(card, known)[0].tolist()
    score = max(SCORE_LEAST, min(SCORE_MOST, card.base_points + sum(points)))
    reasons = [
        Reason(
            feature=one.spec.code,
            unit=one.spec.unit,
            value=values.get(one.spec.code),
            points=got,
            points_lost=max(one.points[: max(1, len(one.bins.ranges))]) - got,
        )
        for one, got in zip(card.features, points, strict=True)
    ]
    lost = sorted(
        (each for each in reasons if each.points_lost > 0), key=lambda each: -each.points_lost
    )
    return Scored(
        score=score,
        pd_ppm=card.pd_ppm[score - SCORE_LEAST],
        points={one.spec.code: got for one, got in zip(card.features, points, strict=True)},
        reasons=tuple(lost[:REASONS_MOST]),
    )


def card_drift(card: Card, columns: Columns) -> dict[str, int]:
    """PSI in ppm of the score ("score") and of each feature against the training rows."""
    scores = card_scores(card, columns)
    now = np.bincount(
        np.searchsorted(np.array(card.score_ends), scores, side="left"),
        minlength=len(card.score_counts),
    )
    found = {"score": round(psi(card.score_counts, now) * PPM)}
    for one in card.features:
        place = bins_place(one.bins, columns[one.spec.code])
        counts = np.bincount(place, minlength=len(one.bins.all()))
        was = [each.total for each in one.bins.all()]
        found[one.spec.code] = round(psi(was, counts) * PPM)
    return found


def card_data(card: Card) -> dict[str, Any]:
    """The card as plain data, whole numbers only."""
    return {
        "schema": SCHEMA,
        "name": card.name,
        "base_points": card.base_points,
        "features": [
            {
                **asdict(one.spec),
                "direction": one.bins.direction,
                "iv_micro": one.bins.iv_micro,
                "slope_micro": one.slope_micro,
                "ranges": [asdict(each) for each in one.bins.ranges],
                "specials": [asdict(each) for each in one.bins.specials],
                "missing": asdict(one.bins.missing),
                "points": list(one.points),
            }
            for one in card.features
        ],
        "pd_ppm": list(card.pd_ppm),
        "score_ends": list(card.score_ends),
        "score_counts": list(card.score_counts),
        "facts": dict(card.facts),
    }


def card_bytes(card: Card) -> bytes:
    """The card's canonical bytes."""
    return canonical_bytes(card_data(card))


def card_hash(card: Card) -> str:
    """SHA-256 of the canonical bytes."""
    return sha256_hex(card_bytes(card))


def card_load(data: Mapping[str, Any]) -> Card:
    """A card from its data. Raises `risk.card_invalid` where a part is missing or does not fit."""
    try:
        card = Card(
            name=data["name"],
            features=tuple(_feature(one) for one in data["features"]),
            base_points=int(data["base_points"]),
            pd_ppm=tuple(data["pd_ppm"]),
            score_ends=tuple(data["score_ends"]),
            score_counts=tuple(data["score_counts"]),
            facts=dict(data["facts"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError("risk.card_invalid", problem=str(error)) from None
    fits = (
        data.get("schema") == SCHEMA
        and card.features
        and len(card.pd_ppm) == SCORE_MOST - SCORE_LEAST + 1
        and all(len(one.points) == len(one.bins.all()) for one in card.features)
        and len(card.score_counts) == len(card.score_ends) + 1
    )
    if not fits:
        raise DomainError("risk.card_invalid", problem="schema")
    return card


def _feature(data: Mapping[str, Any]) -> CardFeature:
    spec = FeatureSpec(
        code=data["code"],
        unit=data["unit"],
        direction=data["direction"],
        special=tuple(data["special"]),
        labels=tuple(data["labels"]),
        known=data["known"],
    )
    bins = Bins(
        ranges=tuple(Bin(**one) for one in data["ranges"]),
        specials=tuple(Bin(**one) for one in data["specials"]),
        missing=Bin(**data["missing"]),
        direction=data["direction"],
        iv_micro=data["iv_micro"],
    )
    return CardFeature(spec, bins, int(data["slope_micro"]), tuple(data["points"]))


def _single(value: int | None) -> IntArray:
    return np.array([NOTHING if value is None else value], dtype=np.int64)
