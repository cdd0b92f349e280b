"""The reconcile page shows what signing would post, to the cent, and posts nothing."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from ledger.queries import journals_list
from scf.journeys.reconcile_desk import entry_workbench, match_preview
from scf.settlement.queries import EntryFacts, entries_list, matches_list
from scf.settlement.values import MatchLine, Rule
from scf.simulator.bank.values import Incoming, Instruction
from tests.scf.journeys.conftest import Stage
from tests.scf.settlement.scenes import AT, Scene, scene

pytestmark = pytest.mark.django_db


def newest(bank: Scene) -> EntryFacts:
    return entries_list(scope=bank.scope, limit=1)[0]


def test_an_entry_with_its_payer_and_what_a_rule_would_do() -> None:
    bank = scene()
    bank.bank(bank.paid("A", 700, "认购入金"))
    bench = entry_workbench(scope=bank.scope, entry_id=newest(bank).id)
    assert bench.payer_id == bank.world.party("A")
    assert [each.rule for each in bench.proposals] == [Rule.DEPOSIT]
    assert (bench.items, bench.allocations, bench.matches) == ((), (), ())
    with pytest.raises(DomainError, match="entry_unknown"):
        entry_workbench(scope=bank.scope_of("A"), entry_id=newest(bank).id)


def test_a_settled_entry_has_nothing_left_to_propose() -> None:
    bank = scene()
    bank.deposit("A", 700)
    bench = entry_workbench(scope=bank.scope, entry_id=newest(bank).id)
    assert bench.proposals == ()
    assert [each.kind for each in bench.allocations] == ["deposit"]
    assert [each.rule for each in bench.matches] == ["deposit"]


def test_a_debit_nobody_instructed_is_explained_by_hand() -> None:
    bank = scene()
    bank.deposit("A", 5_000)
    bank.owe("A", bank.cash.fee_payable, 2_600)
    charge = Instruction("FEE", 2_600, "托管银行", "", "手续费")
    bank.receive(bank.write(incoming=[bank.paid("obligor", 9_000)], instructions=[charge]))
    debit = entries_list(scope=bank.scope, exceptions=True)[0]
    bank.bank(Incoming(2_600, "托管银行", "", "冲正"))
    bench = entry_workbench(scope=bank.scope, entry_id=debit.id)
    assert [each.lines[0].kind for each in bench.proposals] == ["contra", "bank_charge"]
    back = entry_workbench(scope=bank.scope, entry_id=newest(bank).id)
    assert [each.lines[0].ref for each in back.proposals] == [f"entry:{debit.id}"]
    preview = match_preview(
        scope=bank.scope, entry_id=debit.id, lines=bench.proposals[1].lines, at=AT
    )
    assert {ref.code: after for ref, _, after in preview.balances}["fee_payable"] == 0


def test_a_preview_shows_the_journal_and_both_balances_and_leaves_nothing() -> None:
    bank = scene()
    bank.bank(bank.paid("obligor", 700))
    before = journals_list(book=bank.programme.book)
    obligor = bank.world.party("obligor")
    preview = match_preview(
        scope=bank.scope,
        entry_id=newest(bank).id,
        lines=[MatchLine("on_account", f"party:{obligor}", obligor, 700)],
        at=AT,
    )
    (journal,) = preview.journals
    assert [(line.debit.code, line.credit.code, line.amount) for line in journal.lines] == [
        ("unallocated", "on_account", 700)
    ]
    assert {ref.code: (now, after) for ref, now, after in preview.balances} == {
        "unallocated": (700, 0),
        "on_account": (0, 700),
    }
    assert journals_list(book=bank.programme.book) == before
    assert (newest(bank).state, matches_list(scope=bank.scope)) == ("unallocated", [])


def test_a_preview_is_refused_as_the_posting_would_be() -> None:
    bank = scene()
    bank.bank(bank.paid("obligor", 700))
    with pytest.raises(DomainError, match="entry_overallocated"):
        match_preview(
            scope=bank.scope,
            entry_id=newest(bank).id,
            lines=[MatchLine("on_account", "party:1", 1, 701)],
            at=AT,
        )


def test_a_preview_of_a_claim_runs_the_waterfall(stage: Stage) -> None:
    stage.issued()
    world = stage.world
    bank = Scene(world, balance=world.balance_minor, sequence=world.statements)
    bank.bank(bank.paid("obligor", 100_000_000, "INV-0001 货款"))
    bench = entry_workbench(scope=bank.scope, entry_id=newest(bank).id)
    preview = match_preview(
        scope=bank.scope,
        entry_id=newest(bank).id,
        lines=bench.proposals[0].lines,
        at=world.at,
    )
    after = {(ref.code, ref.owner): after for ref, _, after in preview.balances}
    assert len(preview.journals) >= 2
    assert after["unallocated", ""] == 0
    assert bank.balance_of(bank.cash.unallocated) == 100_000_000
