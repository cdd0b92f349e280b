"""Cash application is given who paid, what is owed and who may deposit."""

from __future__ import annotations

import pytest

from scf.journeys.match_planning import entries_plan
from scf.settlement.queries import entries_open
from scf.settlement.values import Rule
from scf.simulator.bank.values import Incoming
from tests.scf.journeys.conftest import Stage
from tests.scf.settlement.scenes import Scene, scene

pytestmark = pytest.mark.django_db


def test_an_investor_is_known_by_its_account_alone() -> None:
    bank = scene()
    bank.bank(bank.paid("A", 700), Incoming(900, "投资人A", "0000", "入金"))
    plans = entries_plan(programme=bank.programme, entries=entries_open(programme_id=bank.id))
    rules = [each.decision.rule if each.decision else None for each in plans]
    assert rules == [Rule.DEPOSIT, None]


def test_what_is_owed_on_a_claim_is_offered(stage: Stage) -> None:
    stage.issued()
    world = stage.world
    bank = Scene(world, balance=world.balance_minor, sequence=world.statements)
    bank.bank(Incoming(100_000_000, "算例制冷", "0000", "货款"))
    (application,) = entries_plan(
        programme=bank.programme, entries=entries_open(programme_id=bank.id)
    )
    assert application.decision is None
    (suggestion,) = application.suggestions
    assert suggestion.rule is Rule.NAME
    assert suggestion.lines[0].kind == "claim"
