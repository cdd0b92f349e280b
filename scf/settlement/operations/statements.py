"""Writes of bank files, statements and their entries. They nest in the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from ledger.errors import DomainError
from scf.settlement.identity import entry_identities, statement_hash
from scf.settlement.models import BankEntry, BankStatement, StatementFile
from scf.settlement.queries.statements import (
    EntryFacts,
    StatementFacts,
    entry_facts,
    statement_facts,
)
from scf.settlement.values import EntryInput, StatementInput


@dataclass(frozen=True, slots=True)
class StatementStored:
    """A statement on file: whether it is new, and how many of its lines are."""

    statement: StatementFacts
    created: bool
    entries_new: int
    entries_known: int


def file_store(
    *,
    programme_id: int,
    filename: str,
    content: bytes,
    file_format: str,
    by_id: int | None,
    at: datetime,
) -> int:
    """Keep a bank's file byte for byte; the same bytes again are the same file. Its id."""
    stored, _ = StatementFile.objects.get_or_create(
        programme_id=programme_id,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "filename": filename[:200],
            "format": file_format,
            "content": content,
            "received_at": at,
            "received_by_id": by_id,
        },
    )
    return stored.pk


def statement_store(
    *, programme_id: int, account_id: int, file_id: int, statement: StatementInput
) -> StatementStored:
    """Keep a statement and the lines not yet known, held until it is posted.

    The same content again changes nothing; the same number with other content is a new version.
    Lines that an earlier, still held statement brought move to this one, so that each is posted
    once, by whichever statement proves itself.
    """
    content_hash = statement_hash(statement)
    known = BankStatement.objects.filter(account_id=account_id, content_hash=content_hash).first()
    if known is not None:
        return StatementStored(statement_facts(known), False, 0, len(statement.entries))
    number = statement.number[:80]
    versions = BankStatement.objects.filter(account_id=account_id, number=number)
    row = BankStatement.objects.create(
        programme_id=programme_id,
        account_id=account_id,
        file_id=file_id,
        number=number,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        content_hash=content_hash,
        currency=statement.currency,
        from_date=statement.from_date,
        to_date=statement.to_date,
        opening_minor=statement.opening_minor,
        closing_minor=statement.closing_minor,
        difference_minor=statement.difference_minor,
        results=[asdict(result) for result in statement.results],
    )
    new = _entries_store(row, statement.entries)
    return StatementStored(statement_facts(row), True, new, len(statement.entries) - new)


def _entries_store(row: BankStatement, entries: Sequence[EntryInput]) -> int:
    identities = entry_identities(entries)
    mine = BankEntry.objects.filter(account_id=row.account_id, identity__in=identities)
    known = set(mine.values_list("identity", flat=True))
    mine.filter(journal_id=None, statement__state="held").update(statement=row)
    fresh = [
        BankEntry(
            statement=row,
            programme_id=row.programme_id,
            account_id=row.account_id,
            identity=identity,
            bank_reference=entry.bank_reference[:120],
            amount_minor=entry.amount_minor,
            booking_date=entry.booking_date,
            value_date=entry.value_date,
            remittance=entry.remittance,
            references=[asdict(reference) for reference in entry.references],
            counterparty_name=entry.counterparty_name[:200],
            counterparty_account=entry.counterparty_account[:60],
            end_to_end_id=entry.end_to_end_id[:60],
            batch_reference=entry.batch_reference[:60],
            place=entry.place[:200],
        )
        for identity, entry in zip(identities, entries, strict=True)
        if identity not in known
    ]
    BankEntry.objects.bulk_create(fresh, batch_size=1000)
    return len(fresh)


def statement_lock(*, statement_id: int) -> StatementFacts:
    """The statement, its row locked; raises ``settlement.statement_unknown``."""
    found = BankStatement.objects.select_for_update().filter(pk=statement_id).first()
    if found is None:
        raise DomainError("settlement.statement_unknown", statement=statement_id)
    return statement_facts(found)


def statement_hold(*, statement_id: int, hold_code: str) -> None:
    """Say why a statement waits: unbalanced or gap."""
    BankStatement.objects.filter(pk=statement_id, state="held").update(hold_code=hold_code)


def statement_acknowledge_record(
    *, statement_id: int, by_id: int, reason: str, at: datetime
) -> None:
    """A person answers for a statement that does not prove itself."""
    BankStatement.objects.filter(pk=statement_id, state="held").update(
        acknowledged_by_id=by_id, acknowledged_at=at, acknowledged_reason=reason[:400]
    )


def statement_post_record(*, statement_id: int, posted_date: date) -> None:
    """The statement's lines are in the books. Numbers are given in the order of posting."""
    row = BankStatement.objects.get(pk=statement_id)
    posted = BankStatement.objects.filter(account_id=row.account_id)
    number = (posted.aggregate(last=Max("posted_no"))["last"] or 0) + 1
    BankStatement.objects.filter(pk=statement_id).update(
        state="posted", hold_code="", posted_date=posted_date, posted_no=number
    )


def entries_lock(*, entry_ids: Sequence[int]) -> list[EntryFacts]:
    """Entries, their rows locked in id order."""
    rows = BankEntry.objects.select_for_update(of=("self",)).filter(pk__in=entry_ids)
    return [entry_facts(row) for row in rows.order_by("pk")]


def entry_post_record(*, entry_id: int, journal_id: int, exception_code: str = "") -> None:
    """The line's journal; it is written once."""
    BankEntry.objects.filter(pk=entry_id, journal_id=None).update(
        journal_id=journal_id, exception_code=exception_code
    )


def entry_exception_set(*, entry_id: int, exception_code: str) -> None:
    """Mark a line for a person, or clear the mark with an empty code."""
    BankEntry.objects.filter(pk=entry_id).update(exception_code=exception_code)


def entry_suggestions_set(*, entry_id: int, suggestions: Sequence[Mapping[str, Any]]) -> None:
    """Keep what cash application would offer, for the list of open entries."""
    BankEntry.objects.filter(pk=entry_id).update(suggestions=list(suggestions))
