"""Whose money is this: receipts find what they settle, by rule or by two people; and back.

A rule settles only what is unique (``settlement.cash_application``). Everything else waits with
its suggestions: a maker places it, a checker signs, and the lines are posted in that signature's
transaction. An allocation is undone by a reversing journal as long as the money is still there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from ledger.operations.posting import journal_post
from ledger.queries import journal_detail
from ledger.values import Leg
from scf.access.policy import Subject, require, scope_for
from scf.financing.queries import open_items
from scf.journeys.bank_booking import exception_raise
from scf.journeys.banking import statements_release
from scf.journeys.collecting import collection_undone
from scf.journeys.match_applying import INCOMING_KINDS, OUTGOING_KINDS, match_lines_apply
from scf.journeys.match_planning import entries_plan
from scf.network.operations import approval_decide, approval_request, programme_lock
from scf.network.queries import ProgrammeFacts, approval_get, parties_get
from scf.network.values import Actor, Scope, ref_id
from scf.settlement.operations.allocations import (
    allocation_lock,
    allocation_undo_record,
    match_create,
    match_lock,
    match_state_set,
)
from scf.settlement.operations.statements import entries_lock, entry_suggestions_set
from scf.settlement.postings import legs_reversed
from scf.settlement.queries import (
    AllocationFacts,
    EntryFacts,
    MatchFacts,
    allocations_list,
    entries_open,
    entry_get,
)
from scf.settlement.values import (
    ITEM_KINDS,
    AllocationKind,
    MatchLine,
    OpenItem,
    Proposal,
    Rule,
)

APPROVE = "entry.approve"
_PARTY_KINDS = frozenset(
    {AllocationKind.DEPOSIT, AllocationKind.ON_ACCOUNT, AllocationKind.BANK_CHARGE}
)
_OF_A_CLAIM = frozenset({AllocationKind.CLAIM, AllocationKind.RECOURSE, AllocationKind.TURNOVER})
_FIXED = frozenset({AllocationKind.PAYOUT, AllocationKind.RETURN})


@dataclass(frozen=True, slots=True)
class ApplyResult:
    """How many entries were settled by rule, refused by what they were for, and left to people."""

    applied: int
    failed: int
    open: int


def entries_apply(*, programme_id: int, at: datetime) -> ApplyResult:
    """Settle by rule what is unique; keep suggestions for the rest. Running it again adds nothing.

    One entry that its target refuses keeps its money unallocated, with the refusal's code, and
    stops no other.
    """
    applied = failed = 0
    with transaction.atomic():
        programme = programme_lock(programme_id=programme_id)
        statements_release(programme=programme, at=at)
        entries = {each.id: each for each in entries_open(programme_id=programme_id)}
        plan = entries_plan(programme=programme, entries=entries.values())
        plan.sort(key=lambda each: _order(entries[each.entry_id]))
        for application in plan:
            entry = entries[application.entry_id]
            if application.decision is None:
                _suggest(entry, application.suggestions)
            elif _settle(programme, entry, application.decision, at):
                applied += 1
            else:
                failed += 1
    return ApplyResult(applied=applied, failed=failed, open=len(plan) - applied - failed)


def _order(entry: EntryFacts) -> tuple[object, ...]:
    """The bank's order, not the order of import: interest follows the order of payments."""
    return (entry.value_date, entry.booking_date, entry.identity)


def _suggest(entry: EntryFacts, suggestions: Sequence[Proposal]) -> None:
    kept = json.loads(json.dumps([asdict(each) for each in suggestions]))
    if list(entry.suggestions) != kept:
        entry_suggestions_set(entry_id=entry.id, suggestions=kept)


