"""Money that came for a claim: from the obligor, or from the supplier under recourse.

These run inside the caller's transaction (the cash application owns it), with the programme
locked, and return the journal that took the money out of ``unallocated``.
"""

from __future__ import annotations

from datetime import date, datetime

from ledger.errors import DomainError
from scf.financing.operations.claims import (
    adjustment_record,
    claim_flag,
    claim_lock,
    claim_step_add,
)
from scf.financing.queries import ClaimFacts, claim_steps, steps_count
from scf.journeys.bookings import SYSTEM, books_of, outstanding_of, post
from scf.journeys.distributing import distribution_run
from scf.network.queries import ProgrammeFacts, programme_get
from scf.products.operations import series_lock
from scf.products.postings import legs_collect, legs_recourse_collect
from scf.products.queries import SeriesFacts, series_of_claim
from scf.settlement.cash_application import short_is_small

PAYABLE_STATES = frozenset({"assigned", "written_off"})


def _locked(*, programme_id: int, claim_id: int) -> tuple[ProgrammeFacts, ClaimFacts, SeriesFacts]:
    programme = programme_get(programme_id=programme_id)
    claim = claim_lock(claim_id=claim_id)
    series = series_of_claim(claim_id=claim_id)
    if series is None or claim.state not in PAYABLE_STATES or claim.programme_id != programme_id:
        raise DomainError("financing.claim_not_payable", claim=claim.number)
    return programme, claim, series_lock(series_id=series.id)


def collection_apply(
    *,
    programme_id: int,
    entry_id: int,
    claim_id: int,
    amount_minor: int,
    value_date: date,
    business_date: date,
    at: datetime,
) -> int:
    """Cash to the series, the claim falls by it, and the waterfall runs.

    A payment short by small change closes the claim; the shortness is borne by the residual.
    Raises ``financing.claim_not_payable`` and ``financing.claim_overpaid``.
    """
    programme, claim, series = _locked(programme_id=programme_id, claim_id=claim_id)
    books = books_of(programme=programme, claim=claim, series=series)
    still_open = outstanding_of(programme=programme, books=books).claim_minor
    if amount_minor > still_open:
        raise DomainError("financing.claim_overpaid", claim=claim.number, open_minor=still_open)
    written_off = claim.state == "written_off"
    waived = 0
    if not written_off and short_is_small(paid_minor=amount_minor, residual_minor=still_open):
        waived = still_open - amount_minor
    count = steps_count(claim_id=claim.id, code="collected")
    journal = post(
        programme=programme,
        key=f"collect:{claim.id}:{count}",
        kind="claim.recovered" if written_off else "claim.collected",
        legs=legs_collect(
            books=books, cash_minor=amount_minor, waived_minor=waived, written_off=written_off
        ),
        claim_id=claim.id,
        series_id=series.id,
        on=business_date,
        at=at,
    )
    if waived:
        adjustment_record(
            claim_id=claim.id,
            kind="waiver",
            reference=f"entry:{entry_id}",
            amount_minor=waived,
            recourse_minor=0,
            on=business_date,
            at=at,
            journal_id=journal.id,
        )
    turned_over = claim.is_misdirected and amount_minor == still_open
    if turned_over:
        claim_flag(claim_id=claim.id, flag="misdirected", value=False)
    _collected(
        claim=claim,
        entry_id=entry_id,
        amount_minor=amount_minor,
        turned_over=turned_over,
        value_date=value_date,
        on=business_date,
        at=at,
    )
    distribution_run(
        programme=programme,
        claim=claim,
        series_id=series.id,
        kind="recovery" if written_off else "collection",
        value_date=value_date,
        at=at,
    )
    return journal.id


def recourse_apply(
    *,
    programme_id: int,
    entry_id: int,
    claim_id: int,
    amount_minor: int,
    value_date: date,
    business_date: date,
    at: datetime,
) -> int:
    """The supplier pays what a dilution took from investors, and the waterfall runs.

    Raises ``financing.claim_not_payable`` and ``financing.claim_overpaid``.
    """
    programme, claim, series = _locked(programme_id=programme_id, claim_id=claim_id)
    books = books_of(programme=programme, claim=claim, series=series)
    still_open = outstanding_of(programme=programme, books=books).recourse_minor
    if amount_minor > still_open:
        raise DomainError("financing.claim_overpaid", claim=claim.number, open_minor=still_open)
    count = steps_count(claim_id=claim.id, code="collected")
    journal = post(
        programme=programme,
        key=f"collect:{claim.id}:{count}",
        kind="recourse.collected",
        legs=legs_recourse_collect(books=books, cash_minor=amount_minor),
        claim_id=claim.id,
        series_id=series.id,
        on=business_date,
        at=at,
    )
    _collected(
        claim=claim,
        entry_id=entry_id,
        amount_minor=amount_minor,
        value_date=value_date,
        on=business_date,
        at=at,
    )
    distribution_run(
        programme=programme,
        claim=claim,
        series_id=series.id,
        kind="recourse",
        value_date=value_date,
        at=at,
    )
    return journal.id


def collection_undone(
    *, claim_id: int, entry_id: int, by: str, business_date: date, at: datetime
) -> None:
    """An entry's money was taken back from a claim, its journal reversed by the caller: the
    history says so, its value date no longer counts, and a turnover it had settled is due again.
    """
    claim = claim_lock(claim_id=claim_id)
    taken = [
        step["facts"]
        for step in claim_steps(claim_id=claim.id)
        if step["code"] == "collected" and step["facts"]["entry"] == entry_id
    ]
    if not taken:
        return  # a repurchase, whose demand stands in the history as it was
    if taken[-1].get("turned_over"):
        claim_flag(claim_id=claim.id, flag="misdirected", value=True)
    claim_step_add(
        claim_id=claim.id,
        code="collected_undone",
        by=by,
        on=business_date,
        at=at,
        facts={"entry": entry_id, "amount_minor": taken[-1]["amount_minor"]},
    )


def _collected(
    *,
    claim: ClaimFacts,
    entry_id: int,
    amount_minor: int,
    turned_over: bool = False,
    value_date: date,
    on: date,
    at: datetime,
) -> None:
    claim_step_add(
        claim_id=claim.id,
        code="collected",
        by=SYSTEM,
        on=on,
        at=at,
        facts={
            "entry": entry_id,
            "amount_minor": amount_minor,
            "value_date": value_date.isoformat(),
            "turned_over": turned_over,
        },
    )
