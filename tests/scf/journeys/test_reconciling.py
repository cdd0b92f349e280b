"""Receipts find what they settle, by rule or by two people; and an allocation can be undone."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from ledger.models import OutboxEvent
from scf.financing.queries import claim_get, collected_date, open_items
from scf.journeys.defaulting import series_freeze
from scf.journeys.diluting import misdirection_report
from scf.journeys.reconciling import (
    allocation_undo,
    entries_apply,
    match_decide,
    match_propose,
)
from scf.network.operations import bank_account_add
from scf.network.queries import approvals_pending
from scf.settlement.queries import (
    EntryFacts,
    MatchFacts,
    allocations_list,
    applied_by_rule,
    entries_list,
    matches_list,
    unallocated_minor,
)
from scf.settlement.values import MatchLine
from scf.simulator.bank.sheet import bank_sheet_render
from scf.simulator.bank.values import Incoming, Instruction
from tests.scf.journeys.conftest import Stage
from tests.scf.settlement.scenes import AT, TODAY, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Scene:
    return scene()


def newest(bank: Scene) -> EntryFacts:
    return entries_list(scope=bank.scope, limit=1)[0]


def apply(bank: Scene) -> tuple[int, int, int]:
    done = entries_apply(programme_id=bank.id, at=AT)
    return done.applied, done.failed, done.open


def propose(bank: Scene, entry: EntryFacts, *lines: MatchLine) -> MatchFacts:
    return match_propose(
        actor=bank.actor("ops"), entry_id=entry.id, lines=lines, reason="电话核实", at=AT
    )


def decide(bank: Scene, *, approve: bool = True, who: str = "ops2") -> MatchFacts:
    (approval,) = approvals_pending(scope=bank.scope)
    return match_decide(
        actor=bank.actor(who),
        approval_id=approval.id,
        approve=approve,
        content_hash=approval.content_hash,
        at=AT,
    )


def on_account(bank: Scene, key: str, amount: int) -> MatchLine:
    party_id = bank.world.party(key)
    return MatchLine("on_account", f"party:{party_id}", party_id, amount)


def test_an_investors_money_becomes_its_own(bank: Scene) -> None:
    bank.bank(bank.paid("A", 50_000_000), bank.paid("B", 30_000_000))
    assert apply(bank) == (2, 0, 0)
    assert bank.balance_of(bank.cash.available(bank.world.party("A"))) == 50_000_000
    assert bank.balance_of(bank.cash.unallocated) == 0
    assert newest(bank).state == "allocated"
    assert applied_by_rule(scope=bank.scope, on_date=TODAY) == [("deposit", 2, 80_000_000)]
    assert apply(bank) == (0, 0, 0)
    (mine,) = allocations_list(scope=bank.scope_of("A"))
    assert (mine.kind, mine.amount_minor) == ("deposit", 50_000_000)


def test_money_of_nobody_known_waits(bank: Scene) -> None:
    bank.bank(Incoming(5_000_000, "（无户名）", "0000", "转存 000917"))
    assert apply(bank) == (0, 0, 1)
    assert (newest(bank).state, newest(bank).suggestions) == ("unallocated", ())


def test_a_known_payer_that_owes_nothing_waits_with_a_suggestion(bank: Scene) -> None:
    bank.bank(bank.paid("obligor", 700, "预付"))
    apply(bank)
    (suggestion,) = newest(bank).suggestions
    assert suggestion["lines"][0]["kind"] == "on_account"


def test_two_people_place_what_no_rule_may(bank: Scene) -> None:
    bank.bank(bank.paid("obligor", 700, "预付"))
    match = propose(bank, newest(bank), on_account(bank, "obligor", 700))
    assert match.state == "submitted"
    assert bank.balance_of(bank.cash.unallocated) == 700
    assert decide(bank).state == "applied"
    assert bank.balance_of(bank.cash.on_account(bank.world.party("obligor"))) == 700
    assert newest(bank).state == "allocated"


def test_an_entry_is_split_and_what_is_left_stays_open(bank: Scene) -> None:
    bank.bank(bank.paid("obligor", 700))
    propose(bank, newest(bank), on_account(bank, "obligor", 200))
    decide(bank)
    entry = newest(bank)
    assert (entry.state, entry.allocated_minor, entry.open_minor) == ("partly", 200, 500)
    assert unallocated_minor(programme_id=bank.id) == 500


def test_the_maker_cannot_sign_and_a_second_proposal_waits(bank: Scene) -> None:
    bank.bank(bank.paid("obligor", 700))
    propose(bank, newest(bank), on_account(bank, "obligor", 700))
    with pytest.raises(DomainError, match="own_work"):
        decide(bank, who="ops")
    with pytest.raises(DomainError, match="entry_proposed"):
        propose(bank, newest(bank), on_account(bank, "obligor", 1))
    assert apply(bank) == (0, 0, 0)


def test_a_refused_proposal_leaves_the_entry_open(bank: Scene) -> None:
    bank.bank(bank.paid("obligor", 700))
    propose(bank, newest(bank), on_account(bank, "obligor", 700))
    assert decide(bank, approve=False).state == "refused"
    assert newest(bank).state == "unallocated"
    propose(bank, newest(bank), on_account(bank, "obligor", 700))


def test_lines_that_cannot_be(bank: Scene) -> None:
    bank.bank(bank.paid("obligor", 700))
    entry = newest(bank)
    party_id = bank.world.party("obligor")
    for line, code in (
        (on_account(bank, "obligor", 701), "line_invalid"),
        (on_account(bank, "obligor", 0), "line_invalid"),
        (MatchLine("bank_charge", f"party:{party_id}", party_id, 5), "line_invalid"),
        (MatchLine("claim", "claim:9", party_id, 5), "item_unknown"),
        (MatchLine("deposit", "party:999999", 999_999, 5), "line_invalid"),
        (MatchLine("deposit", f"party:{party_id}", party_id + 1, 5), "line_invalid"),
        (MatchLine("return", "payout:x", party_id, 5), "line_invalid"),
        (MatchLine("contra", "payout:1", 0, 5), "line_invalid"),
    ):
        with pytest.raises(DomainError, match=code):
            propose(bank, entry, line)
    with pytest.raises(DomainError, match="line_invalid"):
        propose(bank, entry)
    with pytest.raises(DomainError, match="entry_unknown"):
        match_propose(actor=bank.actor("ops"), entry_id=999, lines=[], at=AT)
    assert matches_list(scope=bank.scope) == []


def test_an_undone_deposit_is_open_again_and_can_be_placed_again(bank: Scene) -> None:
    bank.deposit("A", 700)
    (allocation,) = allocations_list(scope=bank.scope)
    allocation_undo(actor=bank.actor("ops2"), allocation_id=allocation.id, reason="错投", at=AT)
    assert bank.balance_of(bank.cash.unallocated) == 700
    assert newest(bank).state == "unallocated"
    (undone,) = allocations_list(scope=bank.scope)
    assert undone.undone_journal_id is not None
    assert [each.state for each in matches_list(scope=bank.scope)] == ["undone"]
    assert apply(bank) == (1, 0, 0)
    assert bank.balance_of(bank.cash.available(bank.world.party("A"))) == 700
    with pytest.raises(DomainError, match="allocation_unknown"):
        allocation_undo(actor=bank.actor("ops2"), allocation_id=allocation.id, reason="再撤", at=AT)


def test_money_that_was_used_cannot_be_undone(bank: Scene) -> None:
    bank.deposit("A", 700)
    bank.owe("A", bank.cash.payable(bank.world.party("supplier"), "series:5"), 1)
    (allocation,) = allocations_list(scope=bank.scope)
    with pytest.raises(DomainError, match="undo_spent"):
        allocation_undo(actor=bank.actor("ops2"), allocation_id=allocation.id, reason="错投", at=AT)
    assert newest(bank).state == "allocated"


def test_the_banks_answer_is_not_undone(bank: Scene) -> None:
    bank.deposit("A", 700)
    bank.owe("A", bank.cash.payable(bank.world.party("supplier")), 700)
    bank.receive(bank.write(instructions=bank.instructions(bank.send())))
    (answer,) = allocations_list(scope=bank.scope, entry_id=newest(bank).id)
    with pytest.raises(DomainError, match="allocation_fixed"):
        allocation_undo(actor=bank.actor("ops2"), allocation_id=answer.id, reason="错", at=AT)


def test_a_bank_charge_is_the_platforms(bank: Scene) -> None:
    bank.deposit("A", 5_000)
    bank.owe("A", bank.cash.fee_payable, 2_600)
    charge = Instruction("", 2_600, "托管银行", "", "手续费")
    bank.receive(bank.write(incoming=[bank.paid("obligor", 9_000)], instructions=[charge]))
    entry = entries_list(scope=bank.scope, exceptions=True)[0]
    platform = bank.programme.platform_id
    propose(bank, entry, MatchLine("bank_charge", f"party:{platform}", platform, 2_600))
    decide(bank)
    assert bank.balance_of(bank.cash.fee_payable) == 0
    assert (
        bank.balance_of(bank.cash.unallocated) == unallocated_minor(programme_id=bank.id) == 9_000
    )
    assert entries_list(scope=bank.scope, exceptions=True) == []


def test_a_wrong_debit_and_its_correction_cancel_out(bank: Scene) -> None:
    wrong = Instruction("", 2_600, "某公司", "6217", "误付")
    bank.receive(bank.write(incoming=[bank.paid("obligor", 9_000)], instructions=[wrong]))
    debit = entries_list(scope=bank.scope, exceptions=True)[0]
    bank.bank(Incoming(2_600, "托管银行", "", "冲正"))
    credit = newest(bank)
    propose(bank, credit, MatchLine("contra", f"entry:{debit.id}", 0, 2_600))
    decide(bank)
    states = {each.id: each.state for each in entries_list(scope=bank.scope)}
    assert (states[credit.id], states[debit.id]) == ("allocated", "allocated")
    assert (
        bank.balance_of(bank.cash.unallocated) == unallocated_minor(programme_id=bank.id) == 9_000
    )
    (allocation,) = allocations_list(scope=bank.scope, entry_id=credit.id)
    allocation_undo(actor=bank.actor("ops2"), allocation_id=allocation.id, reason="错配", at=AT)
    assert {each.state for each in entries_list(scope=bank.scope)} == {"unallocated"}


def test_a_debit_without_its_id_is_named_by_two_people(bank: Scene) -> None:
    bank.deposit("A", 700)
    bank.owe("A", bank.cash.payable(bank.world.party("supplier")), 700)
    batch_id = bank.send()
    nameless = Instruction("", 700, "算例注塑", "", "付款")
    bank.receive(bank.write(incoming=[bank.paid("obligor", 9_000)], instructions=[nameless]))
    entry = entries_list(scope=bank.scope, exceptions=True)[0]
    (payout,) = bank.payouts(batch_id)
    propose(bank, entry, MatchLine("payout", f"payout:{payout.id}", payout.party_id, 700))
    decide(bank)
    assert bank.payouts(batch_id)[0].state == "confirmed"
    assert bank.balance_of(bank.cash.clearing) == 0
    assert bank.balance_of(bank.cash.unallocated) == 9_000
    bank.bank(Incoming(700, "算例注塑", "", "退汇"))
    back = newest(bank)
    propose(bank, back, MatchLine("return", f"payout:{payout.id}", payout.party_id, 700))
    decide(bank)
    assert bank.payouts(batch_id)[0].state == "returned"
    assert bank.balance_of(bank.cash.payable(bank.world.party("supplier"))) == 700


class TestClaims:
    """With a receivable sold to investors: 1,000,000.00 due from the obligor."""

    def test_an_invoice_number_settles_the_claim_and_the_waterfall_runs(self, stage: Stage) -> None:
        stage.issued()
        world = stage.world
        (item,) = open_items(programme_id=world.programme_id)
        world.pays_in(("obligor", item.residual_minor, f"货款 {item.label}"))
        assert open_items(programme_id=world.programme_id) == []
        assert unallocated_minor(programme_id=world.programme_id) == 0

    def test_what_was_distributed_cannot_be_undone(self, stage: Stage) -> None:
        stage.issued()
        world = stage.world
        (item,) = open_items(programme_id=world.programme_id)
        world.pays_in(("obligor", item.residual_minor, "货款"))
        view = Scene(world).scope
        (paid,) = [each for each in allocations_list(scope=view) if each.kind == "claim"]
        with pytest.raises(DomainError, match="undo_spent"):
            allocation_undo(
                actor=world.actors["ops2"], allocation_id=paid.id, reason="错", at=world.at
            )

    def test_undone_while_frozen_the_claim_is_open_and_the_turnover_due_again(
        self, stage: Stage
    ) -> None:
        series = stage.issued()
        world = stage.world
        misdirection_report(
            actor=world.actors["ops"], claim_id=series.claim_id, reason="付错", at=world.at
        )
        series_freeze(actor=world.actors["ops"], series_id=series.id, reason="查", at=world.at)
        (item,) = [each for each in open_items(programme_id=world.programme_id)
                   if each.kind == "turnover"]  # fmt: skip
        world.pays_in(("supplier", item.residual_minor, item.label))
        assert not claim_get(claim_id=series.claim_id).is_misdirected
        assert collected_date(claim_id=series.claim_id) == world.today
        (paid,) = [
            each
            for each in allocations_list(scope=Scene(world).scope)
            if each.ref == f"claim:{series.claim_id}"
        ]
        allocation_undo(
            actor=world.actors["ops2"], allocation_id=paid.id, reason="不是这笔", at=world.at
        )
        assert claim_get(claim_id=series.claim_id).is_misdirected
        assert collected_date(claim_id=series.claim_id) is None
        assert unallocated_minor(programme_id=world.programme_id) == item.residual_minor
        kinds = {each.kind for each in open_items(programme_id=world.programme_id)}
        assert "turnover" in kinds

    def test_an_overpayment_goes_on_account(self, stage: Stage) -> None:
        stage.issued()
        world = stage.world
        (item,) = open_items(programme_id=world.programme_id)
        world.pays_in(("obligor", item.residual_minor + 50_000, f"货款 {item.label}"))
        bank = Scene(world)
        assert bank.balance_of(bank.cash.on_account(world.party("obligor"))) == 50_000

    def test_a_part_payment_leaves_the_rest_open(self, stage: Stage) -> None:
        stage.issued()
        world = stage.world
        (item,) = open_items(programme_id=world.programme_id)
        world.pays_in(("obligor", 60_000_000, item.label))
        (left,) = open_items(programme_id=world.programme_id)
        assert left.residual_minor == item.residual_minor - 60_000_000

    def test_a_value_date_to_come_earns_nothing_before_it_came(self, stage: Stage) -> None:
        stage.issued()
        world = stage.world
        bank = Scene(world, balance=world.balance_minor, sequence=world.statements)
        today = world.today.isoformat()
        written = bank.write(incoming=[bank.paid("obligor", 100_000_000, "INV-0001")])
        sheet = bank_sheet_render(statement=written).decode("gb18030")
        bank.receive_bytes(sheet.replace(f"{today},{today},2", f"{today},2026-12-31,2").encode())
        assert newest(bank).value_date.isoformat() == "2026-12-31"
        assert apply(bank) == (1, 0, 0)
        paid = sum(bank.balance_of(bank.cash.available(world.party(key))) for key in "ABC")
        assert paid == 93_720_000  # the principal; not a day of interest

    def test_an_item_that_moved_since_it_was_proposed_is_not_posted(self, stage: Stage) -> None:
        stage.issued()
        world = stage.world
        bank = Scene(world, balance=world.balance_minor, sequence=world.statements)
        (item,) = open_items(programme_id=world.programme_id)
        bank.bank(Incoming(700, "某人", "", "代付"))
        line = MatchLine(item.kind, item.ref, item.party_id, 700)
        propose(bank, newest(bank), line)
        bank.bank(bank.paid("obligor", 60_000_000, item.label))
        assert apply(bank) == (1, 0, 0)
        with pytest.raises(DomainError, match="match_changed"):
            decide(bank)
        assert OutboxEvent.objects.filter(name="settlement.entry.exception").count() == 0


def test_an_account_number_that_is_not_verified_or_not_only_ones_own_identifies_nobody(
    bank: Scene,
) -> None:
    number = bank.world.firms["A"][2]
    thief = bank.world.party("B")
    bank_account_add(party_id=thief, holder_name="B", bank_name="x", number=number)
    bank.bank(bank.paid("A", 700))
    assert apply(bank) == (1, 0, 0)
    assert bank.balance_of(bank.cash.available(bank.world.party("A"))) == 700
    bank_account_add(
        party_id=bank.world.party("C"),
        holder_name="C",
        bank_name="x",
        number=number,
        is_verified=True,
    )
    bank.bank(bank.paid("A", 900))
    assert apply(bank) == (0, 0, 1)
