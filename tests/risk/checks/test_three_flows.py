from risk.checks.three_flows import check
from risk.facts import FlowFact, FlowKind
from risk.policy import DEFAULT_POLICY
from tests.risk.facts_made import flow, snapshot_of


def agreed(key: int, amount: int, seller: str = "s") -> list[FlowFact]:
    qty = amount // 10
    return [
        flow(FlowKind.ORDER, seller, "b", amount, qty=qty, order=key, days_ago=60),
        flow(FlowKind.RECEIPT, seller, "b", amount, qty=qty, order=key, days_ago=50),
        flow(FlowKind.INVOICE, seller, "b", amount, qty=qty, order=key, days_ago=48),
    ]


def phantom(amount: int, document: str, seller: str = "s") -> FlowFact:
    return flow(FlowKind.INVOICE, seller, "b", amount, qty=1, days_ago=40, document=document)


def test_the_broken_share_of_a_supplier_by_reason_with_the_largest_rows_first() -> None:
    flows = [*agreed(1, 7_000), phantom(1_000, "INV-8"), phantom(2_000, "INV-9")]
    (finding,) = check(snapshot_of(*flows), policy=DEFAULT_POLICY)
    assert (finding.code, finding.severity) == ("no_order", "high")
    assert finding.facts == {
        "subject": "s",
        "rows": 2,
        "amount_minor": 3_000,
        "broken_minor": 3_000,
        "invoiced_minor": 10_000,
        "broken_ppm": 300_000,
    }
    assert [row.document for row in finding.evidence] == ["INV-9", "INV-8"]


def test_a_small_break_is_told_and_not_held_against_anyone() -> None:
    found = check(snapshot_of(*agreed(1, 100_000), phantom(1_000, "INV-1")), policy=DEFAULT_POLICY)
    assert [finding.severity for finding in found] == ["info"]


def test_each_supplier_answers_for_its_own() -> None:
    flows = [*agreed(1, 1_000), phantom(100, "INV-1", "x"), *agreed(2, 900, "x")]
    assert [f.party_ref for f in check(snapshot_of(*flows), policy=DEFAULT_POLICY)] == ["x"]


def test_nothing_invoiced_nothing_found() -> None:
    assert check(snapshot_of(), policy=DEFAULT_POLICY) == ()
