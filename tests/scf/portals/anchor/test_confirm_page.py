"""What the page of one claim shows."""

from dataclasses import replace

import pytest

from scf.portals.anchor.confirm_page import desk_state
from tests.support.desks import Desks, words


@pytest.mark.parametrize(
    ("state", "word"),
    [("matched", "waiting"), ("refused", "refused"), ("expired", "lapsed"), ("assigned", "signed")],
)
def test_the_desk_s_word_for_a_claim(desks: Desks, state: str, word: str) -> None:
    claim = replace(desks.at_the_obligor(), state=state)
    assert desk_state(claim, None) == word


def test_the_same_number_of_another_invoice_is_shown(desks: Desks) -> None:
    claim = desks.at_the_obligor("INV-0001")
    desks.papers("INV 0001", 30_000_000)
    text = words(desks.client("anchor").get(f"/anchor/confirm/{claim.id}/"))
    assert "同一供应商" in text
    assert "300,000.00" in text


def test_the_consequences_are_the_journal_and_the_balance(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    text = words(desks.client("anchor").get(f"/anchor/confirm/{claim.id}/"))
    assert "签署后会过的账" in text
    assert "已确权未付 0.00 1,000,000.00" in text
