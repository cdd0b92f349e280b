"""From labelled rows to a card, without looking ahead.

The split is a day: rows decided before it train, provided their outcome was known by then;
rows from it on are only measured. A feature that became known after the decision, or that
tells the outcome all by itself, is refused by name.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any, Final

import numpy as np

from ledger.errors import DomainError
from ledger.rates import PPM
from risk.arrays import FloatArray
from risk.facts import EPOCH, IntArray
from risk.scoring.binning import BinRules, bins_fit, bins_weights
from risk.scoring.calibrating import METHODS, calibrate, method_for
from risk.scoring.card import FACTOR, Card, CardFeature, card_chances, card_scores
from risk.scoring.logistic import LogisticFit, logistic_fit
from risk.scoring.measuring import (
    auc,
    auc_interval,
    brier,
    calibration_error,
    deciles,
    gini,
    ks,
    roc,
)
from risk.scoring.values import (
    CARDS,
    NOTHING,
    ODDS_AT_EVEN,
    SCORE_AT_EVEN,
    Bins,
    FeatureSpec,
    LabelledRows,
)

LEAST_OF_A_KIND: Final = 20
INFORMATION_LEAST_MICRO: Final = 20_000
TELLING: Final = 0.98  # a single figure that ranks better than this is the outcome in disguise
ROC_SHOWN: Final = 50
SCORE_RANGES: Final = 8


def leaks_check(rows: LabelledRows) -> None:
    """Raises `risk.feature_leaks`: known after the decision, or as good as the outcome."""
    for code, days in rows.feature_days.items():
        late = int(((days != NOTHING) & (days > rows.day)).sum())
        if late:
            raise DomainError("risk.feature_leaks", feature=code, rows=late)
    if min(int(rows.bad.sum()), int((1 - rows.bad).sum())) < LEAST_OF_A_KIND:
        return
    for spec in rows.specs:
        found = auc(rows.bad, _ranked(rows.columns[spec.code], rows.bad, spec))
        if max(found, 1 - found) >= TELLING:
            raise DomainError("risk.feature_leaks", feature=spec.code, rows=len(rows))


def card_train(
    rows: LabelledRows,
    *,
    name: str,
    split_day: int,
    seed: int = 1,
    origin: str = "institution",
    ridge: float = 1e-3,
    rules: BinRules | None = None,
) -> Card:
    """Bins, slopes, points; measured on what follows the split; chances from the training rows
    until `card_calibrate` is given a later period.

    Raises `risk.card_kind`, `risk.feature_leaks`, `risk.card_few`, `risk.card_nothing`
    (no feature says anything) and `risk.card_unsettled`.
    """
    if name not in CARDS:
        raise DomainError("risk.card_kind", card=name)
    past = rows.day < split_day
    if rows.known_day is not None:
        past &= rows.known_day < split_day
    train, later = rows.rows(past), rows.rows(rows.day >= split_day)
    _enough_check(train)
    leaks_check(train)
    kept, fit = _fit(train, ridge, rules)
    features = tuple(
        _feature(spec, bins, slope) for (spec, bins), slope in zip(kept, fit.slopes, strict=True)
    )
    base = round(SCORE_AT_EVEN + FACTOR * (-fit.intercept - np.log(ODDS_AT_EVEN)))
    bare = Card(name, features, base, (0,) * 601, (), (), {})
    scores = card_scores(bare, train.columns)
    ends = tuple(
        int(v)
        for v in np.unique(
            np.quantile(scores, np.linspace(0, 1, SCORE_RANGES + 1)[1:-1], method="inverted_cdf")
        )
    )
    counts = np.bincount(np.searchsorted(ends, scores, side="left"), minlength=len(ends) + 1)
    card = replace(
        bare,
        pd_ppm=calibrate(scores, train.bad, method=method_for(len(train))),
        score_ends=ends,
        score_counts=tuple(int(n) for n in counts),
    )
    facts: dict[str, Any] = {
        "origin": origin,
        "seed": seed,
        "ridge_micro": round(ridge * PPM),
        "rules": asdict(rules or BinRules()),
        "data_hash": rows.data_hash,
        "split_date": _date(split_day),
        "training": _window(train),
        "steps": fit.steps,
        "left_out": sorted({s.code for s in rows.specs} - {s.code for s, _ in kept}),
        "calibration": {"method": method_for(len(train)), "on": "training", **_window(train)},
        "metrics": {"training": card_measure(card, train, seed=seed)},
    }
    if len(later):
        facts["metrics"]["later"] = card_measure(card, later, seed=seed)
    return replace(card, facts=facts)


def card_calibrate(card: Card, rows: LabelledRows, *, method: str = "") -> Card:
    """The same points with chances fitted on a later period.

    `method`: platt, isotonic, or blank to go by the number of rows. Raises
    `risk.calibration_early` unless every row is from the split day on, `risk.card_few`.
    """
    first = int(rows.day.min()) if len(rows) else NOTHING
    if _date(first) < str(card.facts["split_date"]):
        raise DomainError("risk.calibration_early", split=str(card.facts["split_date"]))
    _enough_check(rows)
    chosen = method if method in METHODS else method_for(len(rows))
    scores = card_scores(card, rows.columns)
    found = replace(card, pd_ppm=calibrate(scores, rows.bad, method=chosen))
    metrics = {
        **card.facts["metrics"],
        "calibration": card_measure(found, rows, seed=int(card.facts["seed"])),
    }
    facts = {
        **card.facts,
        "metrics": metrics,
        "calibration": {
            "method": chosen,
            "on": "later",
            "data_hash": rows.data_hash,
            **_window(rows),
        },
    }
    return replace(found, facts=facts)


def card_measure(card: Card, rows: LabelledRows, *, seed: int) -> dict[str, Any]:
    """Ranking, separation and calibration of a card on rows, in ppm."""
    scores = card_scores(card, rows.columns)
    risk = -scores.astype(np.float64)
    chance = card_chances(card, scores) / PPM
    wrong, right = roc(rows.bad, risk)
    shown = np.unique(np.linspace(0, len(wrong) - 1, ROC_SHOWN).astype(int))
    low, high = auc_interval(rows.bad, risk, seed=seed)
    return {
        **_window(rows),
        "auc_ppm": _ppm(auc(rows.bad, risk)),
        "auc_low_ppm": _ppm(low),
        "auc_high_ppm": _ppm(high),
        "gini_ppm": _ppm(gini(rows.bad, risk)),
        "ks_ppm": _ppm(ks(rows.bad, risk)),
        "brier_ppm": _ppm(brier(rows.bad, chance)),
        "ece_ppm": _ppm(calibration_error(rows.bad, chance)),
        "roc_ppm": [[_ppm(float(wrong[i])), _ppm(float(right[i]))] for i in shown],
        "deciles_ppm": [[_ppm(a), _ppm(b)] for a, b in deciles(rows.bad, chance)],
    }


def _fit(
    train: LabelledRows, ridge: float, rules: BinRules | None
) -> tuple[list[tuple[FeatureSpec, Bins]], LogisticFit]:
    """Features that say something, with slopes that all point the same way as their bins.

    A slope below zero would turn a feature against its own history (it only corrects
    another one): such features leave, the worst first, and the rest is fitted again.
    """
    kept = []
    for spec in train.specs:
        bins = bins_fit(
            train.columns[spec.code],
            train.bad,
            direction=spec.direction,
            special=spec.special,
            rules=rules,
        )
        if bins.iv_micro >= INFORMATION_LEAST_MICRO and len(set(_weights(bins))) > 1:
            kept.append((spec, bins))
    while kept:
        weights = [bins_weights(bins, train.columns[spec.code]) for spec, bins in kept]
        x: FloatArray = -np.stack(weights, axis=1)
        fit = logistic_fit(x, train.bad.astype(np.float64), ridge=ridge)
        worst = int(np.argmin(fit.slopes))
        if fit.slopes[worst] > 0:
            return kept, fit
        kept.pop(worst)
    raise DomainError("risk.card_nothing")


def _weights(bins: Bins) -> list[int]:
    return [one.woe_micro for one in bins.all() if one.total]


def _feature(spec: FeatureSpec, bins: Bins, slope: float) -> CardFeature:
    points = tuple(round(FACTOR * slope * one.woe_micro / PPM) for one in bins.all())
    learned = replace(spec, direction=bins.direction)
    return CardFeature(learned, bins, round(slope * PPM), points)


def _ranked(values: IntArray, bad: IntArray, spec: FeatureSpec) -> FloatArray:
    """A figure as risk: itself, or for a category the share of bad of each label."""
    if not spec.labels:
        return values.astype(np.float64)
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    share: FloatArray = (np.bincount(place, weights=bad) / count)[place]
    return share


def _enough_check(rows: LabelledRows) -> None:
    bads = int(rows.bad.sum())
    if min(bads, len(rows) - bads) < LEAST_OF_A_KIND:
        raise DomainError("risk.card_few", good=len(rows) - bads, bad=bads)


def _window(rows: LabelledRows) -> dict[str, Any]:
    days = rows.day
    return {
        "from": _date(int(days.min())) if len(days) else "",
        "until": _date(int(days.max())) if len(days) else "",
        "rows": len(rows),
        "bad": int(rows.bad.sum()),
    }


def _date(day: int) -> str:
    return "" if day == NOTHING else (EPOCH + timedelta(days=day)).isoformat()


def _ppm(value: float) -> int | None:
    return None if np.isnan(value) else round(value * PPM)
