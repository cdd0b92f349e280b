"""An import from beginning to end, and what it reports."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from ledger.errors import DomainError
from scf.journeys.import_reporting import batch_report
from scf.network.queries import ProgrammeFacts
from scf.trade.models import Document, MatchLine, OrderLineMatch, Receivable
from tests.scf.imports.chain import (
    AT,
    import_files,
    import_tables,
    invoice_row,
    order_row,
    programme_make,
    receipt_row,
    table,
)


@pytest.fixture
def programme(db: None) -> ProgrammeFacts:
    return programme_make()


FILES = {
    "a.csv": table([order_row(), order_row(order_no="2", quantity="x")]),
    "b.csv": table([receipt_row()]),
    "c.csv": table([invoice_row()]),
    "d.csv": b"x,y\n1,2\n",
}


def test_the_report_adds_up(programme: ProgrammeFacts) -> None:
    report = batch_report(import_files(programme, FILES))
    assert report["counts"] == {
        "read": 5, "accepted": 3, "unchanged": 0, "quarantined": 1, "ignored": 1,
    }  # fmt: skip
    for name, total in report["counts"].items():
        assert sum(file[name] for file in report["files"]) == total
    assert [file["table"] for file in report["files"]] == ["orders", "receipts", "invoices", ""]
    (issue,) = report["issues"]
    assert {name: issue[name] for name in ("file", "row", "column", "code", "value")} == {
        "file": "a.csv", "row": 3, "column": "quantity", "code": "quantity_invalid", "value": "x",
    }  # fmt: skip
    assert issue["message"]
    assert [(group["code"], group["count"]) for group in report["issue_groups"]] == [
        ("quantity_invalid", 1),
        ("table_not_used", 2),
    ]
    assert (report["match"]["order_lines"], report["match"]["agree"]) == (2, 1)
    assert report["documents"] == {"created": 3, "changed": 0}
    json.dumps(report)


def test_a_dry_run_reports_the_same_match_and_keeps_nothing(programme: ProgrammeFacts) -> None:
    preview = import_files(programme, FILES, is_dry_run=True)
    assert preview.batch.state == "dry_run"
    assert not Document.objects.exists()
    assert not OrderLineMatch.objects.exists()
    done = import_files(programme, FILES)
    assert (done.batch.id, done.batch.state) == (preview.batch.id, "committed")
    assert done.match == preview.match
    assert done.counts == preview.counts


def test_the_same_set_again_is_unchanged(programme: ProgrammeFacts) -> None:
    first = import_files(programme, FILES)
    again = import_files(programme, FILES)
    assert again.repeated
    assert again.batch.id == first.batch.id
    assert again.counts == {
        "read": 5, "accepted": 0, "unchanged": 3, "quarantined": 1, "ignored": 1,
    }  # fmt: skip
    assert again.match == first.match
    assert Document.objects.count() == 3


def test_a_dry_run_of_what_is_in_changes_nothing(programme: ProgrammeFacts) -> None:
    import_files(programme, FILES)
    again = import_files(programme, FILES, is_dry_run=True)
    assert again.batch.state == "committed"
    assert again.counts["unchanged"] == 3


def test_the_same_documents_in_another_file_are_unchanged_too(programme: ProgrammeFacts) -> None:
    import_tables(programme, orders=[order_row()], receipts=[receipt_row()])
    again = import_tables(programme, orders=[order_row()])
    assert not again.repeated
    assert again.counts["unchanged"] == 1
    assert again.match["order_lines"] == 1


def test_a_corrected_row_supersedes_only_itself(programme: ProgrammeFacts) -> None:
    rows = [order_row(), order_row(order_line="20", quantity="x")]
    import_tables(programme, orders=rows, receipts=[receipt_row()], invoices=[invoice_row()])
    fixed = import_tables(programme, orders=[order_row(order_line="20", quantity="5")])
    assert fixed.counts["accepted"] == 1
    assert OrderLineMatch.objects.count() == 2
    assert MatchLine.objects.get().state == "matched"


def test_a_set_that_cannot_be_read_is_refused(programme: ProgrammeFacts) -> None:
    with pytest.raises(DomainError, match=r"imports\.columns_unknown"):
        import_files(programme, {"d.csv": b"x,y\n1,2\n"})


def test_what_a_full_snapshot_lacks_has_disappeared_until_it_is_back(
    programme: ProgrammeFacts,
) -> None:
    everything = {"o.csv": table([order_row(), order_row(order_no="2")]), "r.csv": table([receipt_row()]),
                  "i.csv": table([invoice_row()])}  # fmt: skip
    import_files(programme, everything)
    assert Receivable.objects.get().financeable_minor == 4_695_150
    later = AT + timedelta(days=1)
    other = table([receipt_row(receipt_no="R9", order_no="2")])
    import_files(programme, {"r.csv": other}, at=later, snapshot=1)
    gone = Document.objects.get(kind="receipt", number="5000003301")
    assert gone.disappeared_at == later
    found = Receivable.objects.get()
    assert (found.match_state, found.financeable_minor) == ("awaiting_receipt", 0)
    both = table([receipt_row(), receipt_row(receipt_no="R9", order_no="2")])
    import_files(programme, {"r.csv": both}, at=AT + timedelta(days=2), snapshot=1)
    assert not Document.objects.exclude(disappeared_at=None).exists()
    assert Receivable.objects.get().financeable_minor == 4_695_150


def test_an_invoice_that_disappeared_cannot_be_offered(programme: ProgrammeFacts) -> None:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    other = table([invoice_row(invoice_no="I9", order_no="", order_line="")])
    import_files(programme, {"i.csv": other}, at=AT + timedelta(days=1), snapshot=1)
    found = Receivable.objects.get(number_key="INV001")
    assert (found.match_state, found.financeable_minor) == ("matched", 0)
    assert found.reasons[0] == {"code": "invoice_disappeared"}
