"""Contacts: everyone has them, and sharing one happens honestly now and then."""

from collections import Counter

from scf.simulator.contacts import ContactBook
from scf.simulator.draws import Draws
from tests.scf.simulator.scenes import small_chain


def test_every_firm_has_a_representative_and_an_address() -> None:
    for firm in small_chain().firms():
        assert len(firm.legal_representative) in (2, 3)
        assert firm.address.startswith(firm.region + firm.city)


def test_some_names_are_borne_by_many() -> None:
    book = ContactBook(draws=Draws(seed=4, stream="contacts"))
    names = Counter(book.name_draw() for _ in range(4_000))
    assert len(names) > 3_000
    assert names.most_common(1)[0][1] >= 5
