"""Another book's rows never help or hurt a proof."""

import pytest

from ledger.reconciliation import book_verify
from ledger.values import Leg
from tests.ledger.books import DAY, ESCROW, FEE, Book, assets_ensure, available, hold


@pytest.mark.django_db
def test_a_book_is_proved_by_itself() -> None:
    assets_ensure("1")
    sound, alarming = Book("programme:1"), Book("programme:2")
    for book in (sound, alarming):
        book.deposit("1", 1_000)
        book.post(Leg.pending(available("1"), hold("1"), 10))
    alarming.post(Leg(ESCROW, FEE, 5), day=DAY.replace(day=1))

    def verify(book: Book) -> bool:
        return book_verify(
            book=book.book,
            statement_closings={DAY: 1_000},
            business_date=DAY,
            impaired=frozenset(),
        ).ok

    assert verify(sound)
    assert not verify(alarming)
    assert verify(Book("programme:1"))
