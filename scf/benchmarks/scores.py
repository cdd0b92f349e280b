"""``bin/bench score``: how scores do on published data they have not seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from ledger.rates import PPM
from risk.arrays import FloatArray
from risk.facts import day_number
from risk.scoring.binning import BinRules
from risk.scoring.card import card_chances, card_scores
from risk.scoring.logistic import logistic_fit, sigmoid
from risk.scoring.measuring import auc, auc_interval, brier, calibration_error, ks
from risk.scoring.training import card_train
from risk.scoring.values import NOTHING, LabelledRows
from scf.benchmarks.ibm_receivables import hindsight_risk, receivables_read, receivables_rows

FOLDER: Final = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FILE: Final = Path("receivables-ibm") / "WA_Fn-UseC_-Accounts-Receivable.csv"
PUBLISHED_AUC_PPM: Final = 885_000
# The first quarter has no history to tell anything by.
START, TEST = date(2012, 4, 1), date(2013, 4, 1)
SEED: Final = 20260318
CARD_FEATURES: Final = ("expected_late", "open_overdue", "oldest_open_days")
CARD_RULES: Final = BinRules(fine=30, least_ppm=20_000, least_rows=10)
Model = Callable[[LabelledRows, LabelledRows], FloatArray]


def scores_measure_ibm(*, data: bytes) -> dict[str, Any]:
    """Out of time from April 2013 on; only invoices settled before a period train for it.

    `frozen`: fitted once, on what was settled before April. `monthly`: fitted again on the
    first of every month, as a desk would. `direct` is a logistic regression on two figures,
    `card` a scorecard of monotone bins. `hindsight` knows every customer's habits from the
    whole file and no invoice's dispute: what nobody can beat by much. Measures in ppm.
    """
    rows = receivables_rows(data)
    test = rows.rows(rows.day >= day_number(TEST))
    past = _settled_before(rows, day_number(TEST))
    hindsight = hindsight_risk(receivables_read(data))[rows.day >= day_number(TEST)]
    return {
        "published_auc_ppm": PUBLISHED_AUC_PPM,
        "rows": len(rows),
        "late_ppm": round(float(rows.bad.mean()) * PPM),
        "trained": len(past),
        "tested": len(test),
        "tested_late": int(test.bad.sum()),
        "test_from": TEST.isoformat(),
        "seed": SEED,
        "direct_frozen": _figures(test, _direct(past, test)),
        "direct_monthly": _figures(test, _monthly(rows, _direct)),
        "card_frozen": _figures(test, _card(past, test)),
        "card_monthly": _figures(test, _monthly(rows, _card)),
        "hindsight_auc_ppm": round(auc(test.bad, hindsight) * PPM),
    }


def score_measure(folder: Path = FOLDER) -> dict[str, Any]:
    """The same for the file in a data folder; says so where it is absent."""
    path = folder / FILE
    if not path.exists():
        return {"ibm_receivables": "absent"}
    return {"ibm_receivables": scores_measure_ibm(data=path.read_bytes())}


def _settled_before(rows: LabelledRows, day: int) -> LabelledRows:
    known = rows.day if rows.known_day is None else rows.known_day
    return rows.rows((rows.day >= day_number(START)) & (known < day))


def _monthly(rows: LabelledRows, model: Model) -> FloatArray:
    """Each month's invoices by a model of what was settled before its first day."""
    days = rows.day[rows.day >= day_number(TEST)]
    months = rows.day.astype("datetime64[D]").astype("datetime64[M]")
    parts = []
    for month in np.unique(months[rows.day >= day_number(TEST)]):
        first = int(month.astype("datetime64[D]").astype(np.int64))
        parts.append(model(_settled_before(rows, first), rows.rows(months == month)))
    found: FloatArray = np.concatenate(parts)
    if len(found) != len(days):
        raise ValueError("the test period starts within a month")
    return found


def _direct(past: LabelledRows, now: LabelledRows) -> FloatArray:
    """Logistic regression on the log-odds of `expected_late` and the oldest open invoice."""
    fit = logistic_fit(_line(past), past.bad.astype(np.float64), ridge=1.0)
    return sigmoid(fit.log_odds(_line(now)))


def _line(rows: LabelledRows) -> FloatArray:
    chance = np.where(
        rows.columns["expected_late"] == NOTHING, PPM // 3, rows.columns["expected_late"]
    )
    share = np.clip(chance / PPM, 1e-3, 1 - 1e-3)
    oldest = rows.columns["oldest_open_days"]
    months = np.where(oldest == NOTHING, 0, oldest) / 30
    return np.column_stack([np.log(share / (1 - share)), months])


def _card(past: LabelledRows, now: LabelledRows) -> FloatArray:
    card = card_train(
        _only(past), name="transaction", split_day=int(past.day.max()) + 1, rules=CARD_RULES
    )
    chances: FloatArray = card_chances(card, card_scores(card, now.columns)) / PPM
    return chances


def _only(rows: LabelledRows) -> LabelledRows:
    return LabelledRows(
        specs=tuple(spec for spec in rows.specs if spec.code in CARD_FEATURES),
        columns=rows.columns,
        bad=rows.bad,
        day=rows.day,
        data_hash=rows.data_hash,
    )


def _figures(test: LabelledRows, chance: FloatArray) -> dict[str, int]:
    low, high = auc_interval(test.bad, chance, seed=SEED)
    figures = {
        "auc_ppm": auc(test.bad, chance),
        "auc_low_ppm": low,
        "auc_high_ppm": high,
        "ks_ppm": ks(test.bad, chance),
        "brier_ppm": brier(test.bad, chance),
        "ece_ppm": calibration_error(test.bad, chance),
    }
    return {name: round(value * PPM) for name, value in figures.items()}
