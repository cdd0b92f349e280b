"""Reads of statements, entries, allocations and matches; lists take a Scope.

Statements and entries are the escrow account's own business: only the platform's desks see
them. A party sees what was allocated for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet, Sum

from ledger.errors import DomainError
from scf.network.values import Scope, account_number_mask
from scf.settlement.identity import StatementLink, chain_last
from scf.settlement.models import Allocation, BankEntry, BankStatement, Match, StatementFile
from scf.settlement.values import MatchLine, PaymentResultInput, RemittanceReference


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A statement as pages and journeys see it; money in minor units."""

    id: int
    programme_id: int
    account_id: int
    file_id: int
    number: str
    version: int
    content_hash: str
    currency: str
    from_date: date
    to_date: date
    opening_minor: int | None
    closing_minor: int | None
    difference_minor: int | None
    state: str
    hold_code: str
    posted_date: date | None
    posted_no: int | None
    acknowledged_at: datetime | None
    acknowledged_reason: str
    results: tuple[PaymentResultInput, ...]

    @property
    def link(self) -> StatementLink:
        """Its place in the account's chain."""
        return StatementLink(
            self.id,
            self.from_date,
            self.to_date,
            self.opening_minor,
            self.closing_minor,
            self.posted_no or 0,
        )


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One booked line. ``counterparty_account`` is whole for matching; pages show ``payer_masked``."""

    id: int
    statement_id: int
    programme_id: int
    identity: str
    bank_reference: str
    amount_minor: int
    allocated_minor: int
    booking_date: date
    value_date: date
    remittance: str
    references: tuple[RemittanceReference, ...]
    counterparty_name: str
    counterparty_account: str
    end_to_end_id: str
    batch_reference: str
    place: str
    journal_id: int | None
    state: str
    exception_code: str
    suggestions: tuple[Mapping[str, Any], ...]

    @property
    def open_minor(self) -> int:
        """What is not yet allocated, without sign."""
        return abs(self.amount_minor - self.allocated_minor)

    @property
    def payer_masked(self) -> str:
        return account_number_mask(self.counterparty_account) if self.counterparty_account else ""


@dataclass(frozen=True, slots=True)
class AllocationFacts:
    """So much of an entry went to this."""

    id: int
    entry_id: int
    match_id: int | None
    kind: str
    ref: str
    party_id: int | None
    amount_minor: int
    journal_id: int | None
    on_date: date
    allocated_at: datetime
    undone_at: datetime | None
    undone_reason: str
    undone_journal_id: int | None


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """Lines that place an entry, by a rule or a person, and the state of the second signature."""

    id: int
    entry_id: int
    rule: str
    state: str
    lines: tuple[MatchLine, ...]
    reasons: tuple[Mapping[str, Any], ...]
    content_hash: str
    note: str
    made_by_id: int | None
    made_at: datetime


def statement_facts(row: BankStatement) -> StatementFacts:
    """The row as a value."""
    return StatementFacts(
        id=row.pk,
        programme_id=row.programme_id,
        account_id=row.account_id,
        file_id=row.file_id,
        number=row.number,
        version=row.version,
        content_hash=row.content_hash,
        currency=row.currency,
        from_date=row.from_date,
        to_date=row.to_date,
        opening_minor=row.opening_minor,
        closing_minor=row.closing_minor,
        difference_minor=row.difference_minor,
        state=row.state,
        hold_code=row.hold_code,
        posted_date=row.posted_date,
        posted_no=row.posted_no,
        acknowledged_at=row.acknowledged_at,
        acknowledged_reason=row.acknowledged_reason,
        results=tuple(PaymentResultInput(**result) for result in row.results),
    )


def entry_facts(row: BankEntry) -> EntryFacts:
    """The row as a value."""
    return EntryFacts(
        id=row.pk,
        statement_id=row.statement_id,
        programme_id=row.programme_id,
        identity=row.identity,
        bank_reference=row.bank_reference,
        amount_minor=row.amount_minor,
        allocated_minor=row.allocated_minor,
        booking_date=row.booking_date,
        value_date=row.value_date,
        remittance=row.remittance,
        references=tuple(RemittanceReference(**each) for each in row.references),
        counterparty_name=row.counterparty_name,
        counterparty_account=row.counterparty_account,
        end_to_end_id=row.end_to_end_id,
        batch_reference=row.batch_reference,
        place=row.place,
        journal_id=row.journal_id,
        state=row.state,
        exception_code=row.exception_code,
        suggestions=tuple(row.suggestions),
    )


def allocation_facts(row: Allocation) -> AllocationFacts:
    """The row as a value."""
    return AllocationFacts(
        id=row.pk,
        entry_id=row.entry_id,
        match_id=row.match_id,
        kind=row.kind,
        ref=row.ref,
        party_id=row.party_id,
        amount_minor=row.amount_minor,
        journal_id=row.journal_id,
        on_date=row.on_date,
        allocated_at=row.allocated_at,
        undone_at=row.undone_at,
        undone_reason=row.undone_reason,
        undone_journal_id=row.undone_journal_id,
    )


def match_facts(row: Match) -> MatchFacts:
    """The row as a value."""
    return MatchFacts(
        id=row.pk,
        entry_id=row.entry_id,
        rule=row.rule,
        state=row.state,
        lines=tuple(MatchLine(**line) for line in row.lines),
        reasons=tuple(row.reasons),
        content_hash=row.content_hash,
        note=row.note,
        made_by_id=row.made_by_id,
        made_at=row.made_at,
    )


def lines_dump(lines: Iterable[MatchLine]) -> list[dict[str, Any]]:
    """Match lines as JSON."""
    return [asdict(line) for line in lines]


def _statements(scope: Scope) -> QuerySet[BankStatement]:
    rows = BankStatement.objects.filter(programme_id=scope.programme_id)
    return rows if scope.sees_all() else rows.none()


def _entries(scope: Scope) -> QuerySet[BankEntry]:
    rows = BankEntry.objects.filter(programme_id=scope.programme_id)
    return rows if scope.sees_all() else rows.none()


def statements_list(*, scope: Scope, state: str | None = None) -> list[StatementFacts]:
    """The programme's statements, latest day first."""
    rows = _statements(scope)
    if state is not None:
        rows = rows.filter(state=state)
    return [statement_facts(row) for row in rows.order_by("-to_date", "-pk")]


