"""Receiving files, and batches along their states."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from ledger.errors import DomainError
from scf.imports.lifecycle import BatchState
from scf.imports.models import ImportBatch, RawRecord, SourceFile
from scf.imports.operations.batches import (
    batch_fail,
    batch_receive,
    batch_restart,
    batch_step,
    batch_undo_mark,
)
from scf.imports.parsers.containers import Blob
from scf.imports.queries import batch_blobs, batch_get
from scf.network.queries import ProgrammeFacts
from tests.scf.imports.chain import AT, import_tables, order_row


def receive(
    programme: ProgrammeFacts, *blobs: Blob, party_id: int | None = None
) -> tuple[int, bool]:
    with transaction.atomic():
        return batch_receive(
            programme_id=programme.id, blobs=blobs, name="set", options={}, is_dry_run=True,
            uploaded_by="user:1", party_id=party_id, at=AT,
        )  # fmt: skip


A, B = Blob("a.csv", b"a" * 2_500_000), Blob("b.csv", b"b\x00\xff")


def test_bytes_come_back_as_they_came(programme: ProgrammeFacts) -> None:
    batch_id, created = receive(programme, A, B)
    assert created
    assert batch_blobs(batch_id=batch_id) == [A, B]


def test_the_same_set_is_the_same_batch_whatever_its_order(programme: ProgrammeFacts) -> None:
    first, _ = receive(programme, A, B)
    assert receive(programme, B, A) == (first, False)
    assert receive(programme, A)[0] != first
    assert SourceFile.objects.count() == 2


def test_another_partys_same_file_is_another_batch(programme: ProgrammeFacts) -> None:
    first, _ = receive(programme, A)
    assert receive(programme, A, party_id=programme.anchor_id)[0] != first


def test_a_failed_set_may_come_again(programme: ProgrammeFacts) -> None:
    first, _ = receive(programme, A)
    batch_step(batch_id=first, to=BatchState.READING)
    batch_fail(batch_id=first, error=DomainError("imports.no_rows", files=1), at=AT)
    failed = batch_get(batch_id=first)
    assert (failed.state, failed.failure_code, failed.failure_facts) == (
        "failed",
        "imports.no_rows",
        {"files": "1"},
    )
    again, created = receive(programme, A)
    assert created
    assert again != first


def test_steps_follow_the_table(programme: ProgrammeFacts) -> None:
    batch_id, _ = receive(programme, A)
    with pytest.raises(DomainError, match=r"imports\.state_conflict"):
        batch_step(batch_id=batch_id, to=BatchState.COMMITTED)
    with pytest.raises(DomainError, match=r"imports\.batch_not_undoable"):
        batch_undo_mark(batch_id=batch_id, by="user:1", at=AT)
    with pytest.raises(DomainError, match=r"imports\.batch_unknown"):
        batch_step(batch_id=0, to=BatchState.READING)


def test_a_restart_begins_the_counts_anew_and_keeps_the_records(programme: ProgrammeFacts) -> None:
    batch = import_tables(programme, orders=[order_row()]).batch
    batch_restart(batch_id=batch.id, is_dry_run=False)
    again = batch_get(batch_id=batch.id)
    assert (again.state, again.read, again.cursor, again.run_no) == ("reading", 0, 0, 1)
    assert RawRecord.objects.count() == 1
    with pytest.raises(DomainError, match=r"imports\.state_conflict"):
        batch_restart(batch_id=batch.id, is_dry_run=False)


@pytest.mark.parametrize(
    "change", [{"read": 5}, {"accepted": 9}, {"rows_known": 7}, {"state": "odd"}]
)
def test_the_database_keeps_the_equation(
    programme: ProgrammeFacts, change: dict[str, object]
) -> None:
    batch = import_tables(programme, orders=[order_row()]).batch
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.id).update(**change)
