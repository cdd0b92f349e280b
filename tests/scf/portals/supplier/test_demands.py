"""What a supplier must pay into escrow."""

from scf.financing.queries import claims_table
from scf.journeys.diluting import misdirection_report
from scf.network.values import Role, Scope
from scf.portals.supplier.demands import Demand, demands_list
from scf.simulator.worked.papers import credit_deliver
from tests.support.desks import Desks


def demands(desks: Desks) -> list[Demand]:
    world = desks.world
    scope = Scope(world.programme_id, Role.SUPPLIER, frozenset({world.party("supplier")}))
    return demands_list(
        programme=world.programme,
        supplier_id=world.party("supplier"),
        claims=claims_table(scope=scope),
    )


def test_nothing_is_owed_on_a_good_sale(desks: Desks) -> None:
    desks.paid_out()
    assert demands(desks) == []


def test_a_large_credit_note_is_recourse_from_the_books(desks: Desks) -> None:
    desks.paid_out()
    credit_deliver(world=desks.world, number="CN-1", invoice="INV-0001", gross_minor=7_000_000)
    assert demands(desks) == [Demand("recourse", "INV-0001", 1_990_997)]


def test_money_paid_to_the_supplier_by_mistake_is_to_be_turned_over(desks: Desks) -> None:
    series = desks.paid_out()
    misdirection_report(
        actor=desks.world.actors["anchor"],
        claim_id=series.claim_id,
        reason="付给了供应商",
        at=desks.world.at,
    )
    assert demands(desks) == [Demand("turnover", "INV-0001", 100_000_000)]
