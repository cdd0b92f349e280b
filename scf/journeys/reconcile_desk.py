"""What the reconcile page shows before anybody signs: proposals, and the journals to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledger.queries import JournalDetail, balance_get, balances_list, journal_detail, journals_list
from ledger.values import AccountRef
from scf.financing.queries import open_items
from scf.journeys.bank_booking import cash_of
from scf.journeys.match_applying import match_lines_apply
from scf.journeys.match_planning import entries_plan
from scf.network.operations import programme_lock
from scf.network.queries import ProgrammeFacts, parties_by_account, programme_get
from scf.network.values import Scope
from scf.settlement.operations.allocations import match_create
from scf.settlement.queries import (
    AllocationFacts,
    EntryFacts,
    MatchFacts,
    allocations_list,
    entries_list,
    entry_get,
    matches_list,
    payouts_list,
)
from scf.settlement.suspense import PayoutTrace, SuspenseLine, suspense_suggest
from scf.settlement.values import MatchLine, OpenItem, Proposal, Rule


@dataclass(frozen=True, slots=True)
class EntryWorkbench:
    """One entry with what it may be: proposals, best first, and everything that is owed."""

    entry: EntryFacts
    payer_id: int | None
    proposals: tuple[Proposal, ...]
    items: tuple[OpenItem, ...]
    allocations: tuple[AllocationFacts, ...]
    matches: tuple[MatchFacts, ...]


@dataclass(frozen=True, slots=True)
class MatchPreview:
    """What signing would post: the journals, and each account (now, after) in minor units."""

    journals: tuple[JournalDetail, ...]
    balances: tuple[tuple[AccountRef, int, int], ...]


def entry_workbench(*, scope: Scope, entry_id: int) -> EntryWorkbench:
    """One entry as the reconcile page shows it; raises ``settlement.entry_unknown``."""
    entry = entry_get(scope=scope, entry_id=entry_id)
    programme = programme_get(programme_id=scope.programme_id)
    items = open_items(programme_id=programme.id)
    payers = parties_by_account(programme_id=programme.id)
    return EntryWorkbench(
        entry=entry,
        payer_id=payers.get(entry.counterparty_account),
        proposals=_proposals(scope, programme, entry),
        items=tuple(sorted(items, key=lambda item: (item.due_date, item.ref, item.kind))),
        allocations=tuple(allocations_list(scope=scope, entry_id=entry_id)),
        matches=tuple(matches_list(scope=scope, entry_id=entry_id)),
    )


def _proposals(scope: Scope, programme: ProgrammeFacts, entry: EntryFacts) -> tuple[Proposal, ...]:
    if entry.journal_id is None or not entry.open_minor:
        return ()
    by_hand = _by_hand(scope, programme, entry)
    if entry.amount_minor < 0:
        return by_hand
    (application,) = entries_plan(programme=programme, entries=[entry])
    decided = () if application.decision is None else (application.decision,)
    return (*decided, *application.suggestions, *by_hand)


def _by_hand(scope: Scope, programme: ProgrammeFacts, entry: EntryFacts) -> tuple[Proposal, ...]:
    others = [
        _suspense_line(each)
        for state in ("unallocated", "partly")
        for each in entries_list(scope=scope, state=state)
        if each.id != entry.id and each.journal_id is not None
    ]
    fee = balance_get(ref=cash_of(programme).fee_payable, book=programme.book).free
    return suspense_suggest(
        line=_suspense_line(entry),
        payouts=[
            PayoutTrace(each.id, each.party_id, each.amount_minor, each.state, each.payee_number)
            for each in payouts_list(scope=scope, amount_minor=entry.open_minor)
        ],
        others=others,
        fee_minor=fee,
        platform_id=programme.platform_id,
    )


def _suspense_line(entry: EntryFacts) -> SuspenseLine:
    left = entry.amount_minor - entry.allocated_minor
    return SuspenseLine(entry.id, left, entry.counterparty_account)


def match_preview(
    *, scope: Scope, entry_id: int, lines: Sequence[MatchLine], at: datetime
) -> MatchPreview:
    """Post the lines for real, waterfall and all, read what came of it, and roll everything back.

    So the preview cannot differ from the posting. Raises what posting would raise.
    """
    entry = entry_get(scope=scope, entry_id=entry_id)
    with transaction.atomic():
        programme = programme_lock(programme_id=scope.programme_id)
        before = {ref: balance.net for ref, balance in balances_list(book=programme.book)}
        last = max((each.id for each in journals_list(book=programme.book, limit=1)), default=0)
        match = match_create(
            entry_id=entry.id,
            rule=Rule.MANUAL,
            state="applied",
            lines=lines,
            reasons=[],
            content_hash="",
            note="",
            made_by_id=None,
            at=at,
        )
        match_lines_apply(
            programme=programme, entry_id=entry.id, lines=lines, match_id=match.id, at=at
        )
        posted = [each.id for each in journals_list(book=programme.book) if each.id > last]
        journals = [journal_detail(journal_id=journal_id) for journal_id in sorted(posted)]
        after = {ref: balance.net for ref, balance in balances_list(book=programme.book)}
        transaction.set_rollback(True)
    touched = dict.fromkeys(
        ref for each in journals for line in each.lines for ref in (line.debit, line.credit)
    )
    return MatchPreview(
        journals=tuple(journals),
        balances=tuple((ref, before.get(ref, 0), after.get(ref, 0)) for ref in touched),
    )
