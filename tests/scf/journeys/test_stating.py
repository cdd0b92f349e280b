"""Statements of account: out of the books, the same again is the same version."""

from datetime import date, timedelta

from scf.access.policy import scope_for
from scf.journeys.stating import statement_issue
from scf.settlement.queries.party_statements import PartyStatementFacts, party_statements_list
from scf.simulator.worked.life import INVOICE, days_pass, issued, money_leaves
from scf.simulator.worked.receivable import BIDS, TUESDAY
from tests.scf.journeys.conftest import Refusing, Stage


def _issue(stage: Stage, who: str = "supplier", month: date | None = None) -> PartyStatementFacts:
    return statement_issue(
        actor=stage.world.actors[who], month=month or stage.world.today, at=stage.world.at
    )


def test_the_supplier_s_month_is_its_proceeds_in_and_out(stage: Stage) -> None:
    issued(world=stage.world, series=stage.listed(), bids=BIDS)
    money_leaves(world=stage.world)
    (account,) = _issue(stage).content["accounts"]
    assert account["code"] == "payable"
    assert [line["amount_minor"] for line in account["lines"]] == [93_581_346, -93_581_346]
    assert (account["opening_minor"], account["closing_minor"]) == (0, 0)


def test_a_later_fact_makes_a_new_version_and_leaves_the_old_one(stage: Stage) -> None:
    issued(world=stage.world, series=stage.listed(), bids=BIDS)
    first = _issue(stage)
    assert _issue(stage).id == first.id
    money_leaves(world=stage.world)
    second = _issue(stage)
    assert (first.version, second.version) == (1, 2)
    found = party_statements_list(scope=scope_for(stage.world.actors["supplier"]))
    assert [one.version for one in found] == [2, 1]
    assert found[1].content == first.content
    assert party_statements_list(scope=scope_for(stage.world.actors["A"])) == []


def test_a_holder_s_statement_of_an_earlier_month_ends_before_the_redemption(
    stage: Stage,
) -> None:
    stage.issued()
    bought = stage.world.today
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=90))
    stage.world.pays_in(("obligor", 100_000_000, INVOICE))
    (then,) = _issue(stage, "A", bought).content["accounts"]
    assert then["closing_minor"] == 0
    (now,) = _issue(stage, "A").content["accounts"]
    assert now["closing_minor"] == 50_678_082


def test_a_month_to_come_is_refused(stage: Stage, refused: Refusing) -> None:
    with refused("settlement.statement_early"):
        _issue(stage, month=stage.world.today + timedelta(days=40))
    with refused("access.denied"):
        _issue(stage, "ops")
