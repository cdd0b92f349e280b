"""The bank's day at the demo: reads what was sent, answers with a statement, lets obligors pay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from scf.financing.queries import open_items
from scf.journeys.banking import StatementResult, statement_receive
from scf.network.calendar import Roll, business_day_roll
from scf.network.queries import (
    bank_account_get,
    bank_account_primary,
    party_get,
    programme_get,
)
from scf.network.values import Role, Scope
from scf.settlement.queries import (
    StatementFacts,
    payment_file_get,
    payouts_list,
    statements_of_account,
)
from scf.settlement.values import ItemKind
from scf.simulator.bank.camt import camt053_render
from scf.simulator.bank.desk import statement_make
from scf.simulator.bank.pain import payment_file_read
from scf.simulator.bank.sheet import bank_sheet_render
from scf.simulator.bank.values import EscrowAccount, Incoming, Instruction, Statement

Reject = Callable[[Instruction], str]


def nobody_rejected(_: Instruction) -> str:
    """The answer of a bank that pays everything."""
    return ""


def bank_day_run(
    *,
    programme_id: int,
    incoming: Sequence[Incoming] = (),
    reject: Reject = nobody_rejected,
    as_sheet: bool = False,
    at: datetime,
) -> StatementResult | None:
    """Write the next statement of the business date and hand it in; None when nothing happened.

    Answers every payment that was sent and is not yet answered: ``reject`` gives the bank's
    reason, or "". ``as_sheet`` writes the bank's CSV instead of camt.053.
    """
    instructions = sent_instructions(programme_id=programme_id)
    if not incoming and not instructions:
        return None
    statement = _statement_next(
        programme_id=programme_id, incoming=incoming, instructions=instructions, reject=reject
    )
    suffix = "csv" if as_sheet else "xml"
    return statement_receive(
        programme_id=programme_id,
        filename=f"statement-{statement.number}.{suffix}",
        content=(
            bank_sheet_render(statement=statement)
            if as_sheet
            else camt053_render(statement=statement)
        ),
        actor=None,
        at=at,
    )


def sent_instructions(*, programme_id: int) -> list[Instruction]:
    """What the bank holds and has not answered, from the payment files themselves."""
    scope = _desk(programme_id)
    waiting = payouts_list(scope=scope, state="sent")
    unanswered = {payout.end_to_end_id for payout in waiting}
    return [
        instruction
        for batch_id in sorted({payout.batch_id for payout in waiting})
        for instruction in payment_file_read(
            content=payment_file_get(scope=scope, batch_id=batch_id).content
        )
        if instruction.end_to_end_id in unanswered
    ]


def obligor_payments(*, programme_id: int, on: date, late: Collection[str] = ()) -> list[Incoming]:
    """What obligors pay today: every claim whose payment date has come.

    ``late`` names invoices whose obligor lets them wait.
    """
    return [
        incoming_from(
            party_id=item.party_id,
            amount_minor=item.residual_minor,
            text=f"货款 {item.label}",
            invoice_no=item.label,
        )
        for item in open_items(programme_id=programme_id)
        if item.kind == ItemKind.CLAIM
        and item.label not in late
        and business_day_roll(day=item.due_date, roll=Roll.FOLLOWING) <= on
    ]


def incoming_from(*, party_id: int, amount_minor: int, text: str, invoice_no: str = "") -> Incoming:
    """Money from a firm's own account."""
    account = bank_account_primary(party_id=party_id)
    return Incoming(
        amount_minor=amount_minor,
        name=party_get(party_id=party_id).name,
        account=account.number,
        text=text,
        invoice_no=invoice_no,
        bank_name=account.bank_name,
    )


def _statement_next(
    *,
    programme_id: int,
    incoming: Iterable[Incoming],
    instructions: Sequence[Instruction],
    reject: Reject,
) -> Statement:
    programme = programme_get(programme_id=programme_id)
    escrow = bank_account_get(account_id=programme.escrow_account_id)
    earlier = statements_of_account(account_id=escrow.id)
    day = programme.business_date
    refused: Mapping[str, str] = {
        item.end_to_end_id: reason for item in instructions if (reason := reject(item))
    }
    return statement_make(
        account=EscrowAccount(
            number=escrow.number, holder_name=escrow.holder_name, bank_name=escrow.bank_name
        ),
        day=day,
        sequence=1 + sum(1 for row in earlier if row.to_date == day),
        opening_minor=_closing_last(earlier),
        incoming=incoming,
        instructions=instructions,
        refused=refused,
    )


def _closing_last(earlier: Sequence[StatementFacts]) -> int:
    """Where the account stands after the newest statement; nothing before the first."""
    if not earlier:
        return 0
    newest = max(earlier, key=lambda row: (row.to_date, row.number))
    return newest.closing_minor or 0


def _desk(programme_id: int) -> Scope:
    return Scope(programme_id=programme_id, role=Role.OPERATIONS, party_ids=None)
