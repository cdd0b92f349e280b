"""How a plan is cut, and what its rows came to."""

from __future__ import annotations

import pytest

from scf.imports.chunks import (
    Resolver,
    drafts_make,
    outcomes_set,
    parties_named,
    plan_chunks,
    row_hash,
)
from scf.imports.plan import Outcome, Row
from scf.trade.drafts import StoredDocument
from tests.scf.imports.chain import invoice_row, order_row, receipt_row
from tests.scf.imports.parsers.plans import read

IDS = {"company": 1, "vendor": 2, "customer": 3}


def find(system: str, kind: str, code: str) -> int | None:
    return None if code == "NOBODY" else IDS[kind]


def test_every_row_is_in_exactly_one_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scf.imports.chunks.CHUNK_ROWS", 3)
    orders = [order_row(order_no=str(n)) for n in range(7)] + [order_row(quantity="x")]
    plan = read(
        orders=orders,
        receipts=[receipt_row()],
        parties=[{"party_code": "V1", "name": "甲", "role": "supplier"}],
    )
    chunks = plan_chunks(plan)
    rows = [id(row) for chunk in chunks for row in chunk.rows]
    assert sorted(rows) == sorted(id(row) for file in plan.files for row in file.rows)
    assert [len(chunk.documents) for chunk in chunks] == [0, 3, 3, 2, 0]
    assert len(chunks[0].parties) == 1


def test_the_cut_is_the_same_each_time() -> None:
    tables = {"o": [order_row(), order_row(order_no="46")], "r": [receipt_row()]}
    first, second = plan_chunks(read(**tables)), plan_chunks(read(**tables))
    assert [[row.row_no for row in chunk.rows] for chunk in first] == [
        [row.row_no for row in chunk.rows] for chunk in second
    ]


@pytest.mark.parametrize("done", range(11))
def test_what_is_left_does_not_depend_on_how_it_was_cut(
    monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    orders = [order_row(order_no=str(n)) for n in range(7)] + [order_row(quantity="x")] * 2
    plan = read(orders=orders, receipts=[receipt_row(quantity="x")])
    monkeypatch.setattr("scf.imports.chunks.CHUNK_ROWS", 1)
    singly = plan_chunks(plan)
    assert [chunk.end for chunk in singly] == list(range(1, 12))
    left = {id(row) for chunk in singly if chunk.end > done for row in chunk.rows}
    monkeypatch.setattr("scf.imports.chunks.CHUNK_ROWS", 3)
    rest = plan_chunks(plan, done=done)
    assert {id(row) for chunk in rest for row in chunk.rows} == left
    assert rest[-1].end == 11


def test_sales_and_purchases_have_their_seller() -> None:
    plan = read(orders=[order_row(), order_row(order_no="46", direction="sales")])
    drafts = drafts_make(documents=plan.documents, resolver=Resolver(find), record_ids={})
    assert [(draft.seller_id, draft.buyer_id) for _, draft in drafts] == [(2, 1), (1, 3)]


def test_unknown_parties_keep_a_document_out() -> None:
    plan = read(orders=[order_row(partner_code="NOBODY")])
    assert drafts_make(documents=plan.documents, resolver=Resolver(find), record_ids={}) == []
    (row,) = plan.files[0].rows
    assert row.outcome is Outcome.QUARANTINED
    assert row.issues is not None
    assert row.issues[0].code == "party_unknown"


def test_a_supplier_speaks_about_itself_and_proves_no_delivery() -> None:
    plan = read(o=[order_row()], r=[receipt_row()], i=[invoice_row()])
    mine, other = Resolver(find, party_id=2), Resolver(find, party_id=9)
    assert [mine.parties_of(each) for each in plan.documents] == [
        "not_your_document",
        "not_your_document",
        (2, 1),
    ]
    assert {other.parties_of(each) for each in plan.documents} == {"not_your_document"}


def test_an_obligor_entity_speaks_about_its_own_books() -> None:
    plan = read(o=[order_row()], s=[order_row(order_no="46", direction="sales")])
    mine, other = (
        Resolver(find, party_id=1, is_buyer=True),
        Resolver(find, party_id=9, is_buyer=True),
    )
    assert [mine.parties_of(each) for each in plan.documents] == [(2, 1), (1, 3)]
    assert {other.parties_of(each) for each in plan.documents} == {"not_your_document"}


def test_every_firm_that_documents_name() -> None:
    plan = read(
        orders=[order_row(), order_row(order_no="46", direction="sales", partner_code="C1")]
    )
    assert parties_named(plan.documents) == {
        ("ERP", "company", "6030"): "obligor",
        ("ERP", "vendor", "V10021"): "supplier",
        ("ERP", "customer", "C1"): "distributor",
    }


def test_a_row_is_accepted_when_its_line_is_new() -> None:
    plan = read(orders=[order_row(), order_row(order_line="20")])
    (document,) = plan.documents
    outcomes_set(document=document, stored=StoredDocument(1, "changed", frozenset({"20"})))
    assert [row.outcome for row in document.rows] == [Outcome.UNCHANGED, Outcome.ACCEPTED]


def test_a_rows_hash_tells_cells_apart() -> None:
    assert row_hash(Row(0, "", 1, ("a", "b"))) == row_hash(Row(5, "x", 9, ("a", "b")))
    assert row_hash(Row(0, "", 1, ("ab",))) != row_hash(Row(0, "", 1, ("a", "b")))
