import numpy as np

from risk.facts import FlowKind
from risk.signals.invoices import invoices_gather
from tests.risk.facts_made import flow, snapshot_of


def test_lines_are_gathered_and_credit_notes_taken_off() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 60, days_ago=9, invoice=7, document="I-7"),
        flow(FlowKind.INVOICE, "s", "b", 40, days_ago=9, invoice=7, document="I-7"),
        flow(FlowKind.INVOICE, "s", "b", 10, days_ago=8, document="I-8"),
        flow(FlowKind.INVOICE, "s", "b", 5, days_ago=8, document="I-8"),
        flow(FlowKind.CREDIT_NOTE, "s", "b", 30, days_ago=1, invoice=7, document="C-1"),
    )
    found = invoices_gather(snapshot.flows, kept=np.ones(len(snapshot.flows), dtype=bool))
    assert found.amount_minor.tolist() == [15, 100]
    assert found.left_minor.tolist() == [15, 70]
    assert [len(found.lines_of(n)) for n in range(2)] == [2, 2]
    assert [snapshot.flows.documents[d] for d in found.document] == ["I-8", "I-7"]


def test_no_invoices() -> None:
    snapshot = snapshot_of()
    assert len(invoices_gather(snapshot.flows, kept=np.ones(0, dtype=bool))) == 0
