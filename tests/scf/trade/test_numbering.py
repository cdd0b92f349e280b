"""Numbers of documents as keys."""

from __future__ import annotations

import pytest

from scf.trade.numbering import invoice_number_normalise, key_normalise, line_normalise


@pytest.mark.parametrize(
    ("raw", "key"),
    [("4500000233.0", "4500000233"), (" 0045 ", "0045"), ("４５００", "4500"), ("A.0", "A.0")],
)
def test_keys_are_text_and_keep_their_zeros(raw: str, key: str) -> None:
    assert key_normalise(raw) == key


def test_lines_are_the_same_with_and_without_leading_zeros() -> None:
    assert line_normalise("00010") == line_normalise("10.0") == "10"
    assert line_normalise("000") == "0"
    assert line_normalise("A01") == "A01"


def test_one_invoice_number_in_three_spellings() -> None:
    spellings = {"INV-001", "inv 001", "ＩＮＶ－００１", "INV001"}
    assert {invoice_number_normalise(each) for each in spellings} == {"INV001"}
    assert invoice_number_normalise("INV-0001") != "INV001"
