from __future__ import annotations

from statistics import median

from scf.simulator.draws import Draws


def test_the_same_seed_and_stream_draw_the_same() -> None:
    first, second = (Draws(seed=1, stream="a") for _ in range(2))
    assert [first.uniform() for _ in range(5)] == [second.uniform() for _ in range(5)]
    assert Draws(seed=1, stream="a").uniform() != Draws(seed=1, stream="b").uniform()
    assert Draws(seed=1, stream="a").uniform() != Draws(seed=2, stream="a").uniform()


def test_between_reaches_both_ends_and_nothing_else() -> None:
    draws = Draws(seed=3, stream="ends")
    assert {draws.between(2, 4) for _ in range(200)} == {2, 3, 4}


def test_spread_has_median_one() -> None:
    draws = Draws(seed=4, stream="spread")
    assert 0.9 < median(draws.spread(0.8) for _ in range(2_000)) < 1.1


def test_digits_keep_their_length_and_never_lead_with_zero() -> None:
    draws = Draws(seed=5, stream="digits")
    for _ in range(50):
        text = draws.digits(6)
        assert len(text) == 6
        assert text[0] != "0"


def test_chance_and_pick_follow_their_odds() -> None:
    draws = Draws(seed=6, stream="odds")
    hits = sum(draws.chance(0.25) for _ in range(4_000))
    assert 850 < hits < 1_150
    assert {draws.pick("abc") for _ in range(100)} == {"a", "b", "c"}
