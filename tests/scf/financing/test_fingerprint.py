"""One invoice is one fingerprint, however its number is typed."""

import pytest

from scf.financing.fingerprint import fingerprint


def _of(number: str, **more: str) -> str:
    return fingerprint(
        seller_tax_id=more.get("seller", "91370200MA3"),
        buyer_tax_id=more.get("buyer", "91370200MA9"),
        invoice_number=number,
        fiscal_year=more.get("year", ""),
    )


@pytest.mark.parametrize("twin", ["INV001", "inv-001", "ＩＮＶ－００１", " INV 001 ", "INV/001"])
def test_twins_share_a_fingerprint(twin: str) -> None:
    assert _of("INV-001") == _of(twin)


def test_another_number_party_or_year_is_another_invoice() -> None:
    prints = {
        _of("INV-001"),
        _of("INV-0010"),
        _of("INV-001", seller="91370200MB3"),
        _of("INV-001", buyer="91370200MB9"),
        _of("INV-001", year="2026"),
    }
    assert len(prints) == 5
