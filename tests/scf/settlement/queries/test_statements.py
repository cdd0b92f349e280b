"""Reads of the bank's desk: who sees what, and sums that equal the ledger's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.errors import DomainError
from scf.journeys.reconciling import entries_apply
from scf.settlement.queries.statements import (
    allocations_list,
    applied_by_rule,
    entries_list,
    entries_open,
    entries_uncovered,
    entry_get,
    matches_list,
    statement_closings,
    statement_file,
    statement_get,
    statements_list,
    statements_of_account,
    unallocated_minor,
)
from scf.simulator.bank.values import Incoming, Instruction
from tests.scf.settlement.scenes import AT, TODAY, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Scene:
    """Two statements: a deposit and a stranger's money, then a debit nobody instructed."""
    made = scene()
    stranger = Incoming(500, "某人", "6217 0000 4471", "转存")
    made.receive(made.write(incoming=[made.paid("A", 700), stranger], day=TODAY - timedelta(1)))
    made.receive(made.write(instructions=[Instruction("FEE", 26, "托管银行", "", "扣款")]))
    entries_apply(programme_id=made.id, at=AT)
    return made


def test_entries_by_state_and_statement_newest_first(bank: Scene) -> None:
    amounts = [each.amount_minor for each in entries_list(scope=bank.scope)]
    assert sorted(amounts) == [-26, 500, 700]
    assert amounts[0] == -26
    (done,) = entries_list(scope=bank.scope, state="allocated")
    assert done.amount_minor == 700
    assert [each.amount_minor for each in entries_list(scope=bank.scope, exceptions=True)] == [-26]
    newest = statements_list(scope=bank.scope)[0]
    assert len(entries_list(scope=bank.scope, statement_id=newest.id)) == 1
    assert len(entries_list(scope=bank.scope, limit=2)) == 2


def test_an_entry_shows_its_payer_masked(bank: Scene) -> None:
    (stranger,) = [each for each in entries_list(scope=bank.scope) if each.amount_minor == 500]
    assert stranger.payer_masked == "····4471"
    assert entry_get(scope=bank.scope, entry_id=stranger.id) == stranger


def test_open_and_uncovered_entries(bank: Scene) -> None:
    assert [each.amount_minor for each in entries_open(programme_id=bank.id)] == [500]
    assert entries_uncovered(programme_id=bank.id) == []


def test_the_rooms_unallocated_is_the_ledgers(bank: Scene) -> None:
    assert unallocated_minor(programme_id=bank.id) == 474
    assert bank.balance_of(bank.cash.unallocated) == 474


def test_a_closing_a_business_date_is_the_last_one_booked_on_it(bank: Scene) -> None:
    assert statement_closings(programme_id=bank.id) == {TODAY: 1_174}


def test_statements_in_the_order_of_the_chain(bank: Scene) -> None:
    chain = statements_of_account(account_id=bank.programme.escrow_account_id)
    assert [each.closing_minor for each in chain] == [1_200, 1_174]
    assert [each.posted_no for each in chain] == [1, 2]
    assert statement_get(scope=bank.scope, statement_id=chain[0].id) == chain[0]
    assert statements_list(scope=bank.scope, state="held") == []


def test_what_rules_did_on_a_day(bank: Scene) -> None:
    assert applied_by_rule(scope=bank.scope, on_date=TODAY) == [("deposit", 1, 700)]
    assert applied_by_rule(scope=bank.scope, on_date=TODAY - timedelta(1)) == []
    (match,) = matches_list(scope=bank.scope, state="applied")
    assert match.lines[0].kind == "deposit"
    assert {reason["code"] for reason in match.reasons} == {"payer_account", "investor"}


def test_a_party_sees_its_own_allocations_and_nothing_of_the_escrow_account(bank: Scene) -> None:
    own = bank.scope_of("A")
    assert [each.amount_minor for each in allocations_list(scope=own)] == [700]
    assert allocations_list(scope=bank.scope_of("B")) == []
    assert (entries_list(scope=own), statements_list(scope=own), matches_list(scope=own)) == (
        [],
        [],
        [],
    )
    entry_id = entries_list(scope=bank.scope)[0].id
    statement_id = statements_list(scope=bank.scope)[0].id
    with pytest.raises(DomainError, match="entry_unknown"):
        entry_get(scope=own, entry_id=entry_id)
    with pytest.raises(DomainError, match="statement_unknown"):
        statement_file(scope=own, statement_id=statement_id)


def test_allocations_are_filtered(bank: Scene) -> None:
    (one,) = allocations_list(scope=bank.scope, on_date=TODAY, live=True)
    assert allocations_list(scope=bank.scope, entry_id=one.entry_id) == [one]
    assert allocations_list(scope=bank.scope, party_id=bank.world.party("A")) == [one]
    assert allocations_list(scope=bank.scope, live=False) == []
