"""What the page of one batch shows."""

from dataclasses import replace
from datetime import timedelta

from scf.imports.issues import ISSUES
from scf.network.queries import ProgrammeFacts
from scf.portals.import_view import (
    batch_number,
    batch_steps,
    batch_terms,
    freshness_words,
    issue_words,
    progress_of,
)
from tests.scf.imports.chain import AT, import_tables, order_row, programme_make


def test_the_terms_add_up_to_what_was_read(db: None) -> None:
    programme: ProgrammeFacts = programme_make()
    batch = import_tables(programme, orders=[order_row(), order_row(quantity="x")]).batch
    assert sum(term.value for term in batch_terms(batch)) == batch.read
    assert batch_number(batch) == f"B-20260318-{batch.id}"
    found = freshness_words(programme_id=programme.id, href="/anchor/imports/0/")
    assert found is not None
    assert found["href"] == f"/anchor/imports/{batch.id}/"


def test_progress_counts_rows_a_second_and_stops_asking_when_done(db: None) -> None:
    batch = import_tables(programme_make(), orders=[order_row()]).batch
    running = replace(batch, state="checking", read=9_200, rows_known=42_186)
    shown = progress_of(running, "/p/", at=AT + timedelta(seconds=1))
    assert (shown.rate, shown.url, shown.left_seconds) == (9_200, "/p/", 4)
    assert progress_of(batch, "/p/", at=AT).url == ""


def test_the_step_that_is_on_follows_the_state(db: None) -> None:
    batch = import_tables(programme_make(), orders=[order_row()]).batch
    assert [step.state for step in batch_steps(batch, [])] == ["done"] * 6
    steps = batch_steps(replace(batch, state="dry_run"), [])
    assert [step.state for step in steps][4] == "on"


def test_every_issue_has_words_and_a_repair() -> None:
    for code in ISSUES:
        what, repair = issue_words(code)
        assert what != code
        assert repair
    assert issue_words("new_code") == ("new_code", "")
