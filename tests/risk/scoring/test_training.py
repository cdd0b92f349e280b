"""Training looks back only: what was not known on the day is refused or left out."""

from dataclasses import replace

import numpy as np
import pytest

from ledger.errors import DomainError
from risk.facts import IntArray
from risk.scoring.card import Card, card_hash, card_scores
from risk.scoring.training import card_calibrate, card_measure, card_train, leaks_check
from risk.scoring.values import NOTHING, FeatureSpec, LabelledRows

SPECS = (FeatureSpec("late", "days", 1), FeatureSpec("noise"), FeatureSpec("fill", "ppm"))
SPLIT = 20_600


def rows_made(
    size: int = 3_000, seed: int = 4, first: int = 20_000, days: int = 900
) -> LabelledRows:
    """Risk rises with `late` and falls with `fill`; `noise` says nothing."""
    draw = np.random.default_rng(seed)
    late, fill = draw.normal(10, 8, size), draw.normal(0.9, 0.07, size)
    odds = -2.2 + 0.12 * (late - 10) - 12 * (fill - 0.9)
    columns = {
        "late": np.where(draw.random(size) < 0.05, NOTHING, late.astype(np.int64)),
        "noise": draw.integers(0, 100, size),
        "fill": (fill * 1e6).astype(np.int64),
    }
    return LabelledRows(
        specs=SPECS,
        columns=columns,
        bad=(draw.random(size) < 1 / (1 + np.exp(-odds))).astype(np.int64),
        day=np.sort(first + draw.integers(0, days, size)),
        data_hash="0" * 64,
    )


def trained() -> tuple[Card, LabelledRows]:
    rows = rows_made()
    return card_train(rows, name="application", split_day=SPLIT, seed=9), rows


def test_what_tells_something_is_kept_with_the_right_sense() -> None:
    card, _ = trained()
    assert [one.spec.code for one in card.features] == ["late", "fill"]
    assert card.facts["left_out"] == ["noise"]
    late, fill = card.features
    assert (late.bins.direction, fill.bins.direction) == (1, -1)
    ranges = late.points[: len(late.bins.ranges)]
    assert list(ranges) == sorted(ranges, reverse=True)
    assert min(one.slope_micro for one in card.features) > 0
    later = card.facts["metrics"]["later"]
    assert later["auc_low_ppm"] < later["auc_ppm"] < later["auc_high_ppm"]
    assert later["auc_ppm"] > 700_000
    assert card.facts["metrics"]["training"]["ece_ppm"] < 20_000


def test_the_same_rows_and_seed_give_the_same_card() -> None:
    assert card_hash(trained()[0]) == card_hash(trained()[0])


def test_rows_from_the_split_on_do_not_train() -> None:
    card, rows = trained()
    turned = replace(rows, bad=np.where(rows.day >= SPLIT, 1 - rows.bad, rows.bad))
    other = card_train(turned, name="application", split_day=SPLIT, seed=9)
    assert [one.points for one in other.features] == [one.points for one in card.features]
    assert other.facts["metrics"]["later"]["auc_ppm"] < 300_000


def test_rows_whose_outcome_came_after_the_split_do_not_train() -> None:
    rows = rows_made()
    known = replace(rows, known_day=rows.day + 90)
    card = card_train(known, name="application", split_day=SPLIT)
    assert card.facts["training"]["rows"] == int((rows.day + 90 < SPLIT).sum())


def test_a_figure_that_became_known_later_is_refused_by_name() -> None:
    """The payment date of an invoice that was not settled when the decision was made."""
    rows = rows_made()
    leaking = replace(rows, feature_days={"late": rows.day + np.arange(len(rows)) % 2})
    with pytest.raises(DomainError) as refused:
        card_train(leaking, name="application", split_day=SPLIT)
    assert refused.value.code == "risk.feature_leaks"
    assert refused.value.facts["feature"] == "late"
    leaks_check(replace(rows, feature_days={"late": rows.day}))


def test_a_figure_that_is_the_outcome_in_disguise_is_refused() -> None:
    rows = rows_made()
    told = LabelledRows(
        specs=(*rows.specs, FeatureSpec("answer")),
        columns={**rows.columns, "answer": rows.bad * 7},
        bad=rows.bad,
        day=rows.day,
        data_hash="",
    )
    with pytest.raises(DomainError) as refused:
        card_train(told, name="application", split_day=SPLIT)
    assert refused.value.facts["feature"] == "answer"


def test_a_category_that_is_the_outcome_in_disguise_is_refused() -> None:
    rows = rows_made()
    spec = FeatureSpec("state", "label", special=(0, 1, 2), labels=("a", "b", "c"))
    codes: IntArray = np.where(rows.bad == 1, 1, np.arange(len(rows)) % 2 * 2)
    told = LabelledRows((spec,), {"state": codes}, rows.bad, rows.day, "")
    with pytest.raises(DomainError) as refused:
        leaks_check(told)
    assert refused.value.facts["feature"] == "state"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "horoscope"}, "risk.card_kind"),
        ({"split_day": 20_002}, "risk.card_few"),
    ],
)
def test_what_cannot_be_trained_is_refused(change: dict[str, object], code: str) -> None:
    asked: dict[str, object] = {"name": "application", "split_day": SPLIT, **change}
    with pytest.raises(DomainError) as refused:
        card_train(rows_made(), **asked)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_noise_alone_makes_no_card() -> None:
    rows = rows_made()
    only = LabelledRows((SPECS[1],), {"noise": rows.columns["noise"]}, rows.bad, rows.day, "")
    with pytest.raises(DomainError) as refused:
        card_train(only, name="fraud", split_day=SPLIT)
    assert refused.value.code == "risk.card_nothing"


def test_chances_are_fitted_on_a_later_period_only() -> None:
    card, rows = trained()
    later = rows.rows(rows.day >= SPLIT)
    shifted = replace(later, bad=np.where(np.arange(len(later)) % 4 == 0, 1, later.bad))
    found = card_calibrate(card, shifted)
    assert [one.points for one in found.features] == [one.points for one in card.features]
    assert found.facts["calibration"]["on"] == "later"
    was = card_measure(card, shifted, seed=1)["ece_ppm"]
    now = found.facts["metrics"]["calibration"]["ece_ppm"]
    assert now < was / 3
    with pytest.raises(DomainError) as refused:
        card_calibrate(card, rows)
    assert refused.value.code == "risk.calibration_early"


def test_a_score_falls_as_the_risk_rises() -> None:
    card, _ = trained()
    steps = np.arange(-20, 60)
    scores = card_scores(card, {"late": steps, "fill": np.full(len(steps), 900_000)})
    assert np.all(np.diff(scores) <= 0)
    assert scores[0] > scores[-1]
