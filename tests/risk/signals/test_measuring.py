import numpy as np
import pytest

from risk.facts import FlowFact, FlowKind
from risk.policy import DEFAULT_POLICY
from risk.reconciling import reconcile
from risk.signals.measuring import Measured, signals_measure, with_customers
from risk.signals.values import Signals
from risk.snapshot import Snapshot
from tests.risk.cases import ANCHOR, FAILING, NEW, SLOW, STEADY, chain_snapshot
from tests.risk.facts_made import flow, snapshot_of


def measured(snapshot: Snapshot) -> Measured:
    rec = reconcile(snapshot, policy=DEFAULT_POLICY.reconcile)
    return signals_measure(snapshot, reconciliation=rec, policy=DEFAULT_POLICY)


@pytest.fixture(scope="module")
def chain() -> Snapshot:
    return chain_snapshot()


@pytest.fixture(scope="module")
def figures(chain: Snapshot) -> Measured:
    return measured(chain)


def test_figures_of_four_fates(chain: Snapshot, figures: Measured) -> None:
    def of(party: str) -> Signals:
        return figures.signals[chain.position(party)]

    assert of(STEADY).dso_days == 60
    assert of(STEADY).dso_change_days == 0
    assert of(STEADY).overdue_ppm == 0
    # 11 orders of 1,000.00 where a year before there were 12, at the same pace.
    assert of(STEADY).orders_growth_ppm == -83_333
    assert of(SLOW).orders_growth_ppm == 650_000
    # Beside the quarter before, since payments of a year before would be the first ones only.
    assert of(SLOW).dso_change_days == 25
    assert of(FAILING).orders_growth_ppm == -633_333
    assert of(NEW).history_days == 28
    assert of(NEW).orders_growth_ppm is None
    for party in (STEADY, SLOW, FAILING, NEW):
        assert of(party).reconciled_ppm == 1_000_000
        assert of(party).fill_ppm == 1_000_000
        assert of(party).purchases_growth_ppm is None  # whom they buy from is not seen


def test_need_is_a_year_of_orders_at_cost_over_the_cycle(
    chain: Snapshot, figures: Measured
) -> None:
    # 11 orders in 90 days; 80% cost; 10 days to deliver and 60 to be paid.
    yearly = 11 * 100_000 * 365 * 800_000 // (90 * 1_000_000)
    signals = figures.signals[chain.position(STEADY)]
    assert signals.need_minor == (2 * yearly * 70 + 365) // 730


def test_a_firm_that_only_buys_is_measured_by_its_purchases(
    chain: Snapshot, figures: Measured
) -> None:
    anchor = chain.position(ANCHOR)
    assert not figures.sells[anchor]
    assert figures.sells[chain.position(STEADY)]
    assert figures.signals[anchor].orders_growth_ppm is not None
    assert figures.signals[anchor].dpo_days is not None
    assert figures.signals[anchor].dso_days is None


def test_customers_in_distress_count_by_what_they_buy() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "good", 700, days_ago=5),
        flow(FlowKind.INVOICE, "s", "bad", 300, days_ago=5),
    )
    order = {party.ref: index for index, party in enumerate(snapshot.parties)}
    found = with_customers(
        measured(snapshot),
        source=np.array([order["s"], order["s"]]),
        target=np.array([order["good"], order["bad"]]),
        weight=np.array([700, 300]),
        distressed=np.array([party.ref == "bad" for party in snapshot.parties]),
    )
    assert found[order["s"]].distressed_customers_ppm == 300_000
    assert found[order["good"]].distressed_customers_ppm is None


@pytest.mark.parametrize(
    "flows",
    [
        [],
        [flow(FlowKind.INVOICE, "s", "s", 10, days_ago=1)],
        [flow(FlowKind.INVOICE, "s", "b", -10, days_ago=1)],
        [flow(FlowKind.PAYMENT, "s", "b", 10, days_ago=1, invoice=404)],
        [flow(FlowKind.RECEIPT, "s", "b", 10, days_ago=1, order=404)],
    ],
)
def test_odd_facts_are_measured_without_a_guess(flows: list[FlowFact]) -> None:
    for signals in measured(snapshot_of(*flows)).signals:
        assert signals.orders_growth_ppm is None
        assert signals.dso_days is None
