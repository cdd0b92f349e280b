"""What the database itself refuses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from scf.imports.models import BatchFile, ImportBatch, RawRecord, SourceFile
from scf.network.queries import ProgrammeFacts
from tests.scf.imports.chain import import_tables, order_row


@pytest.fixture
def batch(programme: ProgrammeFacts) -> ImportBatch:
    return ImportBatch.objects.get(pk=import_tables(programme, orders=[order_row()]).batch.id)


def copied(row: object) -> dict[str, object]:
    values: dict[str, object] = type(row).objects.filter(pk=row.pk).values().get()  # type: ignore[attr-defined]
    values.pop("id")
    return values


@pytest.mark.parametrize("model", [ImportBatch, SourceFile, BatchFile, RawRecord])
def test_nothing_is_there_twice(batch: ImportBatch, model: type) -> None:
    row = model.objects.get()  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**copied(row))  # type: ignore[attr-defined]


def test_an_undone_set_may_come_again(batch: ImportBatch) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(state="undone")
    again = ImportBatch.objects.create(**{**copied(batch), "state": "received"})
    assert again.pk != batch.pk


def test_a_file_keeps_its_equation(batch: ImportBatch) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchFile.objects.update(ignored=3)
