"""The match that follows a batch, killed anywhere, ends the same."""

from __future__ import annotations

import pytest

from scf.imports.lifecycle import MatchStage
from scf.imports.operations.batches import match_stage_set
from scf.imports.queries import batch_get
from scf.journeys import matching
from scf.journeys.matching import match_run
from scf.network.queries import ProgrammeFacts
from scf.trade.models import MatchAllocation, MatchLine, Receivable
from tests.scf.imports.chain import (
    AT,
    import_tables,
    invoice_row,
    order_row,
    programme_make,
    receipt_row,
)


@pytest.fixture
def batch_id(db: None, monkeypatch: pytest.MonkeyPatch) -> int:
    """A matched batch of three orders; one invoice is loose, one names two orders."""
    monkeypatch.setattr(matching, "CHUNK_DOCUMENTS", 1)
    programme: ProgrammeFacts = programme_make()
    numbers = ["1", "2", "3"]
    return import_tables(
        programme,
        orders=[order_row(order_no=no) for no in numbers],
        receipts=[receipt_row(receipt_no=f"R{no}", order_no=no) for no in numbers],
        invoices=[
            invoice_row(order_no="1"),
            invoice_row(order_no="2", invoice_line="2"),
            invoice_row(invoice_no="I3", order_no="3"),
            invoice_row(invoice_no="I4", order_no="", order_line=""),
        ],
    ).batch.id


def state() -> list[object]:
    return [
        list(Receivable.objects.order_by("number_key").values_list("number_key", "match_state", "financeable_minor")),
        list(MatchLine.objects.order_by("invoice_id", "line_no").values_list("invoice_id", "line_no", "state")),
        MatchAllocation.objects.count(),
    ]  # fmt: skip


def test_an_invoice_over_two_orders_in_two_chunks_is_whole(batch_id: int) -> None:
    assert state()[0] == [
        ("I3", "matched", 4_695_150),
        ("I4", "no_order", 0),
        ("INV001", "matched", 9_390_300),
    ]
    batch = batch_get(batch_id=batch_id)
    assert (batch.match_stage, batch.match_done, batch.match_known) == ("done", 9, 9)


def begin_anew(batch_id: int) -> None:
    match_stage_set(batch_id=batch_id, stage=MatchStage.NONE, cursor=0, done=0, known=0, at=None)


def test_what_was_matched_since_it_was_stored_is_not_matched_again(batch_id: int) -> None:
    before = list(MatchLine.objects.values_list("pk", flat=True))
    told: list[tuple[int, int | None, bool]] = []
    match_run(batch_id=batch_id, at=AT, on_step=lambda *step: told.append(step))
    assert told == [(9, 9, True)]
    assert list(MatchLine.objects.values_list("pk", flat=True)) == before


class Killed(BaseException):
    """What kill -9 looks like from inside."""


@pytest.mark.parametrize("dies_at", range(1, 12))
def test_killed_anywhere_it_goes_on_where_it_stopped(batch_id: int, dies_at: int) -> None:
    before = state()
    begin_anew(batch_id)
    steps = 0

    def die(done: int, known: int | None, is_last: bool) -> None:
        nonlocal steps
        steps += 1
        if steps == dies_at:
            raise Killed

    with pytest.raises(Killed):
        match_run(batch_id=batch_id, at=AT, on_step=die)
    batch = match_run(batch_id=batch_id, at=AT)
    assert batch.match_stage == "done"
    assert state() == before


def test_the_last_step_says_so_once(batch_id: int) -> None:
    begin_anew(batch_id)
    last: list[bool] = []
    match_run(batch_id=batch_id, at=AT, on_step=lambda *step: last.append(step[2]))
    assert last == [False] * (len(last) - 1) + [True]


def test_a_half_matched_invoice_is_worth_nothing_meanwhile(batch_id: int) -> None:
    MatchAllocation.objects.all().delete()
    MatchLine.objects.filter(line_no="2").delete()
    match_stage_set(
        batch_id=batch_id, stage=MatchStage.RECEIVABLES, cursor=0, done=0, known=3, at=None
    )
    match_run(batch_id=batch_id, at=AT)
    found = Receivable.objects.get(number_key="INV001")
    assert (found.match_state, found.financeable_minor) == ("no_order", 0)
