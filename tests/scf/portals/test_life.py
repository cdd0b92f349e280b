"""A timeline: what happened is solid, what comes is dashed, nothing is removed."""

from datetime import date

from scf.financing.lifecycle import CLAIM
from scf.portals.life import CODES, ENDED, Ahead, ahead_steps, claim_life

AHEAD = Ahead("沧澜制冷", date(2026, 3, 25), None, date(2026, 6, 16), 93_581_346, 5_009_003)


def step(code: str, **facts: object) -> dict[str, object]:
    return {"code": code, "by": "林舒", "business_date": date(2026, 3, 18), "facts": facts}


def test_every_state_of_a_claim_has_words() -> None:
    assert set(CLAIM.table) <= set(CODES)


def test_what_went_wrong_stays_in_the_history() -> None:
    steps = claim_life([step("assigned"), step("misdirected", reason="付错"), step("settled")])
    assert [one.state for one in steps] == ["done", "bad", "done"]
    assert "付错" in str(steps[1].detail)


def test_what_comes_begins_with_where_it_stands() -> None:
    steps = ahead_steps("matched", AHEAD)
    assert steps[0].state == "now"
    assert "沧澜制冷确权" in str(steps[0].title)
    assert {one.state for one in steps[1:]} == {"future"}
    assert steps[-1].when == date(2026, 6, 16)


def test_an_ended_claim_has_nothing_ahead() -> None:
    assert all(ahead_steps(state, AHEAD) == [] for state in ENDED)


def test_before_the_sale_the_first_step_is_the_reader_s() -> None:
    titles = [str(one.title) for one in ahead_steps("", AHEAD)]
    assert titles[0] == "等贵司同意报价"
    assert "等贵司复核" not in titles
