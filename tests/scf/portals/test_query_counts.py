"""How many queries each page asks of the database: a page must not ask once per row.

A line is the most that a page may need in a world with a handful of everything: what was counted,
and two for a block to come.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.everything import Everything, everything
from tests.test_permissions import PORTALS, Gate, rows

__all__ = ["everything"]

MOST: dict[str, int] = {
    "supplier:home": 25,
    "supplier:receivables": 19,
    "supplier:receivable": 23,
    "supplier:offers": 22,
    "supplier:offers_review": 10,
    "supplier:withdraw": 5,
    "supplier:settlement": 13,
    "supplier:company": 11,
    "supplier:imports": 10,
    "supplier:import_batch": 15,
    "supplier:import_progress": 6,
    "supplier:import_act": 5,
    "supplier:import_issues": 7,
    "supplier:ask": 5,
    "supplier:revocation": 6,
    "supplier:statement": 6,
    "supplier:statement_new": 5,
    "anchor:home": 21,
    "anchor:queue": 14,
    "anchor:confirm": 27,
    "anchor:statement": 9,
    "anchor:payments": 20,
    "anchor:payment_file": 10,
    "anchor:misdirected": 7,
    "anchor:imports": 12,
    "anchor:import_batch": 17,
    "anchor:import_progress": 8,
    "anchor:import_act": 7,
    "anchor:import_issues": 9,
    "investor:home": 12,
    "investor:products": 8,
    "investor:product": 22,
    "investor:terms": 7,
    "investor:holdings": 11,
    "investor:cash": 13,
    "investor:bid_withdraw": 5,
    "investor:statement": 6,
    "investor:statement_new": 5,
    "investor:withdrawal_cancel": 5,
    "risk:home": 20,
    "risk:run_progress": 6,
    "risk:take": 5,
    "risk:cases": 24,
    "risk:case": 35,
    "risk:documents": 25,
    "risk:reports": 26,
    "risk:report": 41,
    "risk:report_file": 7,
    "risk:compare": 40,
    "risk:firm": 6,
    "risk:graphs": 24,
    "risk:graph": 27,
    "risk:graph_data": 8,
    "risk:edge": 27,
    "risk:limits": 23,
    "risk:limit_new": 20,
    "risk:limit": 24,
    "risk:change": 21,
    "risk:warnings": 20,
    "risk:warning": 25,
    "risk:collections": 22,
    "risk:collection": 26,
    "risk:scorecard": 21,
    "risk:scorecards": 21,
    "risk:stress": 24,
    "risk:stress_file": 7,
    "risk:stress_progress": 6,
    "risk:stress_run": 25,
    "operations:home": 18,
    "operations:business_day": 16,
    "operations:day_progress": 6,
    "operations:reconcile": 15,
    "operations:payouts": 17,
    "operations:payout_batch": 11,
    "operations:payment_file": 8,
    "operations:issue": 10,
    "operations:offer": 8,
    "operations:series": 18,
    "operations:exceptions": 11,
    "operations:exception": 12,
    "operations:terms": 9,
    "operations:imports": 9,
    "operations:import_batch": 14,
    "operations:import_progress": 6,
    "operations:import_act": 5,
    "operations:import_issues": 7,
    "operations:parties": 11,
    "operations:party": 13,
    "auditor:home": 22,
    "auditor:journals": 12,
    "auditor:journal": 11,
    "auditor:balances": 11,
    "auditor:account": 9,
}
PEOPLE = {"investor": "A", "operations": "ops"}


@pytest.fixture(scope="module")
def gate(everything: Everything) -> Gate:
    return Gate(everything)


def asked(gate: Gate, name: str) -> int:
    """Queries of one GET by somebody at the page's desk, after a first look has warmed it up."""
    desk = name.partition(":")[0]
    person = PEOPLE.get(desk, desk)
    gate.knock(person, "get", name)
    with CaptureQueriesContext(connection) as captured:
        gate.knock(person, "get", name)
    return len(captured)


def test_every_page_has_a_baseline() -> None:
    assert set(MOST) == {row.name for row in rows(PORTALS)}


def test_no_page_asks_more_than_its_baseline(gate: Gate) -> None:
    counts = {name: asked(gate, name) for name in MOST}
    assert {name: count for name, count in counts.items() if count > MOST[name]} == {}
