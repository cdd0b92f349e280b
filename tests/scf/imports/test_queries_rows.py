"""Rows with a problem, and how fresh the documents are."""

from scf.imports.queries_rows import freshness_of, issue_sheet
from scf.network.queries import ProgrammeFacts
from tests.scf.imports.chain import AT, import_tables, order_row


def test_the_rows_of_one_repair_with_their_cells(programme: ProgrammeFacts) -> None:
    bad = [order_row(order_no=f"45{number}", quantity="viele") for number in range(10, 22)]
    result = import_tables(programme, orders=[order_row(), *bad])
    sheet = issue_sheet(batch_id=result.batch.id, code="quantity_invalid", offset=8, limit=8)
    assert sheet is not None
    assert sheet.matching == 12
    assert len(sheet.rows) == 4
    assert "quantity" in sheet.headers
    row = sheet.rows[0]
    assert row.cells[list(sheet.headers).index("quantity")] == "viele"
    assert "quantity_invalid" in {one.code for one in row.issues}
    assert issue_sheet(batch_id=result.batch.id, code="date_invalid") is None


def test_documents_are_as_fresh_as_the_newest_batch(programme: ProgrammeFacts) -> None:
    assert freshness_of(programme_id=programme.id) is None
    result = import_tables(programme, orders=[order_row()])
    found = freshness_of(programme_id=programme.id)
    assert found is not None
    assert (found.batch_id, found.at) == (result.batch.id, AT)
