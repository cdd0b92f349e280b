"""Files come in through the portal: previewed, committed, undone, and killed half-way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F

from ledger.errors import DomainError
from ledger.models import OutboxEvent
from scf.imports.models import RawRecord, RowIssue
from scf.imports.queries import BatchFacts, batch_get, issues_grouped
from scf.journeys.importing import import_commit, import_receive, import_run, import_undo
from scf.journeys.matching import match_run
from scf.network.operations import PartyInput, party_upsert_many
from scf.network.queries import ProgrammeFacts
from scf.network.values import Actor, Role, Scope, Seat
from scf.trade.models import Document, DocumentLine, DocumentVersion
from scf.trade.queries import receivables_list
from tests.scf.imports.chain import (
    AT,
    import_tables,
    invoice_row,
    order_row,
    programme_make,
    receipt_row,
    table,
)


@pytest.fixture
def programme(db: None) -> ProgrammeFacts:
    found = programme_make()
    party_upsert_many(
        programme_id=found.id,
        rows=[
            PartyInput(tax_id="6030", name="沧澜空调", codes=(("ERP", "company", "6030"),)),
            PartyInput(tax_id="V10021", name="甲", codes=(("ERP", "vendor", "V10021"),)),
        ],
    )
    return found


def actor(
    programme: ProgrammeFacts, role: Role = Role.OPERATIONS, party_id: int | None = None
) -> Actor:
    return Actor(1, "tester", role, Seat.CHECKER, programme.id, party_id)


FILES = {
    "orders": [order_row(), order_row(order_no="46"), order_row(order_no="47", quantity="x")],
    "receipts": [receipt_row()],
    "invoices": [invoice_row()],
}


def upload(programme: ProgrammeFacts, who: Actor, dry: bool = True, /, **tables: Any) -> int:
    files = [(f"{name}.csv", table(rows)) for name, rows in tables.items()]
    return import_receive(actor=who, files=files, is_dry_run=dry, at=AT).batch_id


def events(name: str) -> list[dict[str, Any]]:
    return [event.payload for event in OutboxEvent.objects.filter(name=name).order_by("pk")]


def receivable_count(programme: ProgrammeFacts) -> int:
    scope = Scope(programme.id, Role.OPERATIONS, None)
    return len(receivables_list(scope=scope, ready_only=True))


def test_preview_then_commit(programme: ProgrammeFacts) -> None:
    who = actor(programme)
    batch_id = upload(programme, who, **FILES)
    assert events("imports.batch.received") == [
        {"batch_id": batch_id, "programme_id": programme.id}
    ]
    preview = import_run(batch_id=batch_id, at=AT)
    assert (preview.state, preview.counts) == (
        "dry_run",
        {"read": 5, "accepted": 4, "unchanged": 0, "quarantined": 1, "ignored": 0},
    )
    assert (preview.documents_created, Document.objects.count()) == (4, 0)
    assert events("imports.batch.committed") == []
    import_commit(actor=who, batch_id=batch_id, at=AT)
    done = import_run(batch_id=batch_id, at=AT)
    assert (done.state, done.counts) == ("committed", preview.counts)
    assert Document.objects.count() == 4
    assert events("imports.batch.committed") == [
        {"batch_id": batch_id, "programme_id": programme.id}
    ]
    with pytest.raises(DomainError, match=r"imports\.state_conflict"):
        import_commit(actor=who, batch_id=batch_id, at=AT)


def test_the_same_files_again_are_the_same_batch(programme: ProgrammeFacts) -> None:
    who = actor(programme)
    files = [("o.csv", table([order_row()]))]
    first = import_receive(actor=who, files=files, is_dry_run=False, at=AT)
    import_run(batch_id=first.batch_id, at=AT)
    again = import_receive(actor=who, files=files, is_dry_run=False, at=AT)
    assert (again.batch_id, again.created) == (first.batch_id, False)
    assert len(events("imports.batch.received")) == 1


def test_rows_that_may_now_pass_are_tried_again(programme: ProgrammeFacts) -> None:
    who = actor(programme, Role.ANCHOR, programme.anchor_id)
    row = order_row(company_code="6040")
    batch_id = upload(programme, who, False, orders=[order_row(), row])
    assert import_run(batch_id=batch_id, at=AT).quarantined == 1
    party_upsert_many(
        programme_id=programme.id,
        rows=[PartyInput(tax_id="6040", name="沧澜冰箱", codes=(("ERP", "company", "6040"),))],
    )
    assert upload(programme, who, False, orders=[order_row(), row]) == batch_id
    again = import_run(batch_id=batch_id, at=AT)
    assert again.counts == {
        "read": 2,
        "accepted": 2,
        "unchanged": 0,
        "quarantined": 0,
        "ignored": 0,
    }
    assert not RowIssue.objects.exists()


def test_old_news_do_not_overwrite_what_came_since(programme: ProgrammeFacts) -> None:
    who = actor(programme)
    old = {"orders": [order_row(), order_row(order_no="46", quantity="x")]}
    batch_id = upload(programme, who, False, **old)
    import_run(batch_id=batch_id, at=AT)
    import_tables(programme, orders=[order_row(quantity="80")])
    assert upload(programme, who, False, **old) == batch_id
    import_run(batch_id=batch_id, at=AT)
    line = DocumentLine.objects.get(
        version__document__number="4500001201", version__document__current_id=F("version_id")
    )
    assert line.qty_micro == 80_000_000


def snapshot(programme: ProgrammeFacts) -> list[Any]:
    """The end state without the ids that a run happens to give."""
    lines = DocumentLine.objects.order_by("version__document__number", "line_no")
    return [
        list(RawRecord.objects.order_by("file__file_no", "row_no").values_list("row_no", "outcome", "row_hash")),
        list(lines.values_list("version__document__number", "version__version_no", "line_hash")),
        [{**each, "file_id": 0} for each in issues_grouped(batch_id=RawRecord.objects.earliest("pk").file.batch_id)],
        receivable_count(programme),
    ]  # fmt: skip


class Killed(BaseException):
    """What kill -9 looks like from inside: nothing catches it."""


@pytest.mark.parametrize("dies_at", range(1, 8))
def test_killed_anywhere_and_run_again_ends_the_same(
    programme: ProgrammeFacts, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    monkeypatch.setattr("scf.imports.chunks.CHUNK_ROWS", 1)
    who = actor(programme)
    batch_id = upload(programme, who, False, **FILES)
    steps = 0

    def die(done: int, known: int | None, is_last: bool) -> None:
        nonlocal steps
        steps += 1
        if steps == dies_at:
            raise Killed

    with pytest.raises(Killed):
        import_run(batch_id=batch_id, at=AT, on_step=die)
    batch = import_run(batch_id=batch_id, at=AT)
    match_run(batch_id=batch_id, at=AT)
    assert batch.counts == {
        "read": 5,
        "accepted": 4,
        "unchanged": 0,
        "quarantined": 1,
        "ignored": 0,
    }
    assert (batch.documents_created, Document.objects.count()) == (4, 4)
    assert DocumentVersion.objects.count() == 4
    assert len(events("imports.batch.committed")) == 1
    assert snapshot(programme)[-1] == 1


def test_progress_is_told_in_rows(
    programme: ProgrammeFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scf.imports.chunks.CHUNK_ROWS", 2)
    batch_id = upload(programme, actor(programme), False, **FILES)
    told: list[tuple[int, int | None, bool]] = []
    import_run(batch_id=batch_id, at=AT, on_step=lambda *step: told.append(step))
    assert [done for done, _, _ in told] == [0, 0, 2, 4, 5, 5]
    assert {known for _, known, _ in told} == {5}
    assert [last for *_, last in told] == [False] * 5 + [True]


def test_a_refused_set_ends_with_its_reason_and_leaves_nothing(programme: ProgrammeFacts) -> None:
    files = [("o.csv", b"x,y\n1,2\n")]
    batch_id = import_receive(actor=actor(programme), files=files, at=AT).batch_id
    last: list[bool] = []
    batch = import_run(batch_id=batch_id, at=AT, on_step=lambda *step: last.append(step[2]))
    assert (batch.state, batch.failure_code) == ("failed", "imports.columns_unknown")
    assert last == [True]
    assert not RawRecord.objects.exists()


def test_a_second_wake_up_for_a_finished_batch_changes_nothing(programme: ProgrammeFacts) -> None:
    batch_id = upload(programme, actor(programme), False, **FILES)
    done = import_run(batch_id=batch_id, at=AT)
    last: list[bool] = []
    again = import_run(batch_id=batch_id, at=AT, on_step=lambda *step: last.append(step[2]))
    assert (again, last) == (done, [True])
    assert len(events("imports.batch.committed")) == 1


def test_undo_takes_the_whole_batch_back(programme: ProgrammeFacts) -> None:
    who = actor(programme)
    batch_id = upload(programme, who, False, **FILES)
    import_run(batch_id=batch_id, at=AT)
    match_run(batch_id=batch_id, at=AT)
    assert receivable_count(programme) == 1
    assert import_undo(actor=who, batch_id=batch_id, at=AT) == 4
    match_run(batch_id=batch_id, at=AT)
    assert batch_get(batch_id=batch_id).state == "undone"
    assert receivable_count(programme) == 0
    assert not Document.objects.exclude(current=None).exists()
    assert events("imports.batch.undone") == [{"batch_id": batch_id, "programme_id": programme.id}]
    # And in again, as a batch of its own.
    again = upload(programme, who, False, **FILES)
    assert again != batch_id
    import_run(batch_id=again, at=AT)
    match_run(batch_id=again, at=AT)
    assert receivable_count(programme) == 1


def test_undo_falls_back_to_the_version_before(programme: ProgrammeFacts) -> None:
    who = actor(programme)
    import_tables(programme, orders=[order_row()])
    batch_id = upload(programme, who, False, orders=[order_row(quantity="80")])
    import_run(batch_id=batch_id, at=AT)
    import_undo(actor=who, batch_id=batch_id, at=AT)
    document = Document.objects.select_related("current").get()
    assert document.current is not None
    assert document.current.version_no == 1


def supplier_upload(programme: ProgrammeFacts, **tables: Any) -> BatchFacts:
    ids = party_upsert_many(
        programme_id=programme.id, rows=[PartyInput(tax_id="V10021", name="甲")]
    )
    who = actor(programme, Role.SUPPLIER, ids["V10021"])
    batch_id = upload(programme, who, False, **tables)
    import_run(batch_id=batch_id, at=AT)
    return match_run(batch_id=batch_id, at=AT)


def test_a_suppliers_invoice_meets_the_buyers_order_and_receipt(programme: ProgrammeFacts) -> None:
    import_tables(programme, orders=[order_row()], receipts=[receipt_row()])
    assert supplier_upload(programme, invoices=[invoice_row()]).accepted == 1
    assert receivable_count(programme) == 1


def test_a_supplier_proves_no_delivery_and_speaks_for_nobody_else(
    programme: ProgrammeFacts,
) -> None:
    batch = supplier_upload(
        programme,
        receipts=[receipt_row()],
        invoices=[invoice_row(), invoice_row(invoice_no="2", partner_code="V99")],
        parties=[{"party_code": "V99", "name": "乙", "role": "supplier"}],
    )
    assert (batch.accepted, batch.quarantined, batch.ignored) == (1, 2, 1)
    codes = {issue["code"] for issue in issues_grouped(batch_id=batch.id)}
    assert codes == {"not_your_document", "party_unknown", "party_not_created"}


def test_a_supplier_cannot_rewrite_what_the_buyers_books_say(programme: ProgrammeFacts) -> None:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    supplier_upload(programme, invoices=[invoice_row(net_amount="90000", tax_amount="11700")])
    scope = Scope(programme.id, Role.OPERATIONS, None)
    found = {each.face_minor: each.match_state for each in receivables_list(scope=scope)}
    assert found == {4_695_150: "matched", 10_170_000: "duplicate"}


def test_one_entity_of_the_anchor_cannot_write_another_ones_books(
    programme: ProgrammeFacts,
) -> None:
    ids = party_upsert_many(
        programme_id=programme.id, rows=[PartyInput(tax_id="6030", name="沧澜空调")]
    )
    own = actor(programme, Role.ANCHOR, ids["6030"])
    batch_id = upload(programme, own, False, orders=[order_row()])
    assert import_run(batch_id=batch_id, at=AT).accepted == 1
    other = actor(programme, Role.ANCHOR, programme.platform_id)
    batch_id = upload(programme, other, False, orders=[order_row()])
    assert import_run(batch_id=batch_id, at=AT).quarantined == 1


def test_who_may_not_upload_is_told_so(programme: ProgrammeFacts) -> None:
    with pytest.raises(DomainError, match=r"access\.denied"):
        upload(programme, actor(programme, Role.INVESTOR, 1), **FILES)
    batch_id = upload(programme, actor(programme), **FILES)
    with pytest.raises(DomainError, match=r"imports\.batch_unknown"):
        import_commit(actor=actor(programme, Role.SUPPLIER, 1), batch_id=batch_id, at=AT)


def test_a_file_beyond_the_limit_is_refused_at_the_door(
    programme: ProgrammeFacts, settings: Any
) -> None:
    settings.HUOSHUI_UPLOAD_MAX_BYTES = 10
    with pytest.raises(DomainError, match=r"imports\.file_too_large"):
        upload(programme, actor(programme), **FILES)
    assert not OutboxEvent.objects.exists()
