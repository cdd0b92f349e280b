"""Writes of allocations and matches. The caller posts the journal, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F

from ledger.errors import DomainError
from ledger.money import format_minor
from scf.settlement.lifecycle import MATCH
from scf.settlement.models import Allocation, BankEntry, Match
from scf.settlement.queries.statements import (
    AllocationFacts,
    EntryFacts,
    MatchFacts,
    allocation_facts,
    entry_facts,
    lines_dump,
    match_facts,
)
from scf.settlement.values import MatchLine


def allocation_start(*, entry_id: int, kind: str, ref: str, amount_minor: int) -> EntryFacts | None:
    """The entry, its row locked, ready to give ``amount_minor``; None when it already gave.

    Raises ``settlement.entry_unknown``, ``entry_unposted``, ``entry_overallocated``.
    """
    row = BankEntry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if row is None:
        raise DomainError("settlement.entry_unknown", entry=entry_id)
    entry = entry_facts(row)
    if Allocation.objects.filter(entry=row, kind=kind, ref=ref, undone_at=None).exists():
        return None
    if entry.journal_id is None:
        raise DomainError("settlement.entry_unposted", entry=entry_id)
    if not 0 < amount_minor <= entry.open_minor:
        raise DomainError(
            "settlement.entry_overallocated",
            open=format_minor(entry.open_minor),
            amount=format_minor(amount_minor),
        )
    return entry


def allocation_record(
    *,
    entry_id: int,
    kind: str,
    ref: str,
    party_id: int | None,
    amount_minor: int,
    journal_id: int | None,
    on_date: date,
    at: datetime,
    match_id: int | None = None,
) -> int:
    """So much of a locked entry went there; the entry's state follows. The allocation's id."""
    allocation = Allocation.objects.create(
        entry_id=entry_id,
        match_id=match_id,
        kind=kind,
        ref=ref,
        party_id=party_id,
        amount_minor=amount_minor,
        journal_id=journal_id,
        on_date=on_date,
        allocated_at=at,
    )
    _entry_move(entry_id, amount_minor)
    left = BankEntry.objects.get(pk=entry_id)
    if left.state == "allocated":
        BankEntry.objects.filter(pk=entry_id).update(exception_code="", suggestions=[])
    return allocation.pk


def _entry_move(entry_id: int, amount_minor: int) -> None:
    incoming = BankEntry.objects.filter(pk=entry_id, amount_minor__gt=0).exists()
    signed = amount_minor if incoming else -amount_minor
    BankEntry.objects.filter(pk=entry_id).update(allocated_minor=F("allocated_minor") + signed)


def allocation_lock(*, allocation_id: int) -> AllocationFacts:
    """A live allocation, its entry's row locked; raises ``settlement.allocation_unknown``."""
    found = Allocation.objects.filter(pk=allocation_id).first()
    if found is None:
        raise DomainError("settlement.allocation_unknown", allocation=allocation_id)
    BankEntry.objects.select_for_update(of=("self",)).get(pk=found.entry_id)
    found.refresh_from_db()
    if found.undone_at is not None:
        raise DomainError("settlement.allocation_unknown", allocation=allocation_id)
    return allocation_facts(found)


def allocation_undo_record(
    *,
    allocation_id: int,
    journal_id: int | None,
    by_id: int,
    reason: str,
    at: datetime,
) -> None:
    """The allocation is undone by a reversing journal; its match, once nothing of it is left."""
    row = Allocation.objects.get(pk=allocation_id)
    Allocation.objects.filter(pk=allocation_id).update(
        undone_at=at, undone_by_id=by_id, undone_reason=reason[:400], undone_journal_id=journal_id
    )
    _entry_move(row.entry_id, -row.amount_minor)
    if row.match_id is None:
        return
    if not Allocation.objects.filter(match_id=row.match_id, undone_at=None).exists():
        match_state_set(match_id=row.match_id, state="undone")


def match_create(
    *,
    entry_id: int,
    rule: str,
    state: str,
    lines: Sequence[MatchLine],
    reasons: Iterable[Mapping[str, Any]],
    content_hash: str,
    note: str,
    made_by_id: int | None,
    at: datetime,
) -> MatchFacts:
    """A rule's or a person's placing of an entry. Raises ``settlement.entry_proposed``."""
    if Match.objects.filter(entry_id=entry_id, state="submitted").exists():
        raise DomainError("settlement.entry_proposed", entry=entry_id)
    row = Match.objects.create(
        entry_id=entry_id,
        rule=rule,
        state=state,
        lines=lines_dump(lines),
        reasons=list(reasons),
        content_hash=content_hash,
        note=note[:400],
        made_by_id=made_by_id,
        made_at=at,
    )
    return match_facts(row)


def match_lock(*, match_id: int) -> MatchFacts:
    """The match, its row locked; raises ``settlement.match_unknown``."""
    found = Match.objects.select_for_update(of=("self",)).filter(pk=match_id).first()
    if found is None:
        raise DomainError("settlement.match_unknown", match=match_id)
    return match_facts(found)


def match_state_set(*, match_id: int, state: str) -> None:
    """Move a match on; raises ``network.transition_refused``."""
    row = Match.objects.get(pk=match_id)
    MATCH.check(current=row.state, to=state)
    Match.objects.filter(pk=match_id).update(state=state)
