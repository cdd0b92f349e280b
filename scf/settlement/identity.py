"""What makes two statement lines, or two statements, the same one. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scf.settlement.values import EntryInput, StatementInput

_REFERENCE_LENGTH = 100


def entry_identities(entries: Iterable[EntryInput]) -> list[str]:
    """One identity a line, in order: the bank's reference within the account, else the content.

    A reference stands with its amount and day, since some banks give one reference to a payment
    and to its charge. True twins in one file are numbered, so both are kept and a re-import
    adds none.
    """
    seen: dict[str, int] = {}
    identities = []
    for entry in entries:
        base = _base(entry)
        seen[base] = seen.get(base, 0) + 1
        identities.append(f"{base}#{seen[base]}")
    return identities


def _base(entry: EntryInput) -> str:
    if entry.bank_reference:
        day = entry.booking_date.isoformat()
        reference = entry.bank_reference
        if len(reference) > _REFERENCE_LENGTH:
            reference = _digest([reference])
        return f"ref:{reference}:{entry.amount_minor}:{day}"
    content = [
        entry.amount_minor,
        entry.booking_date.isoformat(),
        entry.value_date.isoformat(),
        entry.balance_minor,
        entry.counterparty_name,
        entry.counterparty_account,
        entry.end_to_end_id,
        entry.remittance,
    ]
    return f"sha:{_digest(content)[:40]}"


def statement_hash(statement: StatementInput) -> str:
    """The content of a statement whatever file or format brought it."""
    # Formats word a refusal differently; that a payment was refused is what they agree on.
    results = sorted(result.end_to_end_id for result in statement.results)
    return _digest(
        [
            statement.account_number,
            statement.currency,
            statement.number,
            statement.to_date.isoformat(),
            statement.opening_minor,
            statement.closing_minor,
            entry_identities(statement.entries),
            results,
        ]
    )


def _digest(content: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class StatementLink:
    """A statement's place in its account's chain; ``posted_no`` orders those of one day."""

    id: int
    from_date: date
    to_date: date
    opening_minor: int | None
    closing_minor: int | None
    posted_no: int = 0


def chain_expected(link: StatementLink, posted: Iterable[StatementLink]) -> frozenset[int]:
    """The opening balances that would join ``link`` to what is posted.

    The closing before its first day (an account starts at 0), or that of a statement that ends
    within its days: an earlier one of the same day, or part of a longer period.
    """
    before, within = [], []
    for other in posted:
        if other.to_date < link.from_date:
            before.append(other)
        elif other.to_date <= link.to_date and other.id != link.id:
            within.append(other.closing_minor)
    last = max(before, key=lambda each: (each.to_date, each.posted_no), default=None)
    expected = [*within, last.closing_minor if last else 0]
    return frozenset(balance for balance in expected if balance is not None)


def chain_last(posted: Iterable[StatementLink]) -> StatementLink | None:
    """The statement whose closing balance the account has now."""
    return max(posted, key=lambda each: (each.to_date, each.posted_no), default=None)
