from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from risk.lifecycle import WARNING
from risk.models import Warning, WarningEvent
from risk.models.warnings import LIVE_STATES, WARNING_STATES
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 17)


def warning(**other: Any) -> Warning:
    given: dict[str, Any] = {
        "programme_ref": PROGRAMME,
        "party_ref": "party:2",
        "signal": "orders_cut",
        "severity": "warn",
        "unit": "ppm",
        "value": -400_000,
        "threshold": -300_000,
        "raised_date": DAY,
        "seen_date": DAY,
        "until_date": DAY,
        "raised_at": AT,
    }
    return Warning(**{**given, **other})


def refused(row: models.Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_warnings_the_database_refuses() -> None:
    first = warning()
    first.save()
    assert str(first) == "orders_cut party:2 open"
    refused(warning())  # one live row a signal
    refused(warning(subject="b", state="asleep"))
    refused(warning(subject="b", severity="loud"))
    refused(warning(subject="b", state="snoozed"))
    refused(warning(subject="b", snoozed_until_date=DAY))
    refused(warning(subject="b", state="expired"))
    refused(warning(subject="b", ended_at=AT))
    refused(warning(subject="b", until_date=date(2026, 3, 16)))
    warning(state="expired", ended_at=AT).save()
    warning(subject="b").save()
    refused(WarningEvent(warning=first, act="forgotten", on_date=DAY, at=AT))


def test_the_states_are_those_of_the_table() -> None:
    assert set(WARNING_STATES) == set(WARNING)
    assert {state for state, after in WARNING.items() if after} == set(LIVE_STATES)
