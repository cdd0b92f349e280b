"""Writes of allocations and matches: never more than the entry has, never twice."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from scf.settlement.operations.allocations import (
    allocation_lock,
    allocation_record,
    allocation_start,
    allocation_undo_record,
    match_create,
    match_lock,
    match_state_set,
)
from scf.settlement.queries import MatchFacts, allocations_list, entries_list, entry_get
from scf.settlement.values import MatchLine
from scf.simulator.bank.values import Instruction
from tests.scf.settlement.scenes import AT, TODAY, Scene, scene

pytestmark = pytest.mark.django_db
LINE = MatchLine("on_account", "party:1", 1, 300)


@pytest.fixture
def bank() -> Scene:
    made = scene()
    made.bank(made.paid("obligor", 700))
    return made


def entry_id(bank: Scene) -> int:
    return entries_list(scope=bank.scope)[0].id


def record(bank: Scene, amount: int, ref: str = "party:1", match_id: int | None = None) -> int:
    return allocation_record(
        entry_id=entry_id(bank),
        kind="on_account",
        ref=ref,
        party_id=bank.world.party("obligor"),
        amount_minor=amount,
        journal_id=1,
        on_date=TODAY,
        at=AT,
        match_id=match_id,
    )


def match(bank: Scene, state: str = "applied") -> MatchFacts:
    return match_create(
        entry_id=entry_id(bank),
        rule="manual",
        state=state,
        lines=[LINE],
        reasons=[],
        content_hash="h",
        note="电话核实",
        made_by_id=bank.actor("ops").user_id,
        at=AT,
    )


def test_an_entry_gives_what_it_has_and_says_what_is_left(bank: Scene) -> None:
    found = allocation_start(
        entry_id=entry_id(bank), kind="on_account", ref="party:1", amount_minor=300
    )
    assert found is not None
    assert found.open_minor == 700
    record(bank, 300)
    left = entry_get(scope=bank.scope, entry_id=entry_id(bank))
    assert (left.state, left.open_minor) == ("partly", 400)
    with pytest.raises(DomainError) as refusal:
        allocation_start(entry_id=left.id, kind="on_account", ref="party:2", amount_minor=401)
    assert refusal.value.code == "settlement.entry_overallocated"
    assert refusal.value.facts == {"open": "4.00", "amount": "4.01"}


def test_the_same_target_is_given_once(bank: Scene) -> None:
    record(bank, 300)
    again = allocation_start(
        entry_id=entry_id(bank), kind="on_account", ref="party:1", amount_minor=300
    )
    assert again is None


def test_unknown_and_unposted_entries_give_nothing(bank: Scene) -> None:
    with pytest.raises(DomainError, match="entry_unknown"):
        allocation_start(entry_id=0, kind="on_account", ref="party:1", amount_minor=1)
    debit = Instruction("FEE", 650, "托管银行", "", "扣款")
    bank.receive(bank.write(instructions=[debit]))
    bank.receive(bank.write(incoming=[], instructions=[Instruction("FEE", 50, "银行", "", "x")]))
    bank.sequence += 5
    bank.balance += 1
    bank.receive(bank.write(incoming=[bank.paid("obligor", 5)]))  # held: a gap
    (held,) = [each for each in entries_list(scope=bank.scope) if each.amount_minor == 5]
    with pytest.raises(DomainError, match="entry_unposted"):
        allocation_start(entry_id=held.id, kind="on_account", ref="party:1", amount_minor=1)


def test_undoing_gives_it_back_and_ends_the_match(bank: Scene) -> None:
    made = match(bank)
    allocation_id = record(bank, 300, match_id=made.id)
    locked = allocation_lock(allocation_id=allocation_id)
    assert (locked.amount_minor, locked.match_id) == (300, made.id)
    allocation_undo_record(
        allocation_id=allocation_id,
        journal_id=2,
        by_id=bank.actor("ops2").user_id,
        reason="错投",
        at=AT,
    )
    assert entry_get(scope=bank.scope, entry_id=entry_id(bank)).state == "unallocated"
    assert match_lock(match_id=made.id).state == "undone"
    (undone,) = allocations_list(scope=bank.scope, live=False)
    assert (undone.undone_reason, undone.undone_journal_id) == ("错投", 2)
    for gone in (allocation_id, 0):
        with pytest.raises(DomainError, match="allocation_unknown"):
            allocation_lock(allocation_id=gone)


def test_a_match_stays_applied_while_something_of_it_lives(bank: Scene) -> None:
    made = match(bank)
    first = record(bank, 300, match_id=made.id)
    record(bank, 100, ref="party:2", match_id=made.id)
    allocation_undo_record(
        allocation_id=first, journal_id=2, by_id=bank.actor("ops").user_id, reason="x", at=AT
    )
    assert match_lock(match_id=made.id).state == "applied"


def test_one_proposal_waits_at_a_time(bank: Scene) -> None:
    made = match(bank, state="submitted")
    assert made.lines == (LINE,)
    with pytest.raises(DomainError, match="entry_proposed"):
        match(bank, state="submitted")
    match_state_set(match_id=made.id, state="refused")
    with pytest.raises(DomainError, match="transition_refused"):
        match_state_set(match_id=made.id, state="applied")
    with pytest.raises(DomainError, match="match_unknown"):
        match_lock(match_id=0)
