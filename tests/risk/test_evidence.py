from risk.evidence import CHOICES, MOST, reason_rows, rows_index
from risk.facts import FlowKind
from risk.verdict import COMPARISONS
from tests.risk.cases import FAILING, STEADY, chain_snapshot
from tests.risk.facts_made import flow, snapshot_of


def test_a_firm_s_rows_are_found_from_both_sides() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.ORDER, "s", "b", 1, days_ago=3),
        flow(FlowKind.ORDER, "x", "s", 2, days_ago=2),
        flow(FlowKind.ORDER, "s", "x", 3, days_ago=1),
    )
    index, firm = rows_index(snapshot), snapshot.position("s")
    assert snapshot.flows.amount_minor[index.sold(firm)].tolist() == [1, 3]
    assert snapshot.flows.amount_minor[index.bought(firm)].tolist() == [2]


def test_every_reason_but_the_reconciled_share_has_its_rows() -> None:
    # The reconciled share's rows are the report's breaks.
    assert set(CHOICES) == {test.code for test in COMPARISONS} - {"reconciled"}


def test_the_slowest_invoices_show_slow_money_and_the_largest_orders_growth() -> None:
    snapshot = chain_snapshot()
    rows = reason_rows(
        snapshot, index=rows_index(snapshot), firm=snapshot.position(FAILING), sells=True
    )
    flows = snapshot.flows
    assert len(rows["dso_jump"]) == MOST
    for row in rows["dso_jump"]:
        assert flows.kind[row] == FlowKind.INVOICE
        assert flows.parties[flows.supplier[row]] == FAILING
    ages = (snapshot.day - flows.day[rows["dso_jump"]]).tolist()
    assert ages == sorted(ages, reverse=True)
    assert {flows.kind[row] for row in rows["orders_fall"]} == {FlowKind.ORDER}
    assert rows["refinanced"] == []


def test_history_is_shown_by_the_first_rows() -> None:
    snapshot = chain_snapshot()
    firm = snapshot.position(STEADY)
    rows = reason_rows(snapshot, index=rows_index(snapshot), firm=firm, sells=True)
    assert snapshot.flows.day[rows["history"][0]] == snapshot.day - 483
