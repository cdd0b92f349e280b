"""One invoice, one live financing: the blocking key against double financing. Pure."""

from __future__ import annotations

import hashlib

from scf.trade.numbering import invoice_number_normalise


def fingerprint(
    *, seller_tax_id: str, buyer_tax_id: str, invoice_number: str, fiscal_year: str = ""
) -> str:
    """SHA-256 over seller, buyer and normalised number; amount and date stay out on purpose,

    since an altered amount must not escape. ``fiscal_year`` counts only where the source
    reuses its numbers every year.
    """
    parts = (
        invoice_number_normalise(seller_tax_id),
        invoice_number_normalise(buyer_tax_id),
        invoice_number_normalise(invoice_number),
        fiscal_year,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
