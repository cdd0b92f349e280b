"""What a party was paid, each payout with its last step."""

from scf.access.policy import scope_for
from scf.settlement.queries.receipts import payout_lines
from tests.support.desks import Desks


def test_a_payout_names_its_series_its_day_and_its_journal(db: None) -> None:
    desks = Desks.make()
    series = desks.paid_out()
    world = desks.world
    supplier = world.party("supplier")
    found = payout_lines(scope=scope_for(world.actors["supplier"]), party_id=supplier)
    assert [(line.amount_minor, line.state, line.subject) for line in found] == [
        (93_581_346, "confirmed", f"series:{series.id}")
    ]
    assert found[0].on_date == world.today
    assert found[0].journal_id is not None
    assert found[0].account_masked == f"····{world.firms['supplier'][2][-4:]}"
    other = payout_lines(scope=scope_for(world.actors["A"]), party_id=supplier)
    assert other == []
