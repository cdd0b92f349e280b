"""The end of a business date: lapse, accrue, age, lock, and open the next business day.

Each step commits on its own with a step counter, so that a worker killed in between is taken
over and nothing runs twice: every step is idempotent by state or by ledger key.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from ledger.operations.period import period_lock
from ledger.operations.posting import journals_post_many
from ledger.queries import balances_list
from ledger.values import JournalRequest
from risk.operations.limits import limit_free
from scf.access.policy import require
from scf.financing.lifecycle import payment_state_on
from scf.financing.operations.claims import (
    claim_lock,
    claim_move,
    claim_payment_move,
    claims_lock,
)
from scf.financing.operations.quotes import quotes_expire
from scf.financing.queries import claims_awaiting, claims_by_ids, claims_due
from scf.journeys.accepting import reservation_key
from scf.journeys.bookings import SYSTEM
from scf.journeys.closing import series_cancel_within, series_deadline_pass
from scf.journeys.revoking import REVOCABLE, claim_let_go
from scf.network.calendar import business_day_next, business_days_add
from scf.network.operations import (
    approvals_withdraw,
    business_date_advance,
    business_day_finish,
    business_day_open_end,
    business_day_step,
    programme_lock,
)
from scf.network.queries import BusinessDayFacts, ProgrammeFacts, business_day_get, programme_get
from scf.network.values import Actor
from scf.products.operations import series_lock
from scf.products.postings import series_ref, yield_accounts, yield_legs
from scf.products.queries import series_list, series_live, series_of_claim
from scf.products.waterfall import interest_due_minor

# An obligor that has not confirmed after so many business days lets the claim lapse.
CONFIRM_DAYS = 5


@transaction.atomic(durable=True)
def day_end_request(*, actor: Actor, at: datetime) -> BusinessDayFacts:
    """Operations ask for the end of the current business date; the work runs in the background."""
    require(actor, "day.close")
    programme = programme_lock(programme_id=actor.programme_id)
    day = day_open_end(programme=programme, by=actor.name, at=at)
    event_emit(name="network.day_end.requested", payload={"business_day_id": day.id}, at=at)
    return day


def day_open_end(*, programme: ProgrammeFacts, by: str, at: datetime) -> BusinessDayFacts:
    """The end of the current business date, once; asking again finds the same."""
    return business_day_open_end(
        programme_id=programme.id,
        closing=programme.business_date,
        opening=business_day_next(programme.business_date),
        by=by,
        at=at,
    )


def _nothing() -> None:
    """Nobody waits for the end."""


def day_end_run(
    *,
    business_day_id: int,
    at: datetime,
    on_step: Callable[[int], None],
    on_end: Callable[[], None] = _nothing,
) -> None:
    """Run what is left of a day's end.

    ``on_step(n)`` is called inside each step's transaction, ``on_end`` inside the last one's.
    """
    day = business_day_get(business_day_id=business_day_id)
    for number in range(day.steps_done, len(STEPS)):
        with transaction.atomic(durable=True):
            programme = programme_lock(programme_id=day.programme_id)
            # Whoever held the lock before us may have done this step.
            if business_day_get(business_day_id=day.id).steps_done <= number:
                STEPS[number](programme, day, at)
                business_day_step(business_day_id=day.id, steps_done=number + 1)
                if number + 1 == len(STEPS):
                    business_day_finish(business_day_id=day.id, at=at)
                    on_end()
            on_step(number + 1)


def _quotes_lapse(programme: ProgrammeFacts, day: BusinessDayFacts, at: datetime) -> None:
    """Today's prices end; a basket nobody approved is emptied."""
    for row in claims_awaiting(programme_id=programme.id, state="draft", before=None):
        # An approval under way holds the request first, so that it comes before the claim.
        approvals_withdraw(subject_ref=f"claim:{row.id}", at=at)
        claim = claim_lock(claim_id=row.id)
        if claim.state != "draft":
            continue
        claim_move(
            claim_id=claim.id,
            to="withdrawn",
            by=SYSTEM,
            on=day.closing_date,
            at=at,
            reason="quote_expired",
        )
    quotes_expire(programme_id=programme.id, closing=day.closing_date)


def _confirmations_lapse(programme: ProgrammeFacts, day: BusinessDayFacts, at: datetime) -> None:
    waited = day.closing_date
    late = [
        claim
        for claim in claims_awaiting(programme_id=programme.id, state="matched", before=waited)
        if business_days_add(day=claim.since_date, count=CONFIRM_DAYS) <= waited
    ]
    for row in late:
        claim = claim_lock(claim_id=row.id)
        if claim.state != "matched":
            continue  # signed, refused or withdrawn while we waited
        approvals_withdraw(subject_ref=f"claim:{claim.id}", at=at)
        limit_free(programme_ref=programme.book, key=reservation_key(claim), at=at)
        claim_move(
            claim_id=claim.id,
            to="expired",
            by=SYSTEM,
            on=day.closing_date,
            at=at,
            reason="not_confirmed",
        )


