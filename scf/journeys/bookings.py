"""What several journeys share when they post: a claim's accounts, its open balances, its assets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ledger.operations.posting import asset_ensure, journal_post
from ledger.queries import balance_get
from ledger.values import AccountRef, Journal, Leg
from scf.financing.queries import ClaimFacts
from scf.network.queries import ProgrammeFacts
from scf.products.postings import Books, claim_ref, series_ref
from scf.products.queries import SeriesFacts

SYSTEM = "system"


def books_of(
    *, programme: ProgrammeFacts, claim: ClaimFacts, series: SeriesFacts | None = None
) -> Books:
    """Account names of a claim and, once it has one, of its series."""
    return Books(
        currency=programme.currency,
        claim_id=claim.id,
        supplier_id=claim.supplier_id,
        obligor_id=claim.obligor_id,
        platform_id=programme.platform_id,
        series_id=series.id if series else 0,
        series_number=series.number if series else "",
    )


def assets_ensure(*, currency: str) -> None:
    """The currency and its claim-kind companions exist (BOOKS: assets)."""
    asset_ensure(code=currency, kind="currency", scale=2)
    for family in ("claim", "yield", "recourse", "rebate"):
        asset_ensure(code=f"{currency}.{family}", kind="claim", scale=2)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What the books say of a claim, in minor units."""

    claim_minor: int
    recourse_minor: int
    collection_minor: int
    yield_due_minor: int
    payable_supplier_minor: int


def outstanding_of(*, programme: ProgrammeFacts, books: Books) -> Outstanding:
    """Open claim, recourse, uncollected cash and accrued yield of a series."""

    def net(ref: AccountRef) -> int:
        return balance_get(ref=ref, book=programme.book).net

    return Outstanding(
        claim_minor=net(books.claim_series),
        recourse_minor=net(books.recourse_series),
        collection_minor=net(books.collection),
        yield_due_minor=net(books.yield_due),
        payable_supplier_minor=net(books.payable_supplier),
    )


def post(
    *,
    programme: ProgrammeFacts,
    key: str,
    kind: str,
    legs: Sequence[Leg],
    claim_id: int,
    series_id: int | None,
    on: date,
    at: datetime,
) -> Journal:
    """Post a step of a claim's life; the memo leads back to the claim and the series."""
    memo = {"claim": claim_ref(claim_id)}
    if series_id is not None:
        memo["series"] = series_ref(series_id)
    return journal_post(
        key=key,
        kind=kind,
        book=programme.book,
        legs=legs,
        effective_date=on,
        booked_at=at,
        memo=memo,
    )
