"""What the database itself refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from scf.network.queries import ProgrammeFacts
from scf.trade.models import Document, DocumentLine, DocumentVersion, MatchLine, Receivable
from tests.scf.imports.chain import import_tables, invoice_row, order_row, receipt_row


@pytest.fixture
def receivable(programme: ProgrammeFacts) -> Receivable:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    return Receivable.objects.get()


@pytest.mark.parametrize(
    "change",
    [
        {"financeable_minor": -1},
        {"financeable_minor": 4_695_151, "supported_minor": 4_695_151},
        {"match_state": "price_block"},
    ],
)
def test_a_receivable_never_finances_more_than_it_may(
    receivable: Receivable, change: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Receivable.objects.filter(pk=receivable.pk).update(**change)


def test_gross_is_net_and_tax(receivable: Receivable) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentVersion.objects.filter(pk=receivable.invoice_version_id).update(gross_minor=1)


def without_id(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def test_no_document_and_no_line_twice(receivable: Receivable) -> None:
    document = without_id(Document.objects.filter(pk=receivable.invoice_id).values().get())
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(**document)
    line = without_id(
        DocumentLine.objects.filter(version_id=receivable.invoice_version_id).values().get()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentLine.objects.create(**line)


def test_one_verdict_an_invoice_line(receivable: Receivable) -> None:
    verdict = without_id(MatchLine.objects.values().get())
    with pytest.raises(IntegrityError), transaction.atomic():
        MatchLine.objects.create(**verdict)