def statement_get(*, scope: Scope, statement_id: int) -> StatementFacts:
    """Raises ``settlement.statement_unknown``."""
    found = _statements(scope).filter(pk=statement_id).first()
    if found is None:
        raise DomainError("settlement.statement_unknown", statement=statement_id)
    return statement_facts(found)


def statement_by_hash(*, account_id: int, content_hash: str) -> StatementFacts | None:
    """The statement with this content, if it was received before."""
    found = BankStatement.objects.filter(account_id=account_id, content_hash=content_hash).first()
    return statement_facts(found) if found else None


def statements_of_account(*, account_id: int) -> list[StatementFacts]:
    """Every statement of one account in the order of its chain."""
    rows = BankStatement.objects.filter(account_id=account_id)
    return [statement_facts(row) for row in rows.order_by("to_date", "posted_no", "number", "pk")]


def statement_file(*, scope: Scope, statement_id: int) -> tuple[str, bytes]:
    """File name and bytes as the bank sent them; raises ``settlement.statement_unknown``."""
    statement = statement_get(scope=scope, statement_id=statement_id)
    stored = StatementFile.objects.get(pk=statement.file_id)
    return stored.filename, bytes(stored.content)


def statement_closings(*, programme_id: int) -> dict[date, int]:
    """Business date -> the closing balance the account has after that day's statements.

    Proof 1 compares bank.escrow with it; a day without a statement has no line.
    """
    rows = BankStatement.objects.filter(programme_id=programme_id, state="posted")
    posted = [statement_facts(row) for row in rows.order_by("posted_no")]
    closings: dict[date, int] = {}
    links: list[StatementLink] = []
    for statement in posted:
        links.append(statement.link)
        last = chain_last(links)
        if statement.posted_date and last and last.closing_minor is not None:
            closings[statement.posted_date] = last.closing_minor
    return closings


