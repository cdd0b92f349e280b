import numpy as np
import pytest

from risk.facts import FlowKind
from risk.signals.receivable_days import Outstanding, bills_of, outstanding, overdue_ppm, pays_seen
from risk.snapshot import Snapshot
from tests.risk.facts_made import flow, snapshot_of


def seen(snapshot: Snapshot, *, ago: int = 0) -> Outstanding:
    bills = bills_of(snapshot)
    end = np.full(len(snapshot.parties), snapshot.day - ago)
    return outstanding(bills, firm=bills.supplier, last_day=end, days=90, grace_days=5)


def test_days_to_collect_are_weighted_by_what_was_paid() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 300, days_ago=100, due_in=60, invoice=1),
        flow(FlowKind.PAYMENT, "s", "b", 300, days_ago=40, invoice=1),
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=100, due_in=60, invoice=2),
        flow(FlowKind.PAYMENT, "s", "b", 100, days_ago=20, invoice=2),
    )
    assert seen(snapshot).days[snapshot.position("s")] == pytest.approx((60 * 300 + 80 * 100) / 400)


def test_money_that_does_not_come_counts_at_its_age() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=100, due_in=60, invoice=1),
        flow(FlowKind.PAYMENT, "s", "b", 100, days_ago=40, invoice=1),
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=120, due_in=60, invoice=2),
    )
    view = seen(snapshot)
    seller = snapshot.position("s")
    assert view.days[seller] == pytest.approx((60 + 120) / 2)
    assert (view.open_minor[seller], view.overdue_minor[seller]) == (100, 100)
    assert overdue_ppm(view)[seller] == 1_000_000


def test_part_payments_credit_notes_and_grace() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 1_000, days_ago=50, due_in=30, invoice=1),
        flow(FlowKind.CREDIT_NOTE, "s", "b", 200, days_ago=40, invoice=1),
        flow(FlowKind.PAYMENT, "s", "b", 300, days_ago=20, invoice=1),
        flow(FlowKind.INVOICE, "s", "b", 400, days_ago=34, due_in=30, invoice=2),
    )
    view = seen(snapshot)
    seller = snapshot.position("s")
    assert view.open_minor[seller] == 500 + 400
    assert view.overdue_minor[seller] == 500  # the second is due for 4 days: within grace


def test_an_earlier_day_does_not_know_later_payments() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=150, due_in=30, invoice=1),
        flow(FlowKind.PAYMENT, "s", "b", 100, days_ago=10, invoice=1),
    )
    seller = snapshot.position("s")
    assert seen(snapshot).open_minor[seller] == 0
    assert seen(snapshot, ago=90).overdue_minor[seller] == 100


def test_a_payment_date_alone_means_paid_in_full() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=80, due_in=60, paid_after=50, invoice=1),
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=80, due_in=60, paid_after=50, invoice=2),
        flow(FlowKind.PAYMENT, "s", "b", 40, days_ago=30, invoice=2),
    )
    view = seen(snapshot)
    assert view.open_minor[snapshot.position("s")] == 60


def test_who_was_never_seen_paying_is_not_known() -> None:
    snapshot = snapshot_of(flow(FlowKind.INVOICE, "s", "b", 100, days_ago=80, invoice=1))
    bills = bills_of(snapshot)
    assert not pays_seen(bills, firm=bills.buyer, size=2).any()
    assert np.isnan(seen(snapshot).days).all()
    assert overdue_ppm(seen(snapshot)).tolist() == [0, 0]  # without a due date nothing is overdue


def test_no_bills() -> None:
    assert len(seen(snapshot_of()).days) == 0
