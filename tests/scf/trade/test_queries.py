"""What the queries show, and to whom."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from scf.network.queries import ProgrammeFacts
from scf.network.values import Role, Scope
from scf.trade.queries import (
    document_get,
    document_lines_list,
    match_allocations_list,
    match_lines_list,
    receivable_get,
    receivables_by_number,
    receivables_get,
    receivables_list,
    receivables_table,
)
from scf.trade.values import MatchState, ReceivableFacts
from tests.scf.imports.chain import import_tables, invoice_row, order_row, receipt_row


@pytest.fixture
def found(programme: ProgrammeFacts) -> ReceivableFacts:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    (facts,) = receivables_list(scope=all_of(programme))
    return facts


def all_of(programme: ProgrammeFacts) -> Scope:
    return Scope(programme_id=programme.id, role=Role.OPERATIONS, party_ids=None)


def only(programme: ProgrammeFacts, party_id: int) -> Scope:
    return Scope(programme.id, Role.SUPPLIER, frozenset({party_id}))


def test_a_supplier_sees_its_own_and_nobody_elses(
    programme: ProgrammeFacts, found: ReceivableFacts
) -> None:
    mine, other = only(programme, found.supplier_id), only(programme, 999_999)
    assert receivables_list(scope=mine) == [found]
    assert receivables_list(scope=other) == []
    assert receivable_get(receivable_id=found.id, scope=mine) == found
    with pytest.raises(DomainError, match=r"trade\.receivable_unknown"):
        receivable_get(receivable_id=found.id, scope=other)
    with pytest.raises(DomainError, match=r"trade\.document_unknown"):
        document_get(document_id=found.invoice_id, scope=other)


def test_the_obligor_sees_what_it_owes(programme: ProgrammeFacts, found: ReceivableFacts) -> None:
    assert receivables_list(scope=only(programme, found.obligor_id)) == [found]


def test_filters(programme: ProgrammeFacts, found: ReceivableFacts) -> None:
    scope = all_of(programme)
    assert receivables_list(scope=scope, states=[MatchState.MATCHED], ready_only=True) == [found]
    assert receivables_list(scope=scope, states=[MatchState.NO_ORDER]) == []
    assert receivables_list(scope=scope, supplier_id=found.obligor_id) == []
    assert receivables_get(receivable_ids=[found.id, 0]) == {found.id: found}
    assert receivables_by_number(programme_id=programme.id, number_keys=["INV001"]) == {
        "INV001": [found]
    }
    (row,) = receivables_table(scope=scope)
    assert row["obligor__name"] == "公司 6030"


def test_the_evidence_names_documents_versions_and_quantities(
    programme: ProgrammeFacts, found: ReceivableFacts
) -> None:
    (line,) = match_lines_list(invoice_id=found.invoice_id)
    assert (line["order__number"], line["order_line_no"]) == ("4500001201", "10")
    assert line["invoice_version_id"] == found.invoice_version_id
    (part,) = match_allocations_list(invoice_id=found.invoice_id)
    assert (part["receipt__number"], part["qty_micro"]) == ("5000003301", 100_000_000)


def test_a_document_shows_its_current_version(
    programme: ProgrammeFacts, found: ReceivableFacts
) -> None:
    document = document_get(document_id=found.invoice_id, scope=all_of(programme))
    assert (document["reference"], document["current__gross_minor"]) == ("INV-001", 4_695_150)
    (line,) = document_lines_list(version_id=document["current_id"])
    assert line["net_minor"] == 4_155_000
