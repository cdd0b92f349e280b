"""Figures are differences of balances."""

from scf.simulator.worked.figures import Figures

EARLIER = Figures(10, 5, 9, 1, 2, 7, 3, 4, 6, 0, {"A": 7})
LATER = Figures(10, 8, 9, 1, 3, 11, 5, 0, 0, 1, {"A": 11})


def test_an_increment_keeps_what_is_open_as_it_stands() -> None:
    step = LATER.less(EARLIER)
    assert (step.units, step.principal_minor, step.interest_minor) == (0, 3, 1)
    assert (step.shortfall_minor, step.claim_open_minor) == (0, 0)
    assert step.holders == {"A": 4}


def test_the_json_has_the_designs_keys() -> None:
    assert set(EARLIER.data()) == {
        "units",
        "principal_minor",
        "proceeds_minor",
        "fee_minor",
        "interest_minor",
        "investors_paid_minor",
        "residual_minor",
        "shortfall_minor",
        "claim_open_minor",
        "holders",
    }
