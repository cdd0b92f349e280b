"""A world whose chain was assessed: its supplier has too little history for a verdict."""

import pytest

from risk.queries.reports import ReportRow, report_latest
from scf.journeys.assessing import risk_assess_now
from scf.network.values import party_ref
from tests.support.desks import Desks


@pytest.fixture
def desks(db: None) -> Desks:
    return Desks.make()


@pytest.fixture
def judged(desks: Desks) -> ReportRow:
    """The supplier's report: ABSTAIN, so a person has to decide."""
    desks.papers()
    world = desks.world
    risk_assess_now(programme_id=world.programme_id, as_of=world.today, at=world.at)
    found = report_latest(
        programme_ref=world.programme.book, party_ref=party_ref(world.party("supplier"))
    )
    assert found is not None
    return found
