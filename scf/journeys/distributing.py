"""The waterfall: what stands in a series' collection is paid to holders, supplier, obligor."""

from __future__ import annotations

from datetime import date, datetime

from ledger.chart import ACCRUAL_REVERSED
from ledger.operations.outbox import event_emit
from ledger.values import Leg
from risk.operations.limits import limit_free
from scf.financing.operations.claims import claim_move, claim_payment_move
from scf.financing.queries import ClaimFacts
from scf.journeys.accepting import reservation_key
from scf.journeys.bookings import SYSTEM, Outstanding, books_of, outstanding_of, post
from scf.network.queries import ProgrammeFacts
from scf.products.operations import distribution_record, series_lock, series_move
from scf.products.postings import Books, legs_distribute, yield_legs
from scf.products.queries import SeriesFacts, holders_of
from scf.products.waterfall import (
    HolderPart,
    Position,
    Split,
    distribute,
    interest_due_minor,
    split_holders,
)


def distribution_run(
    *,
    programme: ProgrammeFacts,
    claim: ClaimFacts,
    series_id: int,
    kind: str,
    value_date: date,
    at: datetime,
) -> SeriesFacts:
    """Run the waterfall inside the caller's transaction; a frozen series waits.

    The claim's and the series' rows are locked by the caller, in that order. Interest runs to
    ``value_date``; an accrual that ran past it is taken back first.
    """
    series = series_lock(series_id=series_id)
    books = books_of(programme=programme, claim=claim, series=series)
    before = outstanding_of(programme=programme, books=books)
    if series.is_frozen or series.position is None or before.collection_minor == 0:
        return series
    position = series.position
    on = max(value_date, position.period_start_date)
    split = distribute(
        position=position, cash_minor=before.collection_minor, on=on, terms=series.terms
    )
    holders = holders_of(series_id=series.id)
    # Once everything was repaid, later money is residual only and no holder has a part in it.
    parts = (
        split_holders(
            holders=[holder for _, holder in holders],
            investors_minor=split.investors_minor,
            interest_minor_=split.interest_minor,
        )
        if split.investors_minor
        else []
    )
    investor_of = {holder.id: investor for investor, holder in holders}
    whole = position.principal_minor > 0 and split.after.principal_minor == 0
    delta = _accrual_delta(before=before, position=position, split=split, on=on, series=series)
    if delta < 0:
        _accrual_reverse(
            programme=programme, claim=claim, series=series, books=books, minor=delta, at=at
        )
    legs = yield_legs(accounts=(books.yield_contra, books.yield_due), amount_minor=max(0, delta))
    legs += legs_distribute(
        books=books,
        holders=[(investor_of[part.id], part.cash_minor) for part in parts],
        interest_minor=split.interest_minor,
        obligor_benefit_minor=split.obligor_benefit_minor,
        residual_minor=split.residual_minor,
        redeem=[(investor, holder.units) for investor, holder in holders] if whole else [],
    )
    _distribution_post(
        programme=programme,
        claim=claim,
        series=series,
        kind=kind,
        split=split,
        parts=parts,
        legs=legs,
        value_date=on,
        at=at,
    )
    return outcome_settle(programme=programme, claim=claim, series_id=series.id, at=at)


def _accrual_delta(
    *, before: Outstanding, position: Position, split: Split, on: date, series: SeriesFacts
) -> int:
    """What brings the yield account to what is earned by ``on``, so that paying leaves the rest."""
    left = 0
    if split.principal_minor == 0 and position.principal_minor > 0:
        due = interest_due_minor(position=position, on=on, terms=series.terms)
        left = max(0, due - split.interest_minor)
    return split.interest_minor + left - before.yield_due_minor


def _accrual_reverse(
    *,
    programme: ProgrammeFacts,
    claim: ClaimFacts,
    series: SeriesFacts,
    books: Books,
    minor: int,
    at: datetime,
) -> None:
    """Money with an earlier value date: what was accrued past it was never earned."""
    post(
        programme=programme,
        key=f"unaccrue:{series.id}:{series.distributions + 1}",
        kind=ACCRUAL_REVERSED,
        legs=yield_legs(accounts=(books.yield_contra, books.yield_due), amount_minor=minor),
        claim_id=claim.id,
        series_id=series.id,
        on=programme.business_date,
        at=at,
    )


def _distribution_post(
    *,
    programme: ProgrammeFacts,
    claim: ClaimFacts,
    series: SeriesFacts,
    kind: str,
    split: Split,
    parts: list[HolderPart],
    legs: list[Leg],
    value_date: date,
    at: datetime,
) -> None:
    sequence = series.distributions + 1
    journal = post(
        programme=programme,
        key=f"distribute:{series.id}:{sequence}",
        kind="series.distributed",
        legs=legs,
        claim_id=claim.id,
        series_id=series.id,
        on=programme.business_date,
        at=at,
    )
    distribution_record(
        series=series,
        sequence=sequence,
        kind=kind,
        split=split,
        parts=parts,
        business_date=programme.business_date,
        value_date=value_date,
        journal_id=journal.id,
        at=at,
    )
    event_emit(
        name="products.series.distributed",
        payload={"series_id": series.id, "sequence": sequence},
        at=at,
    )


def outcome_settle(
    *, programme: ProgrammeFacts, claim: ClaimFacts, series_id: int, at: datetime
) -> SeriesFacts:
    """Move claim and series to where the books now stand: settled, redeemed, impaired.

    Proof 4 of BOOKS decides impairment: what the series is entitled to and holds must cover the
    principal outstanding.
    """
    series = series_lock(series_id=series_id)
    left = outstanding_of(
        programme=programme, books=books_of(programme=programme, claim=claim, series=series)
    )
    on = programme.business_date
    principal = series.position.principal_minor if series.position else 0
    settled = left.claim_minor == 0 and left.recourse_minor == 0
    if left.claim_minor == 0 and claim.payment_state != "paid":
        claim_payment_move(claim_id=claim.id, to="paid", by=SYSTEM, on=on, at=at)
    if settled and principal == 0 and claim.state in ("assigned", "written_off"):
        claim_move(claim_id=claim.id, to="settled", by=SYSTEM, on=on, at=at)
        if claim.state == "assigned":
            limit_free(programme_ref=programme.book, key=reservation_key(claim), at=at)
    if principal == 0 and series.state in ("issued", "impaired"):
        return series_move(series_id=series.id, to="redeemed", by=SYSTEM, on=on, at=at)
    entitled = left.claim_minor + left.recourse_minor
    if claim.state == "written_off":
        entitled = left.recourse_minor
    if series.state == "issued" and entitled + left.collection_minor < principal:
        return series_move(series_id=series.id, to="impaired", by=SYSTEM, on=on, at=at)
    return series