def _settle(programme: ProgrammeFacts, entry: EntryFacts, decision: Proposal, at: datetime) -> bool:
    try:
        with transaction.atomic():
            match = match_create(
                entry_id=entry.id,
                rule=decision.rule,
                state="applied",
                lines=decision.lines,
                reasons=[asdict(reason) for reason in decision.reasons],
                content_hash="",
                note="",
                made_by_id=None,
                at=at,
            )
            match_lines_apply(
                programme=programme,
                entry_id=entry.id,
                lines=decision.lines,
                match_id=match.id,
                at=at,
            )
    except DomainError as error:
        # Unexplained debits may have emptied the suspense that this receipt lies in.
        code = "suspense_short" if error.code == "ledger.limit_exceeded" else error.code[:40]
        _suggest(entry, (decision,))
        if entry.exception_code != code:
            exception_raise(programme=programme, entry=entry, code=code, at=at)
        return False
    return True


def match_propose(
    *, actor: Actor, entry_id: int, lines: Sequence[MatchLine], reason: str = "", at: datetime
) -> MatchFacts:
    """Place an entry by hand, for a second person to sign.

    Raises ``settlement.entry_unknown``, ``entry_unposted``, ``entry_overallocated``,
    ``entry_proposed``, ``line_invalid``, ``item_unknown``.
    """
    require(actor, "entry.propose")
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        entry = _entry_lock(programme, entry_id)
        content_hash = _match_hash(programme, entry, lines)
        match = match_create(
            entry_id=entry.id,
            rule=Rule.MANUAL,
            state="submitted",
            lines=lines,
            reasons=[],
            content_hash=content_hash,
            note=reason.strip(),
            made_by_id=actor.user_id,
            at=at,
        )
        approval_request(
            actor=actor,
            verb=APPROVE,
            subject_ref=f"match:{match.id}",
            payload={"entry_id": entry.id, "lines": [asdict(line) for line in lines]},
            content_hash=content_hash,
            amount_minor=sum(line.amount_minor for line in lines),
            at=at,
        )
        return match


def match_decide(
    *,
    actor: Actor,
    approval_id: int,
    approve: bool,
    content_hash: str,
    reason: str = "",
    at: datetime,
) -> MatchFacts:
    """The second signature: post every line, or send it back to the maker.

    Raises the approvals' refusals, ``settlement.match_changed`` when the entry or an item moved
    since it was submitted, and what a line's target refuses; nothing is posted then.
    """
    approval = approval_get(scope=scope_for(actor), approval_id=approval_id, verb=APPROVE)
    require(actor, APPROVE, Subject(actor.programme_id, made_by=approval.maker_id))
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        approval = approval_decide(
            actor=actor,
            verb=APPROVE,
            approval_id=approval_id,
            approve=approve,
            content_hash=content_hash,
            reason=reason,
            at=at,
        )
        match = match_lock(match_id=ref_id(approval.subject_ref))
        if not approve:
            match_state_set(match_id=match.id, state="refused")
            return match_lock(match_id=match.id)
        entry = _entry_lock(programme, match.entry_id)
        if _match_hash(programme, entry, match.lines) != match.content_hash:
            raise DomainError("settlement.match_changed", match=match.id)
        match_state_set(match_id=match.id, state="applied")
        match_lines_apply(
            programme=programme, entry_id=entry.id, lines=match.lines, match_id=match.id, at=at
        )
        return match_lock(match_id=match.id)


def _entry_lock(programme: ProgrammeFacts, entry_id: int) -> EntryFacts:
    found = entries_lock(entry_ids=[entry_id])
    if not found or found[0].programme_id != programme.id:
        raise DomainError("settlement.entry_unknown", entry=entry_id)
    if found[0].journal_id is None:
        raise DomainError("settlement.entry_unposted", entry=entry_id)
    return found[0]


