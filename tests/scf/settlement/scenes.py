"""A programme with its bank: what the tests of settlement share. The bank writes real files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from ledger.operations.posting import journal_post
from ledger.queries import balance_get
from ledger.values import AccountRef, Leg
from scf.journeys.banking import StatementOutcome, StatementResult, statement_receive
from scf.journeys.paying import payouts_decide, payouts_prepare, payouts_submit
from scf.journeys.reconciling import entries_apply
from scf.journeys.sending import payouts_send
from scf.network.queries import ProgrammeFacts, bank_account_get
from scf.network.values import Actor, Role, Scope
from scf.settlement.postings import Cash
from scf.settlement.queries import PayoutFacts, payment_file_get, payouts_list
from scf.simulator.bank.camt import camt053_render
from scf.simulator.bank.desk import statement_make
from scf.simulator.bank.pain import payment_file_read
from scf.simulator.bank.sheet import bank_sheet_render
from scf.simulator.bank.values import EscrowAccount, Incoming, Instruction, Statement
from scf.simulator.worked.world import World, world_make

TODAY = date(2026, 3, 18)
AT = datetime(2026, 3, 18, 4, tzinfo=UTC)


@dataclass
class Scene:
    """A world and the bank beside it; ``balance`` is what the bank last said."""

    world: World
    balance: int = 0
    sequence: int = 0
    posted: int = field(default=0)

    @property
    def programme(self) -> ProgrammeFacts:
        return self.world.programme

    @property
    def id(self) -> int:
        return self.world.programme_id

    @property
    def cash(self) -> Cash:
        return Cash(self.programme.currency, self.programme.platform_id)

    @property
    def scope(self) -> Scope:
        return Scope(self.id, Role.OPERATIONS, None)

    def actor(self, key: str) -> Actor:
        return self.world.actors[key]

    def scope_of(self, key: str) -> Scope:
        """What a party sees of itself."""
        actor = self.actor(key)
        return Scope(self.id, actor.role, frozenset({actor.party_id or 0}))

    def paid(self, key: str, amount: int, text: str = "", **more: str) -> Incoming:
        """Money from a firm's own account."""
        _, name, account = self.world.firms[key]
        return Incoming(amount_minor=amount, name=name, account=account, text=text, **more)

    def write(
        self,
        *,
        incoming: Sequence[Incoming] = (),
        instructions: Sequence[Instruction] = (),
        refused: Mapping[str, str] | None = None,
        returned: Collection[Instruction] = (),
        day: date | None = None,
    ) -> Statement:
        """The bank's next statement; the bank goes on from its closing balance."""
        escrow = bank_account_get(account_id=self.programme.escrow_account_id)
        self.sequence += 1
        statement = statement_make(
            account=EscrowAccount(escrow.number, escrow.holder_name, escrow.bank_name),
            day=day or self.programme.business_date,
            sequence=self.sequence,
            opening_minor=self.balance,
            incoming=incoming,
            instructions=instructions,
            refused=refused,
            returned=returned,
        )
        self.balance = statement.closing_minor
        return statement

    def receive(self, statement: Statement, *, xml: bool = False) -> StatementOutcome:
        """Hand a statement in."""
        content = (camt053_render if xml else bank_sheet_render)(statement=statement)
        return self.receive_bytes(content).statements[0]

    def receive_bytes(self, content: bytes, name: str = "statement") -> StatementResult:
        return statement_receive(
            programme_id=self.id,
            filename=name,
            content=content,
            actor=self.actor("ops"),
            at=AT,
        )

    def bank(self, *incoming: Incoming, xml: bool = False) -> StatementOutcome:
        """Money in, on a statement of its own."""
        return self.receive(self.write(incoming=incoming), xml=xml)

    def deposit(self, key: str, amount: int) -> None:
        """An investor pays in and the money is its own."""
        self.bank(self.paid(key, amount, "认购入金"))
        entries_apply(programme_id=self.id, at=AT)

    def owe(self, source: str, to: AccountRef, amount: int) -> None:
        """An investor's cash becomes somebody's due, as a close would do it."""
        self.posted += 1
        journal_post(
            key=f"test:{self.id}:{self.posted}",
            kind="test.owe",
            book=self.programme.book,
            legs=[Leg(self.cash.available(self.world.party(source)), to, amount)],
            effective_date=self.programme.business_date,
            booked_at=AT,
        )

    def balance_of(self, ref: AccountRef) -> int:
        return balance_get(ref=ref, book=self.programme.book).net

    @property
    def escrow(self) -> int:
        return self.balance_of(self.cash.escrow)

    def sign(self, batch_id: int) -> None:
        """Two people sign a batch."""
        approval = payouts_submit(actor=self.actor("ops"), batch_id=batch_id, at=AT)
        payouts_decide(
            actor=self.actor("ops2"),
            approval_id=approval.id,
            approve=True,
            content_hash=approval.content_hash,
            at=AT,
        )

    def send(self) -> int:
        """Prepare what is owed, sign it and send it; the batch."""
        batch_id = payouts_prepare(programme_id=self.id, actor=self.actor("ops"), at=AT)
        assert batch_id is not None
        self.sign(batch_id)
        payouts_send(batch_id=batch_id, at=AT)
        return batch_id

    def instructions(self, batch_id: int) -> list[Instruction]:
        """What the bank reads in the batch's file."""
        stored = payment_file_get(scope=self.scope, batch_id=batch_id)
        return list(payment_file_read(content=stored.content))

    def payouts(self, batch_id: int) -> list[PayoutFacts]:
        return payouts_list(scope=self.scope, batch_id=batch_id)


def scene(code: str = "bank") -> Scene:
    """A programme on 18 March 2026 with an empty escrow account."""
    return Scene(world=world_make(code=code, start=TODAY))
