"""Rows with their outcomes, issues and counts."""

from __future__ import annotations

import pytest

from ledger.errors import InvariantViolated
from scf.imports.models import BatchFile, ImportBatch, RawRecord, RowIssue
from scf.imports.operations.records import records_take_back, records_write
from scf.imports.plan import Issue, Outcome, Row
from scf.network.queries import ProgrammeFacts
from scf.trade.bulk import ids_reserve
from tests.scf.imports.chain import import_tables, order_row


@pytest.fixture
def batch(programme: ProgrammeFacts) -> tuple[int, dict[int, int]]:
    """A batch that was read, and its files by number."""
    found = import_tables(programme, orders=[order_row()]).batch
    return found.id, dict(BatchFile.objects.values_list("file_no", "pk"))


def test_cells_are_kept_as_they_came(batch: tuple[int, dict[int, int]]) -> None:
    record = RawRecord.objects.get()
    assert record.cells[:3] == ["6030", "4500001201", "10"]
    assert (record.row_no, record.outcome) == (2, "accepted")
    assert record.document_id is not None


def write(batch: tuple[int, dict[int, int]], *rows: Row) -> None:
    ids = ids_reserve(table="imports_rawrecord", count=len(rows))
    records_write(
        batch_id=batch[0], file_ids=batch[1], rows=rows,
        record_ids={id(row): pk for row, pk in zip(rows, ids, strict=True)}, document_ids={},
        cursor=9,
    )  # fmt: skip


def test_a_row_without_an_outcome_is_a_fault_of_ours(batch: tuple[int, dict[int, int]]) -> None:
    with pytest.raises(InvariantViolated):
        write(batch, Row(0, "", 3, ("a",)))


def test_odd_characters_are_stored(batch: tuple[int, dict[int, int]]) -> None:
    row = Row(0, "", 3, ("制表\t", '引号"', "反斜\\", "换\n行", "nul\x00", "\\N"))
    row.report(Issue("number_invalid", column="数\x00量", raw="x" * 500))
    ImportBatch.objects.filter(pk=batch[0]).update(state="checking")
    write(batch, row)
    record = RawRecord.objects.get(row_no=3)
    assert record.cells == ["制表\t", '引号"', "反斜\\", "换\n行", "nul", "\\N"]
    issue = RowIssue.objects.get()
    assert (issue.column, len(issue.raw_value), issue.row_no) == ("数量", 200, 3)


def test_taken_back_records_keep_their_ids(batch: tuple[int, dict[int, int]]) -> None:
    before = RawRecord.objects.get()
    row = Row(0, "", 2, ("a",))
    (earlier,) = records_take_back(batch_id=batch[0], file_ids=batch[1], rows=[row]).values()
    assert (earlier.record_id, earlier.outcome, earlier.document_id) == (
        before.pk,
        Outcome.ACCEPTED,
        before.document_id,
    )
    assert not RawRecord.objects.exists()
