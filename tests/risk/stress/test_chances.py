from risk.stress.chances import ANCHOR_PD_PPM, UNJUDGED_PD_PPM, VERDICT_PD_PPM, chance_ppm
from risk.verdict import VerdictWord


def test_every_verdict_has_a_chance_and_distress_the_largest() -> None:
    assert set(VERDICT_PD_PPM) == {str(word) for word in VerdictWord}
    assert max(VERDICT_PD_PPM, key=lambda word: VERDICT_PD_PPM[word]) == "DISTRESS"


def test_the_anchor_is_not_judged_by_its_own_chain() -> None:
    assert chance_ppm(is_anchor=True, verdict="DISTRESS") == ANCHOR_PD_PPM
    assert chance_ppm(is_anchor=False, verdict="DISTRESS") == 150_000
    assert chance_ppm(is_anchor=False, verdict=None) == UNJUDGED_PD_PPM
