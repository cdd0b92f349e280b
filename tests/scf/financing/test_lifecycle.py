"""Payment states by date: grace counts from the rolled date, default from day 90."""

from datetime import date, timedelta

import pytest

from scf.financing.lifecycle import CLAIM_LIVE, payment_state_on

DUE = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, "scheduled"),
        (0, "due"),
        (1, "grace"),
        (5, "grace"),
        (6, "overdue"),
        (89, "overdue"),
        (90, "defaulted"),
        (400, "defaulted"),
    ],
)
def test_state_of_the_date(days: int, state: str) -> None:
    on = DUE + timedelta(days=days)
    assert payment_state_on(on=on, payment_date=DUE, grace_days=5, default_days=90) == state


def test_a_settled_claim_keeps_its_fingerprint() -> None:
    assert {"assigned", "settled", "written_off", "repurchased"} <= CLAIM_LIVE
