import numpy as np

from risk.facts import FlowKind
from risk.policy import SignalPolicy
from risk.receivable_days import bills_of
from risk.supplying import prepay_change_ppm, suppliers_lost_ppm
from risk.windows import windows_of
from tests.risk.facts_made import flow, snapshot_of

POLICY = SignalPolicy()


def test_one_supplier_in_four_is_gone() -> None:
    before = [flow(FlowKind.ORDER, f"s{n}", "b", 10, days_ago=120) for n in range(4)]
    now = [flow(FlowKind.INVOICE, f"s{n}", "b", 10, days_ago=20) for n in range(3)]
    snapshot = snapshot_of(*before, *now)
    windows = windows_of(snapshot, policy=POLICY)
    lost = suppliers_lost_ppm(snapshot.flows, windows=windows, policy=POLICY)
    assert lost[snapshot.position("b")] == 250_000
    assert np.isnan(lost[snapshot.position("s0")])


def test_few_suppliers_say_nothing() -> None:
    snapshot = snapshot_of(flow(FlowKind.ORDER, "s", "b", 10, days_ago=120))
    windows = windows_of(snapshot, policy=POLICY)
    assert np.isnan(suppliers_lost_ppm(snapshot.flows, windows=windows, policy=POLICY)).all()


def test_suppliers_begin_to_ask_for_money_first() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=130, invoice=1),
        flow(FlowKind.PAYMENT, "s", "b", 100, days_ago=100, invoice=1),
        flow(FlowKind.INVOICE, "s", "b", 50, days_ago=40, invoice=2),
        flow(FlowKind.PAYMENT, "s", "b", 50, days_ago=30, invoice=2),
        flow(FlowKind.PAYMENT, "s", "b", 30, days_ago=20),
        flow(FlowKind.INVOICE, "s", "b", 20, days_ago=5, invoice=3),
        flow(FlowKind.PAYMENT, "s", "b", 20, days_ago=15, invoice=3),
    )
    windows = windows_of(snapshot, policy=POLICY)
    change = prepay_change_ppm(snapshot.flows, bills_of(snapshot), windows=windows)
    assert change[snapshot.position("b")] == 500_000
