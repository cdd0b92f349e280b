"""异常: claims in trouble, what is frozen, and work that stopped."""

from typing import Any

import pytest

from scf.journeys.defaulting import series_freeze
from scf.journeys.diluting import claim_dispute
from scf.portals.operations.exceptions import trouble_of
from tests.support.desks import Desks, words


def row(**changed: Any) -> dict[str, Any]:
    calm = {"is_frozen": False, "is_misdirected": False, "is_disputed": False}
    return {**calm, "payment_state": "scheduled", **changed}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"payment_state": "grace"}, ""),
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
