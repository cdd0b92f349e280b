"""A world whose chain was assessed: its supplier has too little history for a verdict."""

from datetime import timedelta

import pytest

from risk.models import Report
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


def judged_again(desks: Desks) -> ReportRow:
    """A second run on the next day; the supplier's report of it."""
    world = desks.world
    risk_assess_now(
        programme_id=world.programme_id, as_of=world.today + timedelta(days=1), at=world.at
    )
    found = report_latest(
        programme_ref=world.programme.book, party_ref=party_ref(world.party("supplier"))
    )
    assert found is not None
    return found


def verdict_set(ref: str, verdict: str) -> None:
    """As if the latest report of a firm had found otherwise; its payload stays."""
    latest = Report.objects.filter(party_ref=ref).order_by("-as_of_date", "-pk")[:1]
    Report.objects.filter(pk__in=latest.values("pk")).update(verdict=verdict)
