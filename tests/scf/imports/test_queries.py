"""Batches, issues by repair, lineage; each to whom it may concern."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from scf.imports.models import ImportBatch
from scf.imports.queries import (
    PartyFinder,
    batch_document_ids,
    batch_files_list,
    batch_get,
    batches_list,
    batches_undone,
    document_records,
    issue_rows,
    issues_grouped,
    issues_list,
    record_lineage,
)
from scf.network.operations import PartyInput, party_upsert_many
from scf.network.queries import ProgrammeFacts
from scf.network.values import Role, Scope
from scf.trade.models import DocumentLine
from tests.scf.imports.chain import import_tables, order_row


def faulty(programme: ProgrammeFacts) -> int:
    rows = [order_row()] + [order_row(order_line=str(20 + n), quantity="x") for n in range(3)]
    return import_tables(programme, orders=rows).batch.id


def test_issues_are_grouped_by_repair(programme: ProgrammeFacts) -> None:
    batch_id = faulty(programme)
    (group,) = issues_grouped(batch_id=batch_id)
    assert (group["code"], group["column"], group["count"], group["first_row"]) == (
        "quantity_invalid",
        "quantity",
        3,
        3,
    )
    assert [
        issue["row_no"] for issue in issues_list(batch_id=batch_id, code="quantity_invalid")
    ] == [
        3,
        4,
        5,
    ]
    assert len(issues_list(batch_id=batch_id, column="quantity", limit=2)) == 2


def test_faulty_rows_go_back_to_their_author_with_their_cells(programme: ProgrammeFacts) -> None:
    (file,) = batch_files_list(batch_id=faulty(programme))
    found = list(issue_rows(file_id=file["id"]))
    assert len(found) == 3
    cells, issues = found[0]
    assert cells[file["headers"].index("quantity")] == "x"
    assert issues == [{"column": "quantity", "code": "quantity_invalid", "severity": "error"}]


def test_a_field_leads_back_to_its_row(programme: ProgrammeFacts) -> None:
    batch_id = faulty(programme)
    line = DocumentLine.objects.get()
    assert line.raw_record_id is not None
    (found,) = record_lineage(record_ids=[line.raw_record_id]).values()
    assert (found["file__name"], found["row_no"], found["file__batch_id"]) == (
        "orders.csv",
        2,
        batch_id,
    )
    (document_id,) = batch_document_ids(batch_id=batch_id)
    assert [row["id"] for row in document_records(document_id=document_id)] == [line.raw_record_id]


def test_a_supplier_sees_its_own_uploads_only(programme: ProgrammeFacts) -> None:
    ours = import_tables(programme, orders=[order_row()]).batch
    theirs = import_tables(programme, orders=[order_row(order_no="2")]).batch
    ImportBatch.objects.filter(pk=theirs.id).update(party_id=programme.anchor_id)
    supplier = Scope(programme.id, Role.SUPPLIER, frozenset({programme.anchor_id}))
    operations = Scope(programme.id, Role.OPERATIONS, None)
    anchor = Scope(programme.id, Role.ANCHOR, frozenset({programme.platform_id}))
    assert [each.id for each in batches_list(scope=supplier)] == [theirs.id]
    assert [each.id for each in batches_list(scope=operations)] == [theirs.id, ours.id]
    assert [each.id for each in batches_list(scope=anchor)] == [ours.id]
    with pytest.raises(DomainError, match=r"imports\.batch_unknown"):
        batch_get(batch_id=ours.id, scope=supplier)
    assert batches_undone(programme_id=programme.id) == []


def test_a_code_of_another_system_counts_only_when_unambiguous(programme: ProgrammeFacts) -> None:
    rows = [
        PartyInput(tax_id="A", name="甲", codes=(("SAP", "vendor", "1"), ("SAP", "vendor", "2"))),
        PartyInput(tax_id="B", name="乙", codes=(("K3", "vendor", "2"),)),
    ]
    ids = party_upsert_many(programme_id=programme.id, rows=rows)
    find = PartyFinder(programme_id=programme.id)
    assert find("party-7", "vendor", "1") == ids["A"]
    assert find("party-7", "vendor", "2") is None
    assert find("K3", "vendor", "2") == ids["B"]
    assert find.knows("SAP", "vendor", "1")
    assert not find.knows("party-7", "vendor", "1")
