import numpy as np

from risk.facts import FlowFact, FlowKind
from risk.policy import SignalPolicy
from risk.signals.receivable_days import bills_of
from risk.signals.supplying import prepay_change_ppm, suppliers_lost_ppm
from risk.signals.windows import windows_of
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


def paid(invoice: int, *, invoiced: int, days_ago: int, amount: int = 50) -> list[FlowFact]:
    return [
        flow(FlowKind.INVOICE, "s", "b", amount, days_ago=invoiced, invoice=invoice),
        flow(FlowKind.PAYMENT, "s", "b", amount, days_ago=days_ago, invoice=invoice),
    ]


def prepay_change(*flows: FlowFact) -> float:
    snapshot = snapshot_of(*flows)
    windows = windows_of(snapshot, policy=POLICY)
    change = prepay_change_ppm(snapshot.flows, bills_of(snapshot), windows=windows, policy=POLICY)
    return float(change[snapshot.position("b")])


def test_suppliers_begin_to_ask_for_money_first() -> None:
    before = [row for n in range(6) for row in paid(n, invoiced=130, days_ago=100)]
    billed = [row for n in range(6, 9) for row in paid(n, invoiced=40, days_ago=30)]
    early = [row for n in range(9, 11) for row in paid(n, invoiced=5, days_ago=15)]
    unbilled = flow(FlowKind.PAYMENT, "s", "b", 50, days_ago=20)
    assert prepay_change(*before, *billed, *early, unbilled) == 500_000


def test_a_handful_of_payments_shows_no_habit() -> None:
    few = [row for n in range(5) for row in paid(n, invoiced=130, days_ago=100)]
    now = [row for n in range(5, 15) for row in paid(n, invoiced=5, days_ago=15)]
    assert np.isnan(prepay_change(*few, *now))


def test_cash_that_settles_nothing_is_no_prepayment() -> None:
    before = [row for n in range(6) for row in paid(n, invoiced=200, days_ago=150)]
    now = [row for n in range(6, 12) for row in paid(n, invoiced=60, days_ago=20)]
    lent = FlowFact(FlowKind.PAYMENT, "s", "b", 300, now[0].on_date, item="loan")
    assert prepay_change(*before, *now, lent) == prepay_change(*before, *now)
