import time

import pytest

from risk.analysis import CHECKS, MONTHS, Analysis, chain_analyse
from risk.chain.graph import Layer
from risk.facts import FlowKind, PartyFact
from risk.policy import DEFAULT_POLICY
from risk.report import report_bytes
from risk.snapshot import snapshot_build
from tests.risk.cases import SLOW, STEADY, chain_snapshot
from tests.risk.chain_made import chain_facts
from tests.risk.facts_made import AS_OF, flow, snapshot_of


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return chain_analyse(chain_snapshot(), policy=DEFAULT_POLICY)


def test_months_end_with_the_snapshot_s(analysis: Analysis) -> None:
    assert len(analysis.months) == MONTHS
    assert analysis.months[-1] == "2026-03"
    assert analysis.months[0] == "2024-10"
    firm = analysis.snapshot.position(STEADY)
    assert analysis.sold_months[0, -1, firm] == 100_000  # one order in March so far
    assert analysis.bought_months[:, :, firm].sum() == 0


def test_one_disputed_pair_among_sound_ones() -> None:
    snapshot = snapshot_of(
        *(row for row in [flow(FlowKind.INVOICE, "s", "b", 100, days_ago=30)]),
        flow(FlowKind.ORDER, "x", "b", 100, qty=10, order=1, days_ago=50),
        flow(FlowKind.RECEIPT, "x", "b", 100, qty=10, order=1, days_ago=40),
        flow(FlowKind.INVOICE, "x", "b", 100, qty=10, order=1, days_ago=30),
    )
    found = chain_analyse(snapshot, policy=DEFAULT_POLICY)
    assert found.disputed == {(snapshot.position("s"), snapshot.position("b"))}


def test_every_check_runs_and_layers_are_kept_apart(analysis: Analysis) -> None:
    assert {check.__module__.rsplit(".", 1)[1] for check in CHECKS} == {
        "cash_out",
        "circular_trade",
        "duplicate_financing",
        "input_quality",
        "phantom_delivery",
        "self_trade",
        "tenor_drift",
        "three_flows",
        "volume_spike",
    }
    firm = analysis.snapshot.position(SLOW)
    invoiced = analysis.graphs[Layer.INVOICE].sales()[firm]
    assert invoiced == 6_480_000
    assert 0 < analysis.graphs[Layer.CASH].sales()[firm] < invoiced


def slumping(buyer: str, *, role: str) -> int | None:
    """What a supplier is told of a customer whose orders fell and whose payments drag."""
    rows = []
    for week in range(40):
        ago, key = 14 + week * 7, week + 1
        amount = 40_000 if ago <= 100 else 100_000
        late = 120 if ago <= 200 else 30
        rows += [
            flow(FlowKind.ORDER, "s", buyer, amount, qty=10, order=key, days_ago=ago),
            flow(FlowKind.RECEIPT, "s", buyer, amount, qty=10, order=key, days_ago=ago - 5),
            flow(
                FlowKind.INVOICE,
                "s",
                buyer,
                amount,
                qty=10,
                order=key,
                invoice=key,
                days_ago=ago - 6,
                due_in=30,
            ),
        ]
        if ago - 6 >= late:
            rows.append(
                flow(FlowKind.PAYMENT, "s", buyer, amount, invoice=key, days_ago=ago - 6 - late)
            )
    snapshot = snapshot_of(*rows, parties=(PartyFact(buyer, buyer, roles=(role,)),))
    found = chain_analyse(snapshot, policy=DEFAULT_POLICY)
    return found.signals[snapshot.position("s")].distressed_customers_ppm


def test_a_customer_in_distress_is_told_to_its_supplier() -> None:
    assert slumping("b", role="distributor") == 1_000_000


def test_the_anchor_s_slump_does_not_condemn_the_chain() -> None:
    assert slumping("b", role="obligor") == 0


def test_an_empty_chain_is_analysed() -> None:
    assert chain_analyse(snapshot_of(), policy=DEFAULT_POLICY).signals == ()


def test_a_whole_chain_is_judged_in_seconds() -> None:
    """1,300 firms and 60,000 rows here (a quarter of the demo chain), with room for a slow box."""
    snapshot = snapshot_build(
        chain_facts(suppliers=300, distributors=1_000, orders=12_000), as_of=AS_OF
    )
    started = time.perf_counter()
    found = chain_analyse(snapshot, policy=DEFAULT_POLICY)
    size = sum(len(report_bytes(found, party_ref=party.ref)) for party in snapshot.parties)
    assert size > 0
    assert time.perf_counter() - started < 30
