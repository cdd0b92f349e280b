"""A limit's bar with the floating part apart, and the machine's grounds in words."""

from dataclasses import replace
from datetime import UTC, datetime

from risk.floating import lowering_grounds, raising_grounds
from risk.policy import LimitPolicy
from risk.queries.limits import ChangeRow, LimitRow
from risk.scoring.firms import DRIFTS as DRIFT_STATES
from risk.verdict import VerdictWord
from scf.portals.risk_desk.limit_words import (
    DRIFTS,
    GROUNDS,
    VERDICT_WORDS,
    change_figures,
    change_reason,
    float_bars,
)
from tests.risk.test_floating import GOOD

ROW = LimitRow(1, "party", "party:1", "CNY", 1_000, 0, 300, 200, 500, 500)
NAMES = {"party:1": "江源"}


def test_a_raise_lengthens_the_bar_and_a_lowering_cuts_it() -> None:
    raised = replace(ROW, floating_minor=250)
    lowered = replace(ROW, floating_minor=-250)
    plain, up, down = float_bars([ROW, raised, lowered], NAMES, {1: "/x/"})
    assert (plain.limit_permille, plain.mark_permille, plain.used_permille) == (1000, 900, 500)
    assert (plain.floating, plain.href) == ("", "/x/")
    assert (up.float_from, up.float_width, up.is_raised) == (800, 200, True)
    assert (up.mark_permille, up.used_permille) == (900, 400)
    assert (down.limit_permille, down.float_from, down.float_width) == (750, 750, 250)
    assert (down.mark_permille, down.is_raised) == (675, False)
    assert up.floating.startswith("浮动 +")


def test_a_bar_near_its_end_is_amber_and_past_it_red() -> None:
    colours = [
        bar.colour
        for bar in float_bars(
            [replace(ROW, used_minor=used) for used in (0, 899, 900, 1_000)], NAMES, {}
        )
    ]
    assert colours == ["water", "water", "amber", "red"]
    assert float_bars([replace(ROW, base_minor=0, used_minor=0)], NAMES, {})[0].colour == "water"


def test_every_ground_and_state_has_words() -> None:
    bad = replace(
        GOOD,
        verdict="DISTRESS",
        overdue_minor=1,
        paid_in_time=1,
        score=400,
        warnings_high=1,
        drift="stop",
    )
    low = lowering_grounds(bad, LimitPolicy())
    high = raising_grounds(GOOD, limit_minor=1_000_000, policy=LimitPolicy())
    assert high is not None
    assert set(low) | set(high) == set(GROUNDS)
    assert set(DRIFTS) == {"", *DRIFT_STATES}
    assert set(VERDICT_WORDS) == {str(word) for word in VerdictWord}


def test_a_machine_s_change_is_told_by_its_grounds_and_figures() -> None:
    made = datetime(2026, 3, 18, tzinfo=UTC)
    person = ChangeRow(
        1, "party", "party:1", "CNY", 1, 0, "旺季", "user:1", made, "approved", "user:2", made, ""
    )
    assert change_reason(person) == "旺季"
    machine = replace(
        person,
        maker_ref="policy:abc",
        grounds=("overdue", "score_bad"),
        figures={
            "overdue_minor": 100,
            "verdict": "STEADY",
            "score": None,
            "drift": "ok",
            "reconciled_ppm": 990_000,
        },
    )
    assert change_reason(machine) == "有逾期、评分过低"
    told = dict(change_figures(machine))
    assert told == {
        "判断": "稳定",
        "三流核对率": "99.0%",
        "评分": "—",
        "评分卡状态": "稳定",
        "逾期金额": "1.00",
    }
