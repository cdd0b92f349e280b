"""Statements in any order, repeated, in either format: the books end the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.queries import balances_list
from scf.journeys.reconciling import entries_apply
from scf.settlement.queries import (
    entries_list,
    payouts_list,
    statement_closings,
    statements_list,
    unallocated_minor,
)
from scf.simulator.bank.camt import camt053_render
from scf.simulator.bank.sheet import bank_sheet_render
from scf.simulator.bank.values import Incoming, Instruction, Statement
from tests.scf.settlement.scenes import AT, TODAY, Scene, scene

pytestmark = pytest.mark.django_db

# A line is (who, fen): a known investor, a stranger, a bank's own debit, our payout's answer.
_line = st.tuples(
    st.sampled_from(["A", "B", "obligor", "stranger", "debit", "confirm", "refuse", "return"]),
    st.integers(1, 4).map(lambda each: each * 100),
)
_days = st.lists(st.lists(_line, max_size=4), min_size=1, max_size=4)


@pytest.fixture
def bank() -> Scene:
    """Money came ten days ago; the supplier's payout of 900 is out."""
    made = scene()
    made.receive(made.write(incoming=[made.paid("A", 1_000)], day=TODAY - timedelta(days=10)))
    entries_apply(programme_id=made.id, at=AT)
    made.owe("A", made.cash.payable(made.world.party("supplier")), 900)
    made.send()
    return made


def statements_of(bank: Scene, days: Sequence[Sequence[tuple[str, int]]]) -> list[Statement]:
    """One statement a day; the payout is answered at most as a bank could answer it."""
    (sent,) = bank.instructions(payouts_list(scope=bank.scope)[0].batch_id)
    answer = ""
    written = []
    for number, lines in enumerate(days):
        incoming, instructions, refused, returned = [], [], {}, []
        for who, amount in lines:
            if who == "stranger":
                incoming.append(Incoming(amount, "某人", "", "转存"))
            elif who == "debit":
                instructions.append(Instruction("FEE", amount, "托管银行", "", "扣款"))
            elif who in ("confirm", "refuse") and not answer:
                instructions.append(sent)
                refused = {sent.end_to_end_id: "户名不符"} if who == "refuse" else {}
                answer = who
            elif who == "return" and answer == "confirm" and sent not in instructions:
                returned, answer = [sent], "return"
            elif who in bank.world.firms:
                incoming.append(bank.paid(who, amount))
        day = TODAY - timedelta(days=len(days) - 1 - number)
        written.append(
            bank.write(
                incoming=incoming,
                instructions=instructions,
                refused=refused,
                returned=returned,
                day=day,
            )
        )
    return written


def ended(bank: Scene) -> dict[str, Any]:
    """Everything the books and the room say, without the ids that the order of import gave."""
    entries_apply(programme_id=bank.id, at=AT)
    closings = statement_closings(programme_id=bank.id)
    uncovered = sum(
        each.amount_minor for each in entries_list(scope=bank.scope) if each.journal_id is None
    )
    assert bank.escrow + uncovered == closings[TODAY] == bank.balance
    assert bank.balance_of(bank.cash.unallocated) == unallocated_minor(programme_id=bank.id)
    return {
        "balances": {
            str(ref): (balance.net, balance.free)
            for ref, balance in balances_list(book=bank.programme.book)
            if balance.net or balance.free
        },
        "entries": sorted(
            (each.identity, each.state, each.allocated_minor, each.exception_code)
            for each in entries_list(scope=bank.scope)
        ),
        "statements": sorted(
            (each.number, each.state) for each in statements_list(scope=bank.scope)
        ),
        "payouts": [(each.end_to_end_id, each.state) for each in payouts_list(scope=bank.scope)],
    }


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(_days, st.data())
def test_the_end_does_not_depend_on_the_way(
    bank: Scene, days: list[list[tuple[str, int]]], data: st.DataObject
) -> None:
    bank = replace(bank)  # the bank's own memory, a fresh one for every example
    statements = statements_of(bank, days)
    places = range(len(statements))
    again = data.draw(st.lists(st.sampled_from(places), max_size=2))
    # Balances chain statements only while no two begin with the same one; see the known limit in
    # docs/bank-statement.md. Where they do, files are tried again but not shuffled.
    openings = {statement.opening_minor for statement in statements}
    shuffled = data.draw(st.permutations(places)) if len(openings) == len(statements) else places
    orders = [list(places), [*shuffled, *again]]
    results = []
    for order in orders:
        with transaction.atomic():
            for place in order:
                render = camt053_render if data.draw(st.booleans()) else bank_sheet_render
                bank.receive_bytes(render(statement=statements[place]))
            results.append(ended(bank))
            transaction.set_rollback(True)
    assert results[0] == results[1]
