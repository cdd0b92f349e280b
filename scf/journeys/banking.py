"""A bank statement arrives: it is kept, proved, posted, and answers the payouts that are out.

``bank.escrow`` moves here and nowhere else, once a line (key ``entry:<id>``), on the open
business date. A statement that does not add up, or whose predecessor is missing, is held and
posts nothing until it does or a person answers for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.money import format_minor
from ledger.operations.outbox import event_emit
from ledger.operations.posting import asset_ensure
from scf.access.policy import require
from scf.imports.parsers.bank_csv import bank_csv_parse
from scf.imports.parsers.camt053 import camt053_parse
from scf.journeys.bank_booking import statement_book, unexplained_post
from scf.network.operations import programme_lock
from scf.network.queries import ProgrammeFacts, bank_account_get
from scf.network.values import Actor, account_number_mask
from scf.settlement.identity import chain_expected
from scf.settlement.operations.payouts import payouts_lock
from scf.settlement.operations.statements import (
    entries_lock,
    file_store,
    statement_acknowledge_record,
    statement_hold,
    statement_lock,
    statement_post_record,
    statement_store,
)
from scf.settlement.queries import (
    EntryFacts,
    PayoutFacts,
    StatementFacts,
    entries_uncovered,
    entries_unposted,
    statements_of_account,
)
from scf.settlement.statement_plan import LineView, PayoutView, statement_plan
from scf.settlement.values import StatementInput

FILE_BYTES_MAX = 20_000_000
AMOUNT_MINOR_MAX = 10**15  # ten trillion yuan: more than any bank's day, well within 64 bits


@dataclass(frozen=True, slots=True)
class StatementOutcome:
    """What became of one statement; ``entries_known`` were on file before."""

    statement_id: int
    number: str
    state: str
    hold_code: str
    created: bool
    entries_new: int
    entries_known: int


@dataclass(frozen=True, slots=True)
class StatementResult:
    """What became of a file."""

    statements: tuple[StatementOutcome, ...]


def statement_receive(
    *,
    programme_id: int,
    filename: str,
    content: bytes,
    actor: Actor | None,
    at: datetime,
) -> StatementResult:
    """Keep a bank's file and post what proves itself; the same content again changes nothing.

    ``actor`` is None for a scheduled fetch. Raises the parsers' refusals and
    ``settlement.account_other``, ``currency_other``, ``statement_future``.
    """
    if actor is not None:
        require(actor, "statement.import")
    parsed = statements_parse(content=content)
    with transaction.atomic():
        programme = programme_lock(programme_id=programme_id)
        for statement in parsed:
            _belongs(programme, statement)
        asset_ensure(code=programme.currency, kind="currency", scale=2)
        file_id = file_store(
            programme_id=programme_id,
            filename=filename,
            content=content,
            file_format=parsed[0].format,
            by_id=actor.user_id if actor else None,
            at=at,
        )
        stored = [
            statement_store(
                programme_id=programme_id,
                account_id=programme.escrow_account_id,
                file_id=file_id,
                statement=statement,
            )
            for statement in sorted(parsed, key=lambda each: (each.to_date, each.number))
        ]
        statements_release(programme=programme, at=at)
        now = {
            each.id: each for each in statements_of_account(account_id=programme.escrow_account_id)
        }
        return StatementResult(
            tuple(
                _outcome(now[each.statement.id], each.created, each.entries_new, each.entries_known)
                for each in stored
            )
        )


def statements_parse(*, content: bytes) -> tuple[StatementInput, ...]:
    """The file's statements, camt.053 or CSV told apart by content, never by name."""
    if len(content) > FILE_BYTES_MAX:
        raise DomainError("settlement.file_too_large", limit=FILE_BYTES_MAX)
    head = content[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<"):
        return camt053_parse(content=content)
    if head.startswith((b"PK", b"%PDF", b"\xd0\xcf")):
        raise DomainError("settlement.file_kind", found=head[:4].decode("latin-1"))
    return bank_csv_parse(content=content)


def statement_acknowledge(
    *, actor: Actor, statement_id: int, reason: str, at: datetime
) -> StatementOutcome:
    """Answer for a held statement; it is posted, and the ones that waited for it.

    Raises ``settlement.reason_missing``, ``statement_unknown``, ``statement_posted``.
    """
    require(actor, "statement.import")
    if not reason.strip():
        raise DomainError("settlement.reason_missing")
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        statement = statement_lock(statement_id=statement_id)
        if statement.programme_id != programme.id:
            raise DomainError("settlement.statement_unknown", statement=statement_id)
        if statement.state == "posted":
            raise DomainError("settlement.statement_posted", statement=statement_id)
        statement_acknowledge_record(
            statement_id=statement_id, by_id=actor.user_id, reason=reason.strip(), at=at
        )
        statements_release(programme=programme, at=at)
        return _outcome(statement_lock(statement_id=statement_id), False, 0, 0)


def statements_release(*, programme: ProgrammeFacts, at: datetime) -> None:
    """Post every held statement that proves itself or is answered for, oldest first.

    Each posting may close the gap that another waits for. In the caller's transaction.
    """
    while True:
        statements = statements_of_account(account_id=programme.escrow_account_id)
        links = [each.link for each in statements if each.state == "posted"]
        held = [each for each in statements if each.state == "held"]
        codes = {each.id: _hold_code(each, chain_expected(each.link, links)) for each in held}
        ready = next((each for each in held if not codes[each.id]), None)
        if ready is None:
            break
        _statement_post(programme, ready, at)
    for each in held:
        if each.hold_code != codes[each.id]:
            statement_hold(statement_id=each.id, hold_code=codes[each.id])
            _held_emit(programme, each, codes[each.id], at)
    for entry in entries_uncovered(programme_id=programme.id):
        unexplained_post(programme=programme, entry=entry, exception_code="debit_unknown", at=at)


def _hold_code(statement: StatementFacts, expected: frozenset[int]) -> str:
    if statement.acknowledged_at is not None:
        return ""
    if statement.difference_minor != 0:
        return "unbalanced"
    return "" if statement.opening_minor in expected else "gap"


def _statement_post(programme: ProgrammeFacts, statement: StatementFacts, at: datetime) -> None:
    unposted = entries_unposted(statement_id=statement.id)
    entries = {each.id: each for each in entries_lock(entry_ids=[each.id for each in unposted])}
    payouts = _payouts_of(programme, entries.values(), statement)
    plan = statement_plan(
        lines=[
            LineView(each.id, each.amount_minor, each.end_to_end_id, each.batch_reference)
            for each in entries.values()
        ],
        results=statement.results,
        payouts=[
            PayoutView(
                each.id,
                each.end_to_end_id,
                each.end_to_end_id.rsplit("N", 1)[0],
                each.amount_minor,
                each.state,
            )
            for each in payouts.values()
        ],
    )
    statement_book(programme=programme, entries=entries, payouts=payouts, plan=plan, at=at)
    statement_post_record(statement_id=statement.id, posted_date=programme.business_date)
    for stray in plan.strays:
        _held_emit(programme, statement, f"result_unknown:{stray.end_to_end_id}", at)
    event_emit(
        name="settlement.statement.received",
        payload={"statement_id": statement.id, "programme_id": programme.id},
        at=at,
    )


def _payouts_of(
    programme: ProgrammeFacts, entries: Iterable[EntryFacts], statement: StatementFacts
) -> dict[int, PayoutFacts]:
    named = {each.end_to_end_id for each in entries if each.end_to_end_id}
    named |= {result.end_to_end_id for result in statement.results}
    found = payouts_lock(programme_id=programme.id, end_to_end_ids=named) if named else []
    for message_id in sorted({each.batch_reference for each in entries if each.batch_reference}):
        found += payouts_lock(programme_id=programme.id, message_id=message_id)
    return {each.id: each for each in found}


def _held_emit(
    programme: ProgrammeFacts, statement: StatementFacts, code: str, at: datetime
) -> None:
    event_emit(
        name="settlement.statement.held",
        payload={"statement_id": statement.id, "programme_id": programme.id, "code": code},
        at=at,
    )


def _belongs(programme: ProgrammeFacts, statement: StatementInput) -> None:
    escrow = bank_account_get(account_id=programme.escrow_account_id)
    if _digits(statement.account_number) != _digits(escrow.number):
        masked = account_number_mask(statement.account_number)
        raise DomainError("settlement.account_other", account=masked)
    if statement.currency != programme.currency:
        raise DomainError(
            "settlement.currency_other", found=statement.currency, expected=programme.currency
        )
    if statement.to_date > programme.business_date:
        raise DomainError(
            "settlement.statement_future",
            to_date=statement.to_date.isoformat(),
            business_date=programme.business_date.isoformat(),
        )
    stated = [(each.amount_minor, each.place) for each in statement.entries]
    stated += [(statement.opening_minor or 0, ""), (statement.closing_minor or 0, "")]
    for amount, place in stated:
        if abs(amount) > AMOUNT_MINOR_MAX:
            value = format_minor(amount)
            raise DomainError("settlement.amount_absurd", place=place, value=value)


def _digits(number: str) -> str:
    return "".join(character for character in number.upper() if character.isalnum())


def _outcome(statement: StatementFacts, created: bool, new: int, known: int) -> StatementOutcome:
    return StatementOutcome(
        statement_id=statement.id,
        number=statement.number,
        state=statement.state,
        hold_code=statement.hold_code,
        created=created,
        entries_new=new,
        entries_known=known,
    )