def entries_list(
    *,
    scope: Scope,
    state: str | None = None,
    exceptions: bool | None = None,
    statement_id: int | None = None,
    limit: int | None = None,
) -> list[EntryFacts]:
    """Entries, newest first; ``exceptions`` True keeps those a person must look at."""
    rows = _entries(scope)
    if state is not None:
        rows = rows.filter(state=state)
    if exceptions is not None:
        rows = rows.exclude(exception_code="") if exceptions else rows.filter(exception_code="")
    if statement_id is not None:
        rows = rows.filter(statement_id=statement_id)
    return [entry_facts(row) for row in rows.order_by("-booking_date", "-pk")[:limit]]


def entry_get(*, scope: Scope, entry_id: int) -> EntryFacts:
    """Raises ``settlement.entry_unknown``."""
    found = _entries(scope).filter(pk=entry_id).first()
    if found is None:
        raise DomainError("settlement.entry_unknown", entry=entry_id)
    return entry_facts(found)


def entries_open(*, programme_id: int) -> list[EntryFacts]:
    """Money in that is posted, not fully allocated, and not waiting for a second signature."""
    rows = BankEntry.objects.filter(
        programme_id=programme_id, amount_minor__gt=0, journal_id__isnull=False
    ).exclude(state="allocated")
    waiting = Match.objects.filter(state="submitted").values("entry_id")
    return [entry_facts(row) for row in rows.exclude(pk__in=waiting).order_by("pk")]


def entries_unposted(*, statement_id: int) -> list[EntryFacts]:
    """Lines of a statement that have no journal yet, in order."""
    rows = BankEntry.objects.filter(statement_id=statement_id, journal_id=None)
    return [entry_facts(row) for row in rows.order_by("pk")]


def entries_uncovered(*, programme_id: int) -> list[EntryFacts]:
    """Debits of posted statements that the suspense account could not cover."""
    rows = BankEntry.objects.filter(
        programme_id=programme_id, journal_id=None, statement__state="posted"
    )
    return [entry_facts(row) for row in rows.order_by("pk")]


def unallocated_minor(*, programme_id: int) -> int:
    """What entries say is nobody's yet, debits deducted: equals the ledger's ``unallocated``."""
    sums = BankEntry.objects.filter(programme_id=programme_id, journal_id__isnull=False).aggregate(
        moved=Sum("amount_minor"), allocated=Sum("allocated_minor")
    )
    return int(sums["moved"] or 0) - int(sums["allocated"] or 0)


def allocations_list(
    *,
    scope: Scope,
    entry_id: int | None = None,
    party_id: int | None = None,
    on_date: date | None = None,
    live: bool | None = None,
) -> list[AllocationFacts]:
    """Allocations, oldest first; a party's scope shows its own."""
    rows = Allocation.objects.filter(entry__programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    wanted = Q()
    if entry_id is not None:
        wanted &= Q(entry_id=entry_id)
    if party_id is not None:
        wanted &= Q(party_id=party_id)
    if on_date is not None:
        wanted &= Q(on_date=on_date)
    if live is not None:
        wanted &= Q(undone_at__isnull=live)
    return [allocation_facts(row) for row in rows.filter(wanted).order_by("pk")]


def matches_list(
    *, scope: Scope, entry_id: int | None = None, state: str | None = None
) -> list[MatchFacts]:
    """Matches, oldest first; platform desks only."""
    rows = Match.objects.filter(entry__in=_entries(scope))
    if entry_id is not None:
        rows = rows.filter(entry_id=entry_id)
    if state is not None:
        rows = rows.filter(state=state)
    return [match_facts(row) for row in rows.order_by("pk")]


def applied_by_rule(*, scope: Scope, on_date: date) -> list[tuple[str, int, int]]:
    """(rule, how many, minor units) of what rules applied on a business date."""
    rows = Allocation.objects.filter(
        entry__in=_entries(scope), on_date=on_date, undone_at=None, match__made_by=None
    ).exclude(match=None)
    found: dict[str, list[int]] = {}
    for rule, amount in rows.values_list("match__rule", "amount_minor"):
        if rule is not None:
            found.setdefault(rule, []).append(amount)
    return [(rule, len(amounts), sum(amounts)) for rule, amounts in sorted(found.items())]
