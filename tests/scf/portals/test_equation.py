"""The escrow equation holds at every step of a sale, and says so when it does not."""

from dataclasses import replace

import pytest

from scf.portals.equation import equation_of
from tests.support.desks import Desks

pytestmark = pytest.mark.django_db


def test_after_the_payout_everything_is_accounted_for() -> None:
    desks = Desks.make()
    desks.paid_out()
    desks.world.pays_in(("B", 700, "不明"))
    book = equation_of(desks.world.programme)
    assert book.difference_minor == 0
    assert book.escrow_minor == book.owed_minor + book.unallocated_minor + book.fees_minor
    assert replace(book, escrow_minor=book.escrow_minor + 1).difference_minor == 1