def _unsold_lapse(programme: ProgrammeFacts, day: BusinessDayFacts, at: datetime) -> None:
    """What was confirmed and never went on offer ends when it falls due."""
    waiting = [
        row.id
        for state in sorted(REVOCABLE)
        for row in claims_awaiting(programme_id=programme.id, state=state, before=None)
    ]
    for claim in claims_by_ids(claim_ids=waiting).values():
        if claim.due_date > day.opening_date:
            continue
        locked = claim_lock(claim_id=claim.id)
        series = series_of_claim(claim_id=claim.id)
        if locked.state in REVOCABLE and (series is None or series.state == "draft"):
            claim_let_go(claim=locked, by=SYSTEM, reason="expired", at=at)


def _bids_end(programme: ProgrammeFacts, day: BusinessDayFacts, at: datetime) -> None:
    """Offerings whose last day this was are funded or cancelled; a funded one never closed lapses."""
    waiting = series_list(programme_id=programme.id, states=["listed", "funded"])
    over = [
        series
        for series in waiting
        if (series.deadline_date or day.opening_date) <= day.closing_date
        or series.due_date <= day.opening_date
    ]
    claims_lock(claim_ids=[series.claim_id for series in over])
    locked = [series_lock(series_id=series.id) for series in over]
    for series in locked:
        if series.state == "listed":
            series_deadline_pass(series_id=series.id, by=SYSTEM, at=at)
        elif series.state == "funded" and series.due_date <= day.opening_date:
            series_cancel_within(series_id=series.id, by=SYSTEM, reason="not_closed", at=at)


def _accrue(programme: ProgrammeFacts, day: BusinessDayFacts, at: datetime) -> None:
    """Yield earned up to the opening of the next business day, cumulative, one journal a series."""
    due = {
        ref.owner: balance.net for ref, balance in balances_list(book=programme.book, code="due")
    }
    requests = []
    for series in series_live(programme_id=programme.id):
        if series.position is None or series.position.principal_minor == 0:
            continue
        earned = interest_due_minor(
            position=series.position, on=day.opening_date, terms=series.terms
        )
        delta = max(0, earned) - due.get(series_ref(series.id), 0)
        if delta > 0:
            requests.append(
                JournalRequest(
                    key=f"accrue:{series.id}:{day.closing_date.isoformat()}",
                    kind="series.accrued",
                    book=programme.book,
                    legs=yield_legs(
                        accounts=yield_accounts(currency=programme.currency, series_id=series.id),
                        amount_minor=delta,
                    ),
                    effective_date=day.closing_date,
                    booked_at=at,
                    memo={"series": series_ref(series.id)},
                )
            )
    if requests:
        journals_post_many(requests=requests)


def _age(programme: ProgrammeFacts, day: BusinessDayFacts, at: datetime) -> None:
    """Due, in grace, overdue, defaulted: each claim moves to the state of the date that opens."""
    for claim in claims_due(programme_id=programme.id, on=day.opening_date):
        series = series_of_claim(claim_id=claim.id)
        if series is None:
            continue
        to = payment_state_on(
            on=day.opening_date,
            payment_date=claim.payment_date,
            grace_days=series.terms.grace_days,
            default_days=series.terms.default_days,
        )
        if to == claim.payment_state:
            continue
        if claim_lock(claim_id=claim.id).payment_state != claim.payment_state:
            continue  # paid while we waited
        claim_payment_move(claim_id=claim.id, to=to, by=SYSTEM, on=day.opening_date, at=at)
        event_emit(name=f"financing.payment.{to}", payload={"claim_id": claim.id}, at=at)


def _turn(programme: ProgrammeFacts, day: BusinessDayFacts, at: datetime) -> None:
    """Lock the period and open the next business date, together."""
    if programme.business_date != day.closing_date:
        raise DomainError("network.business_date_moved", business_date=str(day.closing_date))
    period_lock(book=programme.book, locked_date=day.opening_date - timedelta(days=1), at=at)
    business_date_advance(
        programme_id=programme.id, closing=day.closing_date, opening=day.opening_date
    )
    event_emit(
        name="network.day_end.finished",
        payload={"programme_id": programme.id, "business_day_id": day.id},
        at=at,
    )


STEPS: tuple[Callable[[ProgrammeFacts, BusinessDayFacts, datetime], None], ...] = (
    _quotes_lapse,
    _confirmations_lapse,
    _bids_end,
    _unsold_lapse,
    _accrue,
    _age,
    _turn,
)


def day_end_now(*, actor: Actor, at: datetime) -> date:
    """Request and run the end of day in this process (headless runs); returns the new date."""
    day = day_end_request(actor=actor, at=at)
    day_end_run(business_day_id=day.id, at=at, on_step=lambda _: None)
    return programme_get(programme_id=actor.programme_id).business_date
