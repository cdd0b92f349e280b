from risk.checks.input_quality import check
from risk.facts import FlowKind
from risk.policy import DEFAULT_POLICY
from tests.risk.facts_made import flow, snapshot_of


def test_amounts_that_cannot_be_are_named_with_their_rows() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", -5, days_ago=3, document="INV-1", row=7),
        flow(FlowKind.ORDER, "s", "b", 0, days_ago=2),
        flow(FlowKind.ORDER, "s", "b", 10, days_ago=2),
    )
    (finding,) = check(snapshot, policy=DEFAULT_POLICY)
    assert (finding.code, finding.party_ref, finding.facts["rows"]) == (
        "amount_not_positive",
        "s",
        2,
    )
    assert finding.evidence[0].document == "INV-1"


def test_rows_left_out_are_told_of_the_whole_chain() -> None:
    snapshot = snapshot_of(flow(FlowKind.ORDER, "s", "b", 10, days_ago=-4))
    (finding,) = check(snapshot, policy=DEFAULT_POLICY)
    assert (finding.code, finding.party_ref) == ("rows_future", "")


def test_clean_facts_need_no_word() -> None:
    assert check(snapshot_of(), policy=DEFAULT_POLICY) == ()
