from risk.facts import FlowKind
from risk.findings import EVIDENCE_MOST, Finding, Severity, evidence_of, finding_data
from tests.risk.facts_made import flow, snapshot_of


def test_evidence_leads_back_to_the_business_row() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 500, days_ago=1, document="INV-7", row=42),
        flow(FlowKind.INVOICE, "s", "b", 600, days_ago=0),
    )
    first, second = evidence_of(snapshot.flows, [0, 1])
    assert (first.kind, first.row_id, first.document) == ("invoice", 42, "INV-7")
    assert (first.on_date, first.amount_minor) == ("2026-03-16", 500)
    assert second.row_id is None


def test_a_finding_is_written_with_its_numbers() -> None:
    finding = Finding("self_trade", "invoice_to_itself", "party:1", Severity.HIGH, {"rows": 2})
    assert finding_data(finding) == {
        "check": "self_trade",
        "code": "invoice_to_itself",
        "severity": "high",
        "facts": {"rows": 2},
        "evidence": [],
    }


def test_evidence_is_capped() -> None:
    snapshot = snapshot_of(*(flow(FlowKind.ORDER, "s", "b", n, days_ago=1) for n in range(1, 40)))
    assert len(evidence_of(snapshot.flows, range(39))) == EVIDENCE_MOST
