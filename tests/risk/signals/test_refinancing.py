import numpy as np

from risk.facts import FlowKind
from risk.policy import SignalPolicy
from risk.signals.refinancing import refinanced_ppm
from tests.risk.facts_made import flow, snapshot_of

POLICY = SignalPolicy()


def test_new_money_that_repays_an_earlier_financing() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.PROCEEDS, "s", "bank", 1_000, days_ago=120, invoice=1),
        flow(FlowKind.PROCEEDS, "s", "bank", 1_100, days_ago=30, invoice=2),
        flow(FlowKind.REPAYMENT, "s", "bank", 500, days_ago=29, invoice=1),
        flow(FlowKind.REPAYMENT, "s", "bank", 450, days_ago=25, invoice=1),
    )
    share = refinanced_ppm(snapshot, policy=POLICY)
    assert share[snapshot.position("s")] == 950_000
    assert np.isnan(share[snapshot.position("bank")])


def test_repaid_later_or_its_own_financing_is_ordinary() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.PROCEEDS, "s", "bank", 1_000, days_ago=120, invoice=1),
        flow(FlowKind.PROCEEDS, "s", "bank", 1_100, days_ago=30, invoice=2),
        flow(FlowKind.REPAYMENT, "s", "bank", 1_000, days_ago=15, invoice=1),
        flow(FlowKind.REPAYMENT, "s", "bank", 1_100, days_ago=28, invoice=2),
    )
    assert refinanced_ppm(snapshot, policy=POLICY)[snapshot.position("s")] == 0
