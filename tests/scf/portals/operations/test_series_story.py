"""The history of a series: claim and series in one line of time, then what is to come."""

from datetime import timedelta

from scf.portals.operations.series_story import history_of
from tests.support.desks import Desks


def test_what_happened_comes_before_what_is_due(desks: Desks) -> None:
    series = desks.paid_out()
    steps = history_of(series, on=desks.world.today)
    assert [step.state for step in steps[:-1]] == ["done"] * (len(steps) - 1)
    assert (steps[-1].state, steps[-1].detail) == ("future", "1,000,000.00")


def test_a_payment_that_did_not_come_is_late(desks: Desks) -> None:
    series = desks.paid_out()
    last = history_of(series, on=series.payment_date + timedelta(days=1))[-1]
    assert last.state == "late"
