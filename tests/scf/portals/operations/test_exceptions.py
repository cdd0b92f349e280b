"""异常: claims in trouble, what is frozen, and work that stopped."""

from typing import Any

import pytest

from scf.journeys.defaulting import series_freeze
from scf.journeys.diluting import claim_dispute
from scf.journeys.paying import payables_list
from scf.portals.operations.exceptions import trouble_of
from scf.simulator.worked.life import INVOICE, days_pass
from tests.support.desks import Desks, hidden, words


def row(**changed: Any) -> dict[str, Any]:
    calm = {"is_frozen": False, "is_misdirected": False, "is_disputed": False, "state": "assigned"}
    return {**calm, "payment_state": "scheduled", **changed}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"payment_state": "grace"}, ""),
        ({"payment_state": "overdue", "state": "written_off"}, "written_off"),
        ({"payment_state": "overdue"}, "overdue"),
        ({"is_disputed": True, "payment_state": "overdue"}, "disputed"),
        ({"is_frozen": True, "is_misdirected": True}, "frozen"),
    ],
)
def test_the_gravest_trouble_is_named(changed: dict[str, Any], said: str) -> None:
    assert trouble_of(row(**changed)) == said


def test_a_calm_book_says_so_and_still_lists_on_demand(desks: Desks) -> None:
    series = desks.paid_out()
    client = desks.client("ops")
    assert "没有异常" in words(client.get("/operations/exceptions/"))
    assert "INV-0001" in words(client.get("/operations/exceptions/?chip=all"))
    assert series.number not in words(client.get("/operations/exceptions/"))


def test_a_dispute_and_a_freeze_are_counted(desks: Desks) -> None:
    series, world = desks.paid_out(), desks.world
    ops = world.actors["ops"]
    claim_dispute(actor=ops, claim_id=series.claim_id, reason="短少", at=world.at)
    series_freeze(actor=ops, series_id=series.id, reason="核查", at=world.at)
    text = words(desks.client("ops").get("/operations/exceptions/"))
    assert "1 笔债权不按计划走" in text
    assert "1,000,000.00" in text
    assert series.number in text


def test_work_that_does_not_stand_still_is_not_sent_round(desks: Desks) -> None:
    client = desks.client("ops")
    answer = client.post("/operations/exceptions/", {"kind": "day.end", "work": "none"})
    assert answer.status_code == 409


def test_money_on_account_goes_back_to_its_payer(desks: Desks) -> None:
    series = desks.paid_out()
    days_pass(world=desks.world, until=series.payment_date)
    desks.world.pays_in(("obligor", 100_050_000, INVOICE))
    client = desks.client("ops")
    page = client.get("/operations/exceptions/")
    assert "暂存款" in words(page)
    form = {"party": hidden(page, "party"), "key": hidden(page, "key")}
    too_much = client.post("/operations/exceptions/", {**form, "amount": "500.01"})
    assert too_much.status_code == 409
    assert "暂存款不足 500.01" in words(too_much)
    done = client.post("/operations/exceptions/", {**form, "amount": "500.00"}, follow=True)
    assert "500.00 已转为应付" in words(done)
    assert "退回付款人" not in words(done)
    owed = payables_list(programme=desks.world.programme)
    assert 50_000 in [one.amount_minor for one in owed]
