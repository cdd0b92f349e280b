from datetime import timedelta

import pytest

from ledger.errors import DomainError
from ledger.queries import (
    TAccount,
    journal_detail,
    journal_find,
    journals_list,
    pendings_list,
)
from ledger.values import Leg, Phase
from tests.ledger.books import (
    BOOK,
    CLEARING,
    DAY,
    ESCROW,
    UNALLOCATED,
    Book,
    assets_ensure,
    available,
    hold,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Book:
    assets_ensure("1")
    return Book()


def test_journals_are_listed_newest_first_page_by_page(book: Book) -> None:
    posted = [book.deposit("1", amount).id for amount in range(1, 8)]
    first = journals_list(book=BOOK, limit=3)
    rest = journals_list(book=BOOK, before_id=first[-1].id, limit=10)
    assert [row.id for row in first + rest] == posted[::-1]
    assert {row.transfer_count for row in first} == {2}


def test_journals_by_kind_date_and_part_of_their_key(book: Book) -> None:
    book.deposit("1", 5)
    late = book.post(
        Leg(ESCROW, UNALLOCATED, 1), kind="entry", key="entry:77", day=DAY + timedelta(days=2)
    )
    assert [row.id for row in journals_list(book=BOOK, kind="entry")] == [late.id]
    assert [row.id for row in journals_list(book=BOOK, key_part="Y:77")] == [late.id]
    tomorrow = DAY + timedelta(days=1)
    assert [row.id for row in journals_list(book=BOOK, from_date=tomorrow)] == [late.id]
    assert [row.kind for row in journals_list(book=BOOK, to_date=tomorrow)] == ["test"]
    assert journals_list(book="programme:2") == []
    assert journal_find(key="entry:77") == late.id
    assert journal_find(key="entry:78") is None


def test_a_journal_in_full_with_its_t_accounts(book: Book) -> None:
    book.deposit("1", 1_000)
    bid = book.post(Leg.pending(available("1"), hold("1"), 600))
    close = book.post(
        Leg.post(bid.transfer_ids[0], 500),
        Leg(hold("1"), CLEARING, 300),
        Leg(hold("1"), UNALLOCATED, 150),
    )
    detail = journal_detail(journal_id=close.id, book=BOOK)
    assert [line.phase for line in detail.lines] == [Phase.POST, Phase.POSTED, Phase.POSTED]
    assert detail.t_accounts == (
        TAccount(available("1"), 2, debits=(500,), credits=()),
        TAccount(hold("1"), 2, debits=(300, 150), credits=(500,)),
        TAccount(CLEARING, 2, debits=(), credits=(300,)),
        TAccount(UNALLOCATED, 2, debits=(), credits=(150,)),
    )
    asked = journal_detail(journal_id=bid.id)
    assert asked.lines[0].resolved_by_journal_id == close.id
    assert asked.t_accounts == ()


def test_a_journal_of_another_book_is_unknown(book: Book) -> None:
    journal = book.deposit("1", 5)
    for identity, name in ((journal.id, "programme:2"), (journal.id + 1_000, BOOK)):
        with pytest.raises(DomainError, match=r"ledger\.journal_unknown"):
            journal_detail(journal_id=identity, book=name)


def test_what_is_pending_until_it_is_resolved(book: Book) -> None:
    book.deposit("1", 1_000)
    first = book.post(Leg.pending(available("1"), hold("1"), 100)).transfer_ids[0]
    other = book.post(Leg.pending(available("1"), hold("1", "series:2"), 50)).transfer_ids[0]
    assert [line.id for line in pendings_list(book=BOOK)] == [first, other]
    assert [line.id for line in pendings_list(book=BOOK, subject="series:2")] == [other]
    assert pendings_list(book=BOOK, code="clearing") == ()
    book.post(Leg.void(first))
    assert [line.id for line in pendings_list(book=BOOK, owner="party:1")] == [other]
