"""Does the book prove itself? The ledger's proofs, fed with what the bank and the series say."""

from __future__ import annotations

from django.db import transaction

from ledger.reconciliation import VerifyReport, book_verify
from scf.network.queries import programme_get
from scf.products.postings import series_ref
from scf.products.queries import series_list
from scf.settlement.queries import statement_closings


@transaction.atomic
def book_prove(*, programme_id: int) -> VerifyReport:
    """Conservation, balances from zero and the five proofs of BOOKS, for one programme."""
    programme = programme_get(programme_id=programme_id)
    flagged = series_list(programme_id=programme_id, states=["impaired", "closed_at_loss"])
    return book_verify(
        book=programme.book,
        statement_closings=statement_closings(programme_id=programme_id),
        business_date=programme.business_date,
        impaired=frozenset(series_ref(series.id) for series in flagged),
    )
