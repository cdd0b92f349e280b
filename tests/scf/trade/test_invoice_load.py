"""Which invoice a credit note or a payment means, and which invoices are duplicates."""

from __future__ import annotations

from datetime import date

from scf.network.queries import ProgrammeFacts
from scf.trade.invoice_load import Originals, duplicates_of, original_pick, originals_of
from scf.trade.models import Document
from tests.scf.imports.chain import import_tables, invoice_row

TWO: Originals = {(7, "INV1"): [(date(2025, 2, 1), 1), (date(2026, 2, 1), 2)]}


def test_the_newest_invoice_of_that_number_before_the_credit() -> None:
    assert original_pick(TWO, 7, "INV1", date(2025, 6, 1)) == 1
    assert original_pick(TWO, 7, "INV1", date(2026, 6, 1)) == 2
    # Dated before either: the first one is the only one it can have meant.
    assert original_pick(TWO, 7, "INV1", date(2024, 1, 1)) == 1
    assert original_pick(TWO, 8, "INV1", date(2026, 6, 1)) is None


def test_invoices_are_found_by_both_of_their_numbers(programme: ProgrammeFacts) -> None:
    import_tables(programme, invoices=[invoice_row(document_no="5100007")])
    invoice = Document.objects.get()
    names = {name for _, name in originals_of(invoice_ids=[invoice.pk])}
    assert names == {"INV001", "5100007"}


def test_a_reversed_invoice_makes_no_duplicate_of_its_replacement(
    programme: ProgrammeFacts,
) -> None:
    rows = [
        invoice_row(document_no="51", state="reversed"),
        invoice_row(document_no="52"),
        invoice_row(document_no="53"),
    ]
    import_tables(programme, invoices=rows)
    ids = dict(Document.objects.values_list("number", "pk"))
    assert duplicates_of(invoice_ids=ids.values()) == {ids["53"]}
