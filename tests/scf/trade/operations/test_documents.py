"""Documents as append-only versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from scf.network.operations import PartyInput, party_upsert_many
from scf.network.queries import ProgrammeFacts
from scf.trade.drafts import DocumentDraft, LineDraft
from scf.trade.models import Document, DocumentLine, DocumentVersion
from scf.trade.operations.documents import batch_withdraw, documents_store
from tests.scf.imports.chain import AT


@pytest.fixture
def draft(programme: ProgrammeFacts) -> DocumentDraft:
    ids = party_upsert_many(
        programme_id=programme.id,
        rows=[PartyInput(tax_id="S", name="供应商"), PartyInput(tax_id="B", name="沧澜空调")],
    )
    lines = tuple(
        LineDraft(line_no=no, raw_record_id=1, qty_micro=5_000_000, net_minor=100, tax_minor=13)
        for no in ("10", "20")
    )
    return DocumentDraft(
        kind="invoice", direction="purchase", source_system="ERP", company_code="6030",
        number="INV-1", seller_id=ids["S"], buyer_id=ids["B"], document_date=date(2026, 1, 8),
        currency="CNY", lines=lines, fiscal_year=2026,
    )  # fmt: skip


def store(programme: ProgrammeFacts, *drafts: DocumentDraft, batch: int = 1) -> list[str]:
    results = documents_store(programme_id=programme.id, drafts=drafts, batch_id=batch, at=AT)
    return [each.outcome for each in results]


def test_created_then_unchanged_then_changed(
    programme: ProgrammeFacts, draft: DocumentDraft
) -> None:
    assert store(programme, draft) == ["created"]
    assert store(programme, draft, batch=2) == ["unchanged"]
    assert store(programme, replace(draft, due_date=date(2026, 5, 1)), batch=3) == ["changed"]
    document = Document.objects.get()
    versions = DocumentVersion.objects.filter(document=document).order_by("version_no")
    assert [each.batch_id for each in versions] == [1, 3]
    assert document.current_id == versions[1].pk
    assert [(each.net_minor, each.tax_minor, each.gross_minor) for each in versions] == [
        (200, 26, 226)
    ] * 2


def test_a_file_with_part_of_the_lines_changes_only_these(
    programme: ProgrammeFacts, draft: DocumentDraft
) -> None:
    store(programme, draft)
    corrected = replace(draft, lines=(replace(draft.lines[1], net_minor=50, raw_record_id=7),))
    (result,) = documents_store(programme_id=programme.id, drafts=[corrected], batch_id=2, at=AT)
    assert (result.outcome, result.changed_lines) == ("changed", frozenset({"20"}))
    lines = DocumentLine.objects.filter(version__version_no=2).order_by("line_no")
    assert [(line.line_no, line.net_minor, line.raw_record_id) for line in lines] == [
        ("10", 100, 1),
        ("20", 50, 7),
    ]
    assert store(programme, replace(draft, lines=draft.lines[:1]), batch=3) == ["unchanged"]


def test_a_version_once_written_stays(programme: ProgrammeFacts, draft: DocumentDraft) -> None:
    store(programme, draft)
    first = DocumentVersion.objects.values().get()
    store(programme, replace(draft, currency="USD"), batch=2)
    assert DocumentVersion.objects.filter(pk=first["id"]).values().get() == first


def test_years_and_partners_tell_documents_apart(
    programme: ProgrammeFacts, draft: DocumentDraft
) -> None:
    others = [replace(draft, fiscal_year=2025), replace(draft, partner_key="V2")]
    assert store(programme, draft, *others) == ["created"] * 3
    assert Document.objects.count() == 3


def test_undoing_falls_back_to_what_was_said_before(
    programme: ProgrammeFacts, draft: DocumentDraft
) -> None:
    store(programme, draft)
    store(programme, replace(draft, currency="USD"), batch=2)
    touched = batch_withdraw(programme_id=programme.id, batch_id=2, withdrawn=[2], at=AT)
    document = Document.objects.select_related("current").get()
    assert touched == [document.pk]
    assert document.current is not None
    assert (document.current.version_no, document.current.currency) == (1, "CNY")
    batch_withdraw(programme_id=programme.id, batch_id=1, withdrawn=[1, 2], at=AT)
    document.refresh_from_db()
    assert document.current_id is None
    assert DocumentVersion.objects.count() == 2
    # The same document comes again: a new version, nothing is overwritten.
    assert store(programme, draft, batch=3) == ["changed"]
    assert Document.objects.get().versions.count() == 3


def test_storing_many_takes_a_handful_of_statements(
    programme: ProgrammeFacts, draft: DocumentDraft
) -> None:
    drafts = [replace(draft, number=f"INV-{n}") for n in range(200)]
    counter = _Count()
    with connection.execute_wrapper(counter):
        store(programme, *drafts)
    assert counter.calls <= 8


class _Count:
    calls = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.calls += 1
        return execute(sql, params, many, context)
