import json
from typing import Any

import pytest

from ledger.errors import DomainError
from risk.analysis import Analysis, chain_analyse
from risk.canonical import code_version
from risk.facts import FlowKind, PartyFact, RequestFact
from risk.policy import DEFAULT_POLICY, policy_hash
from risk.report import report_bytes, report_payload
from risk.snapshot import snapshot_dump, snapshot_load
from tests.risk.cases import ANCHOR, NEW, SLOW, STEADY, chain_snapshot
from tests.risk.facts_made import flow, snapshot_of


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return chain_analyse(chain_snapshot(), policy=DEFAULT_POLICY)


def test_the_stored_snapshot_gives_the_same_bytes(analysis: Analysis) -> None:
    again = chain_analyse(snapshot_load(snapshot_dump(analysis.snapshot)), policy=DEFAULT_POLICY)
    for party in (STEADY, SLOW, NEW):
        assert report_bytes(analysis, party_ref=party) == report_bytes(again, party_ref=party)


def test_a_report_names_facts_rules_and_code(analysis: Analysis) -> None:
    payload = json.loads(report_bytes(analysis, party_ref=SLOW))
    assert payload["snapshot_hash"] == analysis.snapshot.digest
    assert payload["policy_hash"] == policy_hash(DEFAULT_POLICY)
    assert payload["code_version"] == code_version()
    assert payload["as_of"] == "2026-03-17"
    assert payload["party"]["name"] == "北屿线束"


def test_reasons_lead_to_rows(analysis: Analysis) -> None:
    verdict = report_payload(analysis, party_ref=SLOW)["verdict"]
    assert (verdict["verdict"], verdict["gate"], verdict["signs"]) == (
        "OVERTRADING",
        "named_only",
        ["D3"],
    )
    jump = next(reason for reason in verdict["reasons"] if reason["code"] == "dso_jump")
    assert (jump["value"], jump["threshold"], jump["met"]) == (25, 20, True)
    assert jump["evidence"][0]["document"].startswith("INV-")
    assert jump["evidence"][0]["row_id"] is not None
    unknown = next(r for r in verdict["reasons"] if r["code"] == "purchases_growth")
    assert (unknown["value"], unknown["met"], unknown["evidence"]) == (None, None, [])
    assert verdict["flips"][0]["to"] == "STEADY"


def test_how_far_it_can_be_relied_on(analysis: Analysis) -> None:
    told = report_payload(analysis, party_ref=SLOW)["reliability"]
    assert told["baseline"] == "year_before"
    assert told["coverage_ppm"] is None
    assert "purchases_growth" in told["unknown"]
    assert report_payload(analysis, party_ref=NEW)["reliability"]["baseline"] == "preceding"


def test_coverage_is_what_the_books_see_of_declared_sales() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 680, days_ago=30),
        parties=(PartyFact("s", "北屿", annual_sales_minor=1_000),),
    )
    payload = report_payload(chain_analyse(snapshot, policy=DEFAULT_POLICY), party_ref="s")
    assert payload["reliability"]["coverage_ppm"] == 680_000


def test_position_with_and_without_the_anchor(analysis: Analysis) -> None:
    position = report_payload(analysis, party_ref=STEADY)["position"]
    measures = {measure["code"]: measure for measure in position["measures"]}
    assert (measures["anchor_share"]["with"], measures["anchor_share"]["without"]) == (
        1_000_000,
        None,
    )
    assert measures["hops_to_anchor"]["with"] == 1
    assert measures["buyer_hhi"]["without"] is None  # all it sells goes to the anchor
    assert position["role"] == "supplier"
    assert position["bow_tie"] == "in"


def test_neighbourhood_and_months(analysis: Analysis) -> None:
    payload = report_payload(analysis, party_ref=STEADY)
    layer = payload["graph"]["invoice"]
    (node,) = layer["nodes"]
    assert (node["ref"], node["side"], node["total_minor"]) == (ANCHOR, "buyer", 5_200_000)
    assert (layer["suppliers"], layer["buyers"], node["disputed"]) == (0, 1, False)
    assert payload["months"][-1]["month"] == "2026-03"
    assert payload["months"][-1]["order_minor"] == 100_000


def test_breaks_are_set_side_by_side() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.ORDER, "s", "b", 600, qty=60, order=1, days_ago=60, item="harness"),
        flow(FlowKind.RECEIPT, "s", "b", 520, qty=52, order=1, days_ago=50),
        flow(
            FlowKind.INVOICE,
            "s",
            "b",
            600,
            qty=60,
            order=1,
            days_ago=45,
            document="INV-77",
            item="harness",
            row=9,
        ),
    )
    payload = report_payload(chain_analyse(snapshot, policy=DEFAULT_POLICY), party_ref="s")
    (row,) = payload["breaks"]["rows"]
    assert (row["reason"], row["document"], row["row_id"]) == ("quantity_differs", "INV-77", 9)
    assert (row["ordered_micro"], row["received_micro"], row["invoiced_micro"]) == (
        60_000_000,
        52_000_000,
        60_000_000,
    )
    assert row["broken_minor"] == payload["breaks"]["total_minor"] == 77


def test_a_request_given_stands_for_the_snapshot_s(analysis: Analysis) -> None:
    asked: dict[str, Any] = report_payload(
        analysis, party_ref=SLOW, request=RequestFact(SLOW, 90_000_000, "receivable")
    )
    assert asked["verdict"]["verdict"] == "DISTRESS"
    assert asked["request"]["amount_minor"] == 90_000_000
    assert report_payload(analysis, party_ref=SLOW)["request"] is None


def test_a_firm_that_is_not_there(analysis: Analysis) -> None:
    with pytest.raises(DomainError, match=r"risk\.party_unknown"):
        report_bytes(analysis, party_ref="party:404")


def test_one_firm_without_any_flow_is_abstained_from() -> None:
    snapshot = snapshot_of(parties=(PartyFact("party:1", "新企业", roles=("supplier",)),))
    payload = report_payload(chain_analyse(snapshot, policy=DEFAULT_POLICY), party_ref="party:1")
    assert payload["verdict"]["verdict"] == "ABSTAIN"
    assert payload["months"] == []


def test_a_seller_to_thirty_thousand_fits_in_a_report() -> None:
    sales = [flow(FlowKind.INVOICE, "s", f"b{n}", 10, days_ago=1) for n in range(30_000)]
    found = chain_analyse(snapshot_of(*sales), policy=DEFAULT_POLICY)
    data = report_bytes(found, party_ref="s")
    assert len(data) < 30_000
    assert json.loads(data)["graph"]["invoice"]["buyers"] == 30_000
