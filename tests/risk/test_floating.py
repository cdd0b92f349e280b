"""A limit's floating part, step by step."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.floating import FloatStep, Moved, Performance, floating_decide, in_time_ppm
from risk.policy import LimitPolicy

POLICY = LimitPolicy()
DAY = date(2026, 3, 18)
BASE = 1_000_000
GOOD = Performance(
    verdict="STEADY",
    reconciled_ppm=990_000,
    score=680,
    score_before=675,
    drift="ok",
    paid_in_time=20,
    paid_total=20,
    overdue_minor=0,
    warnings_high=0,
    used_minor=500_000,
)


def step(
    performance: Performance, floating: int = 0, moved: tuple[Moved, ...] = (), on: date = DAY
) -> FloatStep | None:
    return floating_decide(
        base_minor=BASE,
        floating_minor=floating,
        performance=performance,
        moved=moved,
        on=on,
        policy=POLICY,
    )


def test_all_conditions_met_raise_by_one_step_once_a_period() -> None:
    raised = step(GOOD)
    assert raised is not None
    assert raised.floating_minor == 50_000
    assert raised.grounds == (
        "verdict_sound",
        "paid_in_time",
        "score_good",
        "reconciled",
        "use_healthy",
    )
    before = (Moved(DAY, 50_000, 0, raised.grounds),)
    assert step(GOOD, 50_000, before, DAY + timedelta(days=29)) is None
    again = step(GOOD, 50_000, before, DAY + timedelta(days=30))
    assert again is not None
    assert again.floating_minor == 100_000


def test_a_raise_stops_at_the_cap() -> None:
    near = step(GOOD, 180_000)
    assert near is not None
    assert near.floating_minor == 200_000
    assert step(GOOD, 200_000) is None
    assert step(GOOD, 350_000) is None


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "OVERTRADING"},
        {"verdict": "ABSTAIN"},
        {"reconciled_ppm": None},
        {"reconciled_ppm": 940_000},
        {"score": None},
        {"score": 599, "score_before": None},
        {"paid_in_time": 18},
        {"paid_total": 2, "paid_in_time": 2},
        {"used_minor": 100_000},
        {"used_minor": 950_000},
    ],
)
def test_one_condition_missing_or_unknown_raises_nothing(change: dict[str, object]) -> None:
    assert step(replace(GOOD, **change)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "ground"),
    [
        ({"verdict": "DISTRESS"}, "distress"),
        ({"overdue_minor": 1}, "overdue"),
        ({"paid_in_time": 15}, "paid_late"),
        ({"score": 499, "score_before": None}, "score_bad"),
        ({"score": 640, "score_before": 680}, "score_fall"),
        ({"warnings_high": 1}, "warnings"),
    ],
)
def test_each_ground_lowers_at_once(change: dict[str, object], ground: str) -> None:
    lowered = step(replace(GOOD, **change))  # type: ignore[arg-type]
    assert lowered == FloatStep(-50_000, (ground,))


def test_a_ground_counts_once_a_period_and_a_new_one_at_once() -> None:
    bad = replace(GOOD, overdue_minor=9)
    moved = (Moved(DAY, -50_000, 0, ("overdue",)),)
    assert step(bad, -50_000, moved, DAY + timedelta(days=3)) is None
    worse = step(replace(bad, warnings_high=2), -50_000, moved, DAY + timedelta(days=3))
    assert worse == FloatStep(-100_000, ("warnings",))
    later = step(bad, -50_000, moved, DAY + timedelta(days=30))
    assert later == FloatStep(-100_000, ("overdue",))


def test_a_lowering_stops_at_the_cap() -> None:
    bad = replace(GOOD, overdue_minor=1, verdict="DISTRESS", warnings_high=1)
    lowered = step(bad, -150_000)
    assert lowered is not None
    assert lowered.floating_minor == -200_000
    assert step(bad, -200_000) is None
    assert step(bad, -300_000) is None


def test_a_drifted_card_takes_back_raises_and_nothing_more() -> None:
    drifted = replace(GOOD, score=None, drift="stop")
    assert step(drifted, 100_000) == FloatStep(50_000, ("drift",))
    assert step(drifted, 30_000) == FloatStep(0, ("drift",))
    assert step(drifted, 0) is None
    faulty = replace(drifted, overdue_minor=1)
    assert step(faulty, 0) == FloatStep(-50_000, ("overdue",))


def test_too_few_payments_say_nothing() -> None:
    assert in_time_ppm(replace(GOOD, paid_total=2, paid_in_time=0), POLICY) is None
    assert in_time_ppm(replace(GOOD, paid_total=3, paid_in_time=2), POLICY) == 666_666


@given(
    st.integers(0, 10**12),
    st.integers(-(10**12), 10**12),
    st.integers(0, 10**12),
    st.integers(0, 5),
    st.sampled_from(["STEADY", "DISTRESS", "ABSTAIN"]),
    st.one_of(st.none(), st.integers(350, 950)),
)
def test_no_limit_ever_falls_below_zero_nor_is_raised_beyond_the_cap(
    base: int, floating: int, used: int, warnings: int, verdict: str, score: int | None
) -> None:
    floating = max(floating, -base)
    performance = replace(
        GOOD, used_minor=used, warnings_high=warnings, verdict=verdict, score=score
    )
    found = floating_decide(
        base_minor=base,
        floating_minor=floating,
        performance=performance,
        moved=(),
        on=DAY,
        policy=POLICY,
    )
    if found is not None:
        assert base + found.floating_minor >= 0
        assert found.floating_minor != floating
        assert found.floating_minor < floating or found.floating_minor <= base * 2 // 10
