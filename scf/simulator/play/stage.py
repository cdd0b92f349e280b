"""What people of the demo do, verb by verb: the public journeys, called as a page would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from ledger.errors import InvariantViolated
from scf.financing.queries import ClaimFacts, claim_get
from scf.imports.queries import batch_get
from scf.journeys.accepting import quote_accept, quote_accept_approve
from scf.journeys.assessing import risk_assess
from scf.journeys.closing import series_close
from scf.journeys.confirming import confirmation_prepare, confirmation_sign
from scf.journeys.day_end import day_end_request
from scf.journeys.importing import import_receive
from scf.journeys.listing import series_list, series_submit
from scf.journeys.paying import payouts_decide, payouts_submit
from scf.journeys.quoting import quotes_make
from scf.journeys.subscribing import subscription_place
from scf.network.queries import ProgrammeFacts, approvals_of, programme_get
from scf.network.values import Actor, Role, Scope
from scf.products.queries import SeriesFacts, series_get, series_of_claim
from scf.settlement.queries import batches_list
from scf.simulator.bank.values import Incoming
from scf.simulator.play.banker import Reject, bank_day_run, incoming_from, nobody_rejected
from scf.simulator.play.cast import Cast
from scf.simulator.play.desk import gate_ensure

Drain = Callable[[], None]
Clock = Callable[[], datetime]


class Stage:
    """The cast on a business date. ``drain`` returns when background work has come to rest."""

    def __init__(self, *, cast: Cast, clock: Clock, drain: Drain) -> None:
        self.cast = cast
        self.clock = clock
        self.drain = drain

    @property
    def programme(self) -> ProgrammeFacts:
        return programme_get(programme_id=self.cast.programme_id)

    def actor(self, username: str) -> Actor:
        return self.cast.actors[username]

    def desk(self) -> Scope:
        """The operations desk's sight: the whole programme."""
        return Scope(programme_id=self.cast.programme_id, role=Role.OPERATIONS, party_ids=None)

    def take_in(self, *, folder: Path) -> None:
        """Operations upload a folder of ERP files; it is read, matched, and the chain judged."""
        received = import_receive(
            actor=self.actor("ops"),
            files=[(path.name, path.read_bytes()) for path in sorted(folder.iterdir())],
            is_dry_run=False,
            at=self.clock(),
        )
        self.drain()
        batch = batch_get(batch_id=received.batch_id)
        if batch.committed_at is None:
            raise InvariantViolated(f"{folder.name} was not taken in: {batch.failure_code}")
        risk_assess(
            programme_id=self.cast.programme_id,
            as_of=self.programme.business_date,
            at=self.clock(),
        )
        self.drain()

    def gate_ensure(self, *, supplier: str) -> bool:
        """The risk desk looks at a supplier's gate; True when two people had to open it."""
        return gate_ensure(
            programme=self.programme,
            party_id=self.cast.party_ids[supplier],
            maker=self.actor("risk"),
            checker=self.actor("risk2"),
            at=self.clock(),
        )

    def sell(self, *, receivable_id: int, maker: str, checker: str = "") -> ClaimFacts:
        """A supplier takes a quote; ``checker`` empty: the firm waived its second person."""
        outcome = quotes_make(
            actor=self.actor(maker), receivable_ids=[receivable_id], at=self.clock()
        )[0]
        if outcome.quote is None:
            raise InvariantViolated(f"receivable {receivable_id}: {outcome.error}")
        claim = quote_accept(
            actor=self.actor(maker),
            quote_id=outcome.quote.id,
            key=f"demo-{receivable_id}-{self.programme.business_date}",
            consent=True,
            at=self.clock(),
        )
        if checker:
            approval = approvals_of(subject_ref=f"claim:{claim.id}")[-1]
            quote_accept_approve(
                actor=self.actor(checker),
                approval_id=approval.id,
                content_hash=approval.content_hash,
                at=self.clock(),
            )
        self.drain()
        return claim_get(claim_id=claim.id)

    def confirm(self, *, claim_id: int) -> ClaimFacts:
        """The obligor's treasury: one prepares, another signs."""
        approval = confirmation_prepare(
            actor=self.actor("anchor"), claim_id=claim_id, at=self.clock()
        )
        at = self.clock()
        confirmation_sign(
            actor=self.actor("anchor2"),
            approval_id=approval.id,
            content_hash_seen=approval.content_hash,
            reauthenticated_at=at,
            at=at,
        )
        self.drain()
        return claim_get(claim_id=claim_id)

    def offer(self, *, claim_id: int) -> SeriesFacts:
        """Operations draft the series, a second person lists it."""
        approval = series_submit(actor=self.actor("ops"), claim_id=claim_id, at=self.clock())
        series_list(
            actor=self.actor("ops2"),
            approval_id=approval.id,
            content_hash_seen=approval.content_hash,
            at=self.clock(),
        )
        self.drain()
        series = series_of_claim(claim_id=claim_id)
        if series is None:
            raise InvariantViolated(f"claim {claim_id} has no series after it was listed")
        return series

    def bid(self, *, series_id: int, investor: str, units: int) -> None:
        """An investor subscribes."""
        subscription_place(
            actor=self.actor(investor),
            series_id=series_id,
            units=units,
            key=f"demo-{series_id}-{investor}",
            at=self.clock(),
        )

    def close(self, *, series_id: int) -> SeriesFacts:
        """Delivery versus payment, and the payouts that follow from it are prepared."""
        series_close(actor=self.actor("ops"), series_id=series_id, at=self.clock())
        self.drain()
        return series_get(series_id=series_id)

    def deposit(self, *, amounts: Sequence[tuple[str, int]]) -> None:
        """Investors pay in; the bank tells by statement."""
        self.bank_day(
            incoming=[
                incoming_from(
                    party_id=self.actor(name).party_id or 0,
                    amount_minor=amount_minor,
                    text="认购入金",
                )
                for name, amount_minor in amounts
            ]
        )

    def payouts_sign(self) -> int:
        """Two people sign every batch that waits; how many left for the bank."""
        batches = [row for row in batches_list(scope=self.desk()) if row.states.get("prepared")]
        for batch in batches:
            approval = payouts_submit(actor=self.actor("ops"), batch_id=batch.id, at=self.clock())
            payouts_decide(
                actor=self.actor("ops2"),
                approval_id=approval.id,
                approve=True,
                content_hash=approval.content_hash,
                at=self.clock(),
            )
        self.drain()
        return len(batches)

    def bank_day(
        self,
        *,
        incoming: Sequence[Incoming] = (),
        reject: Reject = nobody_rejected,
        as_sheet: bool = False,
    ) -> None:
        """The bank answers, and what came in finds its owner."""
        bank_day_run(
            programme_id=self.cast.programme_id,
            incoming=incoming,
            reject=reject,
            as_sheet=as_sheet,
            at=self.clock(),
        )
        self.drain()

    def day_end(self) -> None:
        """Operations close the day; the next one opens."""
        day_end_request(actor=self.actor("ops"), at=self.clock())
        self.drain()
