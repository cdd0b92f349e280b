"""What waits for a second person leads to the page where it is decided."""

from scf.access.policy import scope_for
from scf.journeys.listing import series_submit
from scf.network.queries import approvals_pending
from scf.portals.operations.tasks_view import approval_href, approval_word
from scf.simulator.worked.life import claim_from
from tests.support.desks import Desks, words


def test_a_listing_waits_for_another_person(desks: Desks) -> None:
    claim = claim_from(world=desks.world, receivable_id=desks.sellable())
    maker = desks.world.actors["ops"]
    series_submit(actor=maker, claim_id=claim.id, at=desks.world.at)
    row = approvals_pending(scope=scope_for(maker))[0]
    assert str(approval_word(row.verb)) == "挂牌等复核"
    page = desks.client("ops2").get(approval_href(row))
    assert "同意挂牌" in words(page)
    assert "挂牌等复核" in words(desks.client("ops2").get("/operations/"))


def test_an_unnamed_verb_shows_as_it_is() -> None:
    assert approval_word("claim.unheard") == "claim.unheard"
