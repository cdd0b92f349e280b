"""Where each kind of line goes; an entry's lines stand or fall together."""

from __future__ import annotations

import pytest
from django.db import transaction

from ledger.errors import DomainError
from scf.journeys.match_applying import (
    INCOMING_KINDS,
    OUTGOING_KINDS,
    ROUTES,
    match_lines_apply,
)
from scf.settlement.operations.allocations import match_create
from scf.settlement.queries import allocations_list, entries_list
from scf.settlement.values import AllocationKind, MatchLine
from tests.scf.settlement.scenes import AT, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Scene:
    made = scene()
    made.bank(made.paid("obligor", 700))
    return made


def apply(bank: Scene, *lines: MatchLine) -> int:
    entry = entries_list(scope=bank.scope)[0]
    match = match_create(
        entry_id=entry.id,
        rule="manual",
        state="applied",
        lines=lines,
        reasons=[],
        content_hash="",
        note="",
        made_by_id=None,
        at=AT,
    )
    match_lines_apply(
        programme=bank.programme, entry_id=entry.id, lines=lines, match_id=match.id, at=AT
    )
    return match.id


def line(kind: str, ref: str, amount: int, party: int = 0) -> MatchLine:
    return MatchLine(kind, ref, party, amount)


def test_every_kind_has_a_route_and_a_direction() -> None:
    assert set(ROUTES) == {kind.value for kind in AllocationKind}
    assert frozenset(AllocationKind) == INCOMING_KINDS | OUTGOING_KINDS
    assert {AllocationKind.CONTRA} == INCOMING_KINDS & OUTGOING_KINDS


def test_lines_of_one_entry_go_to_their_accounts(bank: Scene) -> None:
    obligor, investor = bank.world.party("obligor"), bank.world.party("A")
    match_id = apply(
        bank,
        line("on_account", f"party:{obligor}", 200, obligor),
        line("deposit", f"party:{investor}", 500, investor),
    )
    assert bank.balance_of(bank.cash.on_account(obligor)) == 200
    assert bank.balance_of(bank.cash.available(investor)) == 500
    assert {each.match_id for each in allocations_list(scope=bank.scope)} == {match_id}


def test_a_line_that_was_applied_is_left_alone(bank: Scene) -> None:
    obligor = bank.world.party("obligor")
    first = line("on_account", f"party:{obligor}", 200, obligor)
    apply(bank, first)
    apply(bank, first)
    assert bank.balance_of(bank.cash.on_account(obligor)) == 200


def test_one_bad_line_undoes_them_all(bank: Scene) -> None:
    obligor = bank.world.party("obligor")
    with pytest.raises(DomainError, match="payout_unknown"), transaction.atomic():
        apply(
            bank,
            line("on_account", f"party:{obligor}", 200, obligor),
            line("return", "payout:999", 500),
        )
    assert allocations_list(scope=bank.scope) == []
    assert bank.balance_of(bank.cash.unallocated) == 700


def test_a_payout_is_named_with_its_whole_amount(bank: Scene) -> None:
    bank.deposit("A", 900)
    bank.owe("A", bank.cash.payable(bank.world.party("supplier")), 900)
    batch_id = bank.send()
    bank.receive(bank.write(instructions=bank.instructions(batch_id)))
    bank.bank(bank.paid("supplier", 300, "退汇"))
    (payout,) = bank.payouts(batch_id)
    with pytest.raises(DomainError, match="line_invalid"), transaction.atomic():
        apply(bank, line("return", f"payout:{payout.id}", 300))


def test_two_receipts_do_not_cancel_out(bank: Scene) -> None:
    first = entries_list(scope=bank.scope)[0]
    bank.bank(bank.paid("obligor", 700))
    with pytest.raises(DomainError, match="line_invalid"), transaction.atomic():
        apply(bank, line("contra", f"entry:{first.id}", 700))
