from hypothesis import given
from hypothesis import strategies as st

from risk.collection.ranking import debt_judge, debts_ranked
from risk.collection.values import HORIZONS, Debtor
from tests.risk.collection_made import OBLIGOR, POLICY, base_model, debt

MODEL = base_model()


def judged(debtor: Debtor | None = None, **facts: object):  # type: ignore[no-untyped-def]
    return debt_judge(debt(**facts), debtor or Debtor(OBLIGOR), model=MODEL, policy=POLICY)


def test_each_cause_has_its_own_best_action_on_a_large_debt() -> None:
    assert judged(is_disputed=True, days_late=40).best.code == "settle"
    assert judged(Debtor(OBLIGOR, verdict="DISTRESS"), days_late=40).best.code == "plan"
    assert judged(Debtor(OBLIGOR, last_outcome="refuses"), days_late=90).best.code == "visit"


def test_a_small_debt_is_not_worth_a_visit() -> None:
    """1,000.00 ten days late: 858.43 comes by itself; a reminder for 5.00 adds 35.98, a call
    for 50.00 adds 62.82."""
    found = judged(open_minor=100_000)
    assert found.best.code == "remind"
    assert (found.best.expected_minor, found.best.cost_minor) == (89_441, 500)
    assert found.best.gain_minor == 89_441 - 85_843 - 500
    assert found.net_minor == 88_941
    assert judged(open_minor=5_000).best.code == "wait"


def test_whom_to_call_first() -> None:
    small, large = judged(key="a", open_minor=100_000), judged(key="b", open_minor=90_000_000)
    assert [one.debt.key for one in debts_ranked([small, large])] == ["b", "a"]


@given(st.integers(0, 10**13), st.integers(0, 800), st.booleans(), st.integers(0, 3))
def test_what_is_expected_lies_between_nothing_and_what_is_open(
    open_minor: int, days_late: int, disputed: bool, broken: int
) -> None:
    found = judged(
        Debtor(OBLIGOR, promises_broken=broken),
        open_minor=open_minor,
        days_late=days_late,
        is_disputed=disputed,
    )
    assert all(0 <= worth.expected_minor <= open_minor for worth in found.actions)
    assert found.best.gain_minor >= 0  # to wait costs nothing
    assert [found.chance.ppm[h] for h in HORIZONS] == sorted(found.chance.ppm.values())
