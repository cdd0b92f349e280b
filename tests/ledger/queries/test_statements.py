from datetime import timedelta

import pytest

from ledger.queries import account_statement, figure_entries
from ledger.values import Leg
from tests.ledger.books import (
    BOOK,
    CLEARING,
    DAY,
    ESCROW,
    Book,
    assets_ensure,
    available,
    hold,
)

pytestmark = pytest.mark.django_db
TOMORROW, LATER = DAY + timedelta(days=1), DAY + timedelta(days=2)


@pytest.fixture
def book() -> Book:
    assets_ensure("1")
    book = Book()
    book.deposit("1", 1_000)
    book.post(Leg(available("1"), CLEARING, 300), day=TOMORROW)
    bid = book.post(Leg.pending(available("1"), hold("1"), 200), day=TOMORROW)
    book.post(Leg.post(bid.transfer_ids[0]), day=LATER)
    return book


def test_a_statement_opens_runs_and_closes(book: Book) -> None:
    statement = account_statement(
        ref=available("1"), book=BOOK, from_date=TOMORROW, to_date=TOMORROW
    )
    assert (statement.opening, statement.closing) == (1_000, 700)
    assert [entry.net for entry in statement.entries] == [-300, 0]
    assert [entry.pending for entry in statement.entries] == [0, 200]
    assert statement.running == (700, 700)
    assert statement.entries[0].other == CLEARING
    assert statement.is_complete


def test_a_statement_from_the_beginning(book: Book) -> None:
    statement = account_statement(ref=available("1"), book=BOOK)
    assert (statement.opening, statement.closing) == (0, 500)
    assert statement.running == (1_000, 700, 700, 500)
    assert statement.entries[-1].pending == -200  # posting it takes it out of pending


def test_a_long_statement_is_cut_but_still_closes(book: Book) -> None:
    statement = account_statement(ref=available("1"), book=BOOK, limit=1)
    assert len(statement.entries) == 1
    assert statement.closing == 500
    assert not statement.is_complete
    until = account_statement(ref=available("1"), book=BOOK, to_date=TOMORROW, limit=1)
    assert until.closing == 700


def test_a_debit_account_reads_in_its_own_direction(book: Book) -> None:
    assert account_statement(ref=ESCROW, book=BOOK).running == (1_000,)


def test_an_account_nobody_used_has_an_empty_statement(book: Book) -> None:
    statement = account_statement(ref=available("9"), book=BOOK, from_date=DAY)
    assert (statement.opening, statement.entries, statement.closing) == (0, (), 0)


def test_a_figure_leads_to_the_journals_that_make_it_up(book: Book) -> None:
    book.deposit("2", 40)
    entries = figure_entries(book=BOOK, code="available", asset="CNY")
    assert sum(entry.net for entry in entries) == 540
    assert {entry.account for entry in entries} == {available("1"), available("2")}
    assert [entry.effective_date for entry in entries] == [LATER, TOMORROW, TOMORROW, DAY, DAY]
    newest = figure_entries(book=BOOK, code="available", asset="CNY", owner="party:2", limit=1)
    assert [entry.journal_key for entry in newest] == [f"{BOOK}/5"]
    assert figure_entries(book=BOOK, code="hold", asset="CNY", subject="series:9") == ()
