"""A card small enough to add up by hand; points, reasons, bytes and drift of any card."""

import json
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import DomainError
from risk.scoring.card import (
    Card,
    CardFeature,
    card_bytes,
    card_chances,
    card_data,
    card_drift,
    card_hash,
    card_load,
    card_score,
    card_scores,
    score_of,
)
from risk.scoring.values import NOTHING, Bin, Bins, FeatureSpec

OVERDUE = CardFeature(
    FeatureSpec("overdue_ppm", "ppm", 1),
    Bins(
        ranges=(Bin(80, 10, 200_000, 0), Bin(15, 5, -500_000, 100_000), Bin(5, 5, -1_500_000)),
        specials=(),
        missing=Bin(0, 0, 0),
        direction=1,
        iv_micro=300_000,
    ),
    1_000_000,
    (20, -15, -60, 0),
)
FILL = CardFeature(
    FeatureSpec("fill_ppm", "ppm", -1),
    Bins(
        ranges=(Bin(20, 10, -700_000, 900_000), Bin(80, 10, 400_000)),
        specials=(),
        missing=Bin(10, 5, -300_000),
        direction=-1,
        iv_micro=200_000,
    ),
    900_000,
    (-40, 25, -10),
)
CARD = Card(
    name="application",
    features=(OVERDUE, FILL),
    base_points=600,
    pd_ppm=tuple(900_000 - 1_000 * n for n in range(601)),
    score_ends=(560, 620),
    score_counts=(20, 60, 20),
    facts={"origin": "simulation", "seed": 1, "split_date": "2026-01-01"},
)


def test_a_score_added_up_by_hand() -> None:
    """600 to begin with, 5% overdue costs 15, a fill of 85% costs 40: 545."""
    scored = card_score(CARD, {"overdue_ppm": 50_000, "fill_ppm": 850_000})
    assert scored.score == 600 - 15 - 40
    assert scored.pd_ppm == 900_000 - 1_000 * (545 - 350)
    assert [(one.feature, one.points, one.points_lost) for one in scored.reasons] == [
        ("fill_ppm", -40, 65),
        ("overdue_ppm", -15, 35),
    ]


def test_the_scale_doubles_the_odds_every_sixty_points() -> None:
    assert score_of(log(30)) == 650
    assert score_of(log(60)) == 710
    assert score_of(log(15)) == 590
    assert (score_of(-50.0), score_of(50.0)) == (350, 950)


@given(st.floats(-20, 20), st.floats(0, 10))
def test_better_odds_never_score_less(odds: float, more: float) -> None:
    assert 350 <= score_of(odds) <= score_of(odds + more) <= 950


def test_what_is_not_known_is_told_as_such() -> None:
    scored = card_score(CARD, {"overdue_ppm": 0})
    assert scored.score == 600 + 20 - 10
    assert [(one.feature, one.value) for one in scored.reasons] == [("fill_ppm", None)]


@given(
    st.one_of(st.none(), st.integers(-10, 2_000_000)),
    st.one_of(st.none(), st.integers(-10, 2_000_000)),
)
def test_points_sum_to_the_score(overdue: int | None, fill: int | None) -> None:
    scored = card_score(CARD, {"overdue_ppm": overdue, "fill_ppm": fill})
    assert scored.score == 600 + sum(scored.points.values())
    assert all(one.points_lost > 0 for one in scored.reasons)
    columns = {
        "overdue_ppm": np.array([NOTHING if overdue is None else overdue]),
        "fill_ppm": np.array([NOTHING if fill is None else fill]),
    }
    assert card_scores(CARD, columns).tolist() == [scored.score]
    assert card_chances(CARD, card_scores(CARD, columns)).tolist() == [scored.pd_ppm]


def test_a_card_is_its_bytes() -> None:
    again = card_load(json.loads(card_bytes(CARD)))
    assert again == CARD
    assert card_hash(again) == card_hash(CARD)


def test_a_card_with_a_part_missing_is_refused() -> None:
    data = card_data(CARD)
    for broken in (
        {k: v for k, v in data.items() if k != "pd_ppm"},
        {**data, "pd_ppm": [1, 2]},
        {**data, "schema": 9},
        {**data, "features": []},
        {**data, "score_counts": [1]},
    ):
        with pytest.raises(DomainError) as refused:
            card_load(broken)
        assert refused.value.code == "risk.card_invalid"


def test_the_training_rows_have_no_drift_and_others_do() -> None:
    same = {
        "overdue_ppm": np.array([0] * 90 + [50_000] * 20 + [900_000] * 10),
        "fill_ppm": np.array([0] * 30 + [1_000_000] * 90),
    }
    drift = card_drift(CARD, same)
    assert drift["overdue_ppm"] == 0
    worse = {**same, "overdue_ppm": np.array([900_000] * 120)}
    assert card_drift(CARD, worse)["overdue_ppm"] > 250_000
