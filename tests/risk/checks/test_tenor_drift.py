from risk.checks.tenor_drift import check
from risk.facts import FlowKind
from risk.policy import DEFAULT_POLICY
from tests.risk.facts_made import flow, snapshot_of


def test_terms_that_grew_by_a_month() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=200, due_in=60),
        flow(FlowKind.INVOICE, "s", "b", 300, days_ago=40, due_in=100, document="INV-2"),
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=20, due_in=60, document="INV-3"),
    )
    (finding,) = check(snapshot, policy=DEFAULT_POLICY)
    assert finding.party_ref == "s"
    assert finding.facts == {"subject": "s", "days": 90, "usual_days": 60, "amount_minor": 300}
    assert [row.document for row in finding.evidence] == ["INV-2", "INV-3"]


def test_terms_within_the_policy_and_terms_without_a_past() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=200, due_in=60),
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=20, due_in=74),
        flow(FlowKind.INVOICE, "x", "b", 100, days_ago=20, due_in=180),
        flow(FlowKind.INVOICE, "y", "b", 100, days_ago=200),
    )
    assert check(snapshot, policy=DEFAULT_POLICY) == ()


def test_more_trade_with_a_slow_payer_is_not_longer_terms() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "quick", 900, days_ago=200, due_in=30),
        flow(FlowKind.INVOICE, "s", "slow", 100, days_ago=200, due_in=90),
        flow(FlowKind.INVOICE, "s", "quick", 100, days_ago=20, due_in=30),
        flow(FlowKind.INVOICE, "s", "slow", 900, days_ago=20, due_in=90),
    )
    assert check(snapshot, policy=DEFAULT_POLICY) == ()


def test_terms_that_grew_for_everyone_are_nobody_s_own() -> None:
    everyone = [
        flow(FlowKind.INVOICE, f"s{n}", "b", 100, days_ago=ago, due_in=60 + longer)
        for n in range(20)
        for ago, longer in ((200, 0), (20, 30))
    ]
    worse = [
        flow(FlowKind.INVOICE, "worse", "b", 100, days_ago=ago, due_in=due)
        for ago, due in ((200, 60), (20, 120))
    ]
    found = check(snapshot_of(*everyone, *worse), policy=DEFAULT_POLICY)
    assert [finding.party_ref for finding in found] == ["worse"]
