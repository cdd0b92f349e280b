"""Needs, what is coming, and thirteen weeks of cash."""

from typing import Any

from scf.network.values import Role, Scope
from scf.portals.supplier.board import Board, board_load
from scf.portals.supplier.demands import Demand
from scf.portals.supplier.outlook import cash_chart, coming_steps, needs_list
from tests.support.desks import Desks


def board_of(desks: Desks) -> Board:
    world = desks.world
    scope = Scope(world.programme_id, Role.SUPPLIER, frozenset({world.party("supplier")}))
    return board_load(scope=scope, supplier_id=world.party("supplier"), on=world.today)


def test_selling_today_moves_cash_to_the_first_week(desks: Desks) -> None:
    desks.sellable()
    chart = cash_chart(board_of(desks), on=desks.world.today)
    drawn: Any = chart.data["series"]
    as_is, sold = drawn
    assert as_is["data"][0] == 0
    assert as_is["data"][12] == 100_000_000
    assert sold["data"][0] == 93_581_346
    assert sold["data"][12] == 5_009_003
    assert len(chart.rows) == 13


def test_debts_come_before_everything(desks: Desks) -> None:
    desks.sellable()
    needs = needs_list(
        board=board_of(desks),
        approvals=[],
        quotes=[],
        payouts=[],
        demands=[Demand("turnover", "INV-0001", 100)],
        on=desks.world.today,
    )
    assert needs[0].tone == "red"
    assert "请转交" in str(needs[0].title)


def test_the_obligor_s_deadline_counts_business_days_since_it_waits(desks: Desks) -> None:
    desks.at_the_obligor()
    steps = coming_steps(board_of(desks), on=desks.world.today)
    assert steps[0].state == "now"
    assert "确权截止" in str(steps[1].title)
    assert steps[1].when == desks.world.today.replace(day=desks.world.today.day + 7)
