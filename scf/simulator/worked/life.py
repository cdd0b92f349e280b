"""The steps of one receivable's life in a world, each through its public journey."""

from __future__ import annotations

from datetime import date, timedelta

from ledger.errors import InvariantViolated
from scf.access.policy import scope_for
from scf.financing.queries import ClaimFacts, claim_get
from scf.journeys.accepting import ACCEPT, quote_accept, quote_accept_approve
from scf.journeys.checking import claim_check
from scf.journeys.closing import series_close
from scf.journeys.confirming import confirmation_prepare, confirmation_sign
from scf.journeys.day_end import day_end_now
from scf.journeys.listing import series_list, series_submit
from scf.journeys.paying import payouts_decide, payouts_prepare, payouts_submit
from scf.journeys.quoting import quotes_make
from scf.journeys.registering import claim_register
from scf.journeys.sending import payouts_send
from scf.journeys.subscribing import subscription_place
from scf.network.queries import approvals_pending
from scf.products.queries import SeriesFacts
from scf.settlement.queries import payment_file_get
from scf.simulator.bank.pain import payment_file_read
from scf.simulator.worked.gate import gate_open
from scf.simulator.worked.papers import papers_deliver
from scf.simulator.worked.world import World

INVOICE = "INV-0001"


def claim_offered(*, world: World, face_minor: int, tenor_days: int) -> ClaimFacts:
    """From documents that match to a registered claim."""
    receivable_id = papers_deliver(
        world=world,
        number=INVOICE,
        gross_minor=face_minor,
        due_date=world.today + timedelta(days=tenor_days),
    )
    gate_open(world=world)
    return claim_from(world=world, receivable_id=receivable_id)


def claim_from(*, world: World, receivable_id: int) -> ClaimFacts:
    """Quote, two people accept, the checks run again, the obligor signs, the register answers."""
    maker, checker = world.actors["supplier"], world.actors["supplier2"]
    outcome = quotes_make(actor=maker, receivable_ids=[receivable_id], at=world.at)[0]
    if outcome.quote is None:
        raise outcome.error or InvariantViolated("a quote is made or refused")
    quote = outcome.quote
    claim = quote_accept(
        actor=maker, quote_id=quote.id, key=f"accept-{quote.id}", consent=True, at=world.at
    )
    waiting = approvals_pending(scope=scope_for(checker), verb=ACCEPT)
    quote_accept_approve(
        actor=checker,
        approval_id=waiting[0].id,
        content_hash=waiting[0].content_hash,
        at=world.at,
    )
    claim_check(claim_id=claim.id, at=world.at)
    asked = confirmation_prepare(actor=world.actors["anchor"], claim_id=claim.id, at=world.at)
    confirmation_sign(
        actor=world.actors["anchor2"],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        reauthenticated_at=world.at,
        at=world.at,
    )
    claim_register(claim_id=claim.id, at=world.at)
    return claim_get(claim_id=claim.id)


def listed(*, world: World, claim: ClaimFacts) -> SeriesFacts:
    """Two people of operations put the claim on offer."""
    asked = series_submit(actor=world.actors["ops"], claim_id=claim.id, at=world.at)
    return series_list(
        actor=world.actors["ops2"],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        at=world.at,
    )


def bid(*, world: World, series: SeriesFacts, bids: dict[str, int]) -> None:
    """Investors pay in what they bid, and bid."""
    world.pays_in(*((key, units * series.unit_price_minor, "入金") for key, units in bids.items()))
    for key, units in bids.items():
        subscription_place(
            actor=world.actors[key],
            series_id=series.id,
            units=units,
            key=f"bid-{series.id}-{key}",
            at=world.at,
        )


def issued(*, world: World, series: SeriesFacts, bids: dict[str, int]) -> SeriesFacts:
    """Bids that fill the series, and its close."""
    bid(world=world, series=series, bids=bids)
    return series_close(actor=world.actors["ops"], series_id=series.id, at=world.at)


def money_leaves(*, world: World) -> None:
    """Everything payable leaves under two signatures, and the bank confirms it the same day."""
    batch_id = payouts_prepare(
        programme_id=world.programme_id, actor=world.actors["ops"], at=world.at
    )
    if batch_id is None:
        return
    asked = payouts_submit(actor=world.actors["ops"], batch_id=batch_id, at=world.at)
    payouts_decide(
        actor=world.actors["ops2"],
        approval_id=asked.id,
        approve=True,
        content_hash=asked.content_hash,
        at=world.at,
    )
    payouts_send(batch_id=batch_id, at=world.at)
    file = payment_file_get(scope=scope_for(world.actors["ops"]), batch_id=batch_id)
    world.bank_day(instructions=payment_file_read(content=file.content))


def days_pass(*, world: World, until: date) -> None:
    """Close business days up to ``until``, which must be one."""
    while world.today < until:
        day_end_now(actor=world.actors["ops"], at=world.at)
    if world.today != until:
        raise InvariantViolated(f"{until} is no business day")
