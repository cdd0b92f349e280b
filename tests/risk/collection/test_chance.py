import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.rates import PPM
from risk.collection.chance import expected_minor
from risk.collection.values import HORIZONS, Debtor
from tests.risk.collection_made import OBLIGOR, base_model, debt

NOBODY = Debtor(OBLIGOR)
MODEL = base_model()
debtors = st.builds(
    Debtor,
    ref=st.just(OBLIGOR),
    verdict=st.sampled_from(["", "STEADY", "DISTRESS"]),
    usual_minor=st.none() | st.integers(1, 10**12),
    promises_kept=st.integers(0, 9),
    promises_broken=st.integers(0, 9),
    defaulted=st.booleans(),
)


def test_a_debt_ten_days_late_of_an_unknown_debtor() -> None:
    """Within a week: days 10 to 14 at 7% a day and two at 4.5%, 1 - exp(-0.44). Within 60:
    five days at 7%, 16 at 4.5%, 30 at 2.5%, nine at 1.5%, 1 - exp(-1.955)."""
    chance = MODEL.chance(debt(days_late=10), NOBODY)
    assert chance.ppm[7] == math.floor((1 - math.exp(-(5 * 0.07 + 2 * 0.045))) * PPM)
    assert chance.ppm == {7: 355_963, 30: 726_102, 60: 858_435}
    assert [factor.code for factor in chance.factors] == ["history"]


@pytest.mark.parametrize(
    ("debtor", "disputed", "code", "is_lower"),
    [
        (NOBODY, True, "disputed", True),
        (Debtor(OBLIGOR, promises_broken=1), False, "promises_broken", True),
        (Debtor(OBLIGOR, promises_kept=1), False, "promises_kept", False),
        (Debtor(OBLIGOR, usual_minor=10_000_000), False, "large", True),
        (Debtor(OBLIGOR, verdict="DISTRESS"), False, "distress", True),
    ],
)
def test_what_is_known_beyond_the_history(
    debtor: Debtor, disputed: bool, code: str, is_lower: bool
) -> None:
    plain = MODEL.chance(debt(), NOBODY).ppm[30]
    told = MODEL.chance(debt(is_disputed=disputed), debtor)
    assert [factor.code for factor in told.factors] == ["history", code]
    assert (told.ppm[30] < plain) == is_lower


def test_no_promise_counts_more_than_twice() -> None:
    twice, often = (MODEL.chance(debt(), Debtor(OBLIGOR, promises_broken=n)).ppm for n in (2, 7))
    assert twice == often


@given(debtors, st.integers(-30, 2_000), st.booleans(), st.integers(100_000, 5_000_000))
def test_a_chance_grows_with_its_horizon_and_is_one_at_most(
    debtor: Debtor, days_late: int, disputed: bool, lift: int
) -> None:
    one = debt(days_late=days_late, is_disputed=disputed)
    chances = [MODEL.chance(one, debtor, lift_ppm=lift).ppm[h] for h in HORIZONS]
    assert chances == sorted(chances)
    assert all(0 <= ppm <= PPM for ppm in chances)


@given(st.integers(-(10**6), 10**15), st.integers(-PPM, 3 * PPM))
def test_never_more_is_expected_than_is_open(open_minor: int, ppm: int) -> None:
    assert 0 <= expected_minor(open_minor, ppm) <= max(0, open_minor)