def _match_hash(programme: ProgrammeFacts, entry: EntryFacts, lines: Sequence[MatchLine]) -> str:
    """What both people see: the entry's open amount, the lines, and what each item still owes."""
    items = {(item.kind, item.ref): item for item in open_items(programme_id=programme.id)}
    allowed = INCOMING_KINDS if entry.amount_minor > 0 else OUTGOING_KINDS
    total = sum(line.amount_minor for line in lines)
    if not lines or total > entry.open_minor:
        raise DomainError("settlement.line_invalid", entry=entry.id)
    known = parties_get(party_ids={line.party_id for line in lines})
    residuals = []
    for line in lines:
        item = items.get((line.kind, line.ref))
        if line.kind in ITEM_KINDS and item is None:
            raise DomainError("settlement.item_unknown", ref=line.ref)
        if line.kind not in allowed or not _line_stands(line, item, known):
            raise DomainError("settlement.line_invalid", ref=line.ref)
        residuals.append(item.residual_minor if item else None)
    content: list[Any] = [entry.id, entry.open_minor, [asdict(line) for line in lines], residuals]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _line_stands(line: MatchLine, item: OpenItem | None, known: Container[int]) -> bool:
    """Above zero, for a party on file, to something the kind may name, within what it owes."""
    prefix, _, number = line.ref.partition(":")
    if line.amount_minor <= 0 or not number.isdigit():
        return False
    if item is not None:
        return line.party_id == item.party_id and line.amount_minor <= item.residual_minor
    if line.kind in _PARTY_KINDS:
        return prefix == "party" and int(number) == line.party_id and line.party_id in known
    return prefix == ("entry" if line.kind == AllocationKind.CONTRA else "payout")


def allocation_undo(*, actor: Actor, allocation_id: int, reason: str, at: datetime) -> None:
    """Give an allocation's money back to the entry by a reversing journal.

    Only while it is still where the allocation put it: the ledger's limits refuse the reversal
    of money that was distributed or spent (``settlement.undo_spent``). Raises
    ``settlement.allocation_unknown``, ``allocation_fixed``, ``reason_missing``.
    """
    require(actor, "entry.undo")
    if not reason.strip():
        raise DomainError("settlement.reason_missing")
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        allocation = allocation_lock(allocation_id=allocation_id)
        scope = scope_for(actor)
        entry = entry_get(scope=scope, entry_id=allocation.entry_id)
        if allocation.kind in _FIXED:
            raise DomainError("settlement.allocation_fixed", allocation=allocation_id)
        for each in [allocation, *_contra_of(scope, allocation, entry)]:
            allocation_undo_record(
                allocation_id=each.id,
                journal_id=_reverse(programme, each, at),
                by_id=actor.user_id,
                reason=reason.strip(),
                at=at,
            )
        if allocation.kind in _OF_A_CLAIM:
            collection_undone(
                claim_id=ref_id(allocation.ref),
                entry_id=entry.id,
                by=actor.name,
                business_date=programme.business_date,
                at=at,
            )
        event_emit(
            name="settlement.allocation.undone",
            payload={
                "allocation_id": allocation.id,
                "kind": allocation.kind,
                "ref": allocation.ref,
                "programme_id": programme.id,
            },
            at=at,
        )


def _contra_of(
    scope: Scope, allocation: AllocationFacts, entry: EntryFacts
) -> list[AllocationFacts]:
    if allocation.kind != AllocationKind.CONTRA:
        return []
    others = allocations_list(scope=scope, entry_id=ref_id(allocation.ref), live=True)
    return [each for each in others if each.ref == f"entry:{entry.id}"]


def _reverse(programme: ProgrammeFacts, allocation: AllocationFacts, at: datetime) -> int | None:
    if allocation.journal_id is None:
        return None
    posted = journal_detail(journal_id=allocation.journal_id, book=programme.book)
    legs = legs_reversed(Leg(line.debit, line.credit, line.amount) for line in posted.lines)
    try:
        with transaction.atomic():
            journal = journal_post(
                key=f"undo:{allocation.id}",
                kind=f"{posted.summary.kind}.undone",
                book=programme.book,
                legs=legs,
                effective_date=programme.business_date,
                booked_at=at,
                memo={"undoes": f"journal:{allocation.journal_id}"},
            )
    except DomainError as error:
        if error.code != "ledger.limit_exceeded":
            raise
        raise DomainError("settlement.undo_spent", allocation=allocation.id) from error
    return journal.id
