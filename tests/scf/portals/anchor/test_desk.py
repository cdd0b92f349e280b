"""Claims at the desk, and payments that went wrong."""

from typing import Any

from scf.journeys.diluting import misdirection_report
from scf.portals.anchor.desk import mistakes_list
from tests.support.desks import Desks, words


def test_without_assigned_claims_nothing_can_be_paid_wrongly(db: None) -> None:
    nothing: dict[int, dict[str, Any]] = {}
    assert mistakes_list(nothing) == []


def test_a_reported_mistake_is_on_the_list_until_it_is_turned_over(desks: Desks) -> None:
    series = desks.paid_out()
    misdirection_report(
        actor=desks.world.actors["anchor"],
        claim_id=series.claim_id,
        reason="付给了供应商",
        at=desks.world.at,
    )
    text = words(desks.client("anchor").get("/anchor/payments/"))
    assert "等供应商转交" in text
    assert "付错对象" in words(desks.client("anchor").get("/anchor/"))
