from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from risk.models import GateDecision, GateOverride
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> GateDecision:
    run_done()
    return GateDecision.objects.order_by("party_ref")[0]


def test_a_decision_the_database_refuses(decision: GateDecision) -> None:
    row = GateDecision.objects.filter(pk=decision.pk)
    for change in (
        {"outcome": "maybe"},
        {"outcome": "overridden"},  # without an override to name
        {"until_date": AS_OF - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**change)
    assert str(decision) == "party:2 passed"


def test_an_override_the_database_refuses(decision: GateDecision) -> None:
    def override(**changes: str) -> GateOverride:
        values = {
            "programme_ref": PROGRAMME,
            "party_ref": decision.party_ref,
            "verdict": "ABSTAIN",
            "grant": "full",
            "reason": "担保",
            "maker_ref": "user:1",
            **changes,
        }
        row = GateOverride(decision=decision, until_date=AS_OF, made_at=AT, **values)
        row.save()
        return row

    assert str(override()) == "party:2 full pending"
    for changes in (
        {},  # a second one waiting
        {"state": "approved", "checker_ref": "user:1"},
        {"state": "lost", "checker_ref": "user:2"},
        {"state": "declined", "grant": "all"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            override(**changes)
