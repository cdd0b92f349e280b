import pytest

from risk.collection.causes import cause_of
from risk.collection.values import Cause, Debt, Debtor
from tests.risk.collection_made import OBLIGOR, POLICY, debt

LATE = debt(days_late=40)


@pytest.mark.parametrize(
    ("owed", "debtor", "cause", "reason"),
    [
        (debt(is_disputed=True), Debtor(OBLIGOR, verdict="DISTRESS"), Cause.DISPUTED, "flagged"),
        (LATE, Debtor(OBLIGOR, last_outcome="disputes"), Cause.DISPUTED, "says_disputes"),
        (LATE, Debtor(OBLIGOR, verdict="DISTRESS"), Cause.CANNOT, "verdict_distress"),
        (LATE, Debtor(OBLIGOR, defaulted=True), Cause.CANNOT, "defaulted"),
        (LATE, Debtor(OBLIGOR, last_outcome="cannot_pay"), Cause.CANNOT, "says_cannot"),
        (
            LATE,
            Debtor(OBLIGOR, owed_minor=400_000_000, late_minor=200_000_000),
            Cause.CANNOT,
            "most_is_late",
        ),
        (LATE, Debtor(OBLIGOR, last_outcome="refuses"), Cause.WILL_NOT, "says_refuses"),
        (LATE, Debtor(OBLIGOR, promises_broken=2), Cause.WILL_NOT, "broke_promises"),
        (LATE, Debtor(OBLIGOR, paid_other_days=3), Cause.WILL_NOT, "pays_others"),
        (LATE, Debtor(OBLIGOR), Cause.UNCLEAR, "days_late"),
    ],
)
def test_each_cause_and_what_speaks_for_it(
    owed: Debt, debtor: Debtor, cause: Cause, reason: str
) -> None:
    found = cause_of(owed, debtor, policy=POLICY)
    assert found.cause is cause
    assert reason in dict(found.reasons)


@pytest.mark.parametrize(
    "debtor",
    [
        Debtor(OBLIGOR, paid_other_days=45),  # too long ago
        Debtor(OBLIGOR, owed_minor=900_000_000, late_minor=200_000_000),  # most is in time
        Debtor(OBLIGOR, owed_minor=100_000_000, late_minor=100_000_000),  # this one only
    ],
)
def test_nobody_is_called_unwilling_or_unable_too_soon(debtor: Debtor) -> None:
    assert cause_of(LATE, debtor, policy=POLICY).cause is Cause.UNCLEAR


def test_whoever_paid_others_before_this_fell_due_is_not_unwilling() -> None:
    found = cause_of(debt(days_late=8), Debtor(OBLIGOR, paid_other_days=9), policy=POLICY)
    assert found.cause is Cause.UNCLEAR
