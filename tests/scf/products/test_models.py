"""What the database itself refuses in the products room."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from scf.products.models import Distribution, Holding, Series, Subscription
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def refused_by(name: Any) -> Any:
    return pytest.raises(IntegrityError, match=name)


def test_a_series_adds_up_and_its_state_is_known(stage: Stage) -> None:
    series = stage.listed()
    for change, name in (
        ({"units": 1}, "series_adds_up"),
        ({"proceeds_minor": 1}, "series_adds_up"),
        ({"state": "lost"}, "series_state_known"),
    ):
        with refused_by(name), transaction.atomic():
            Series.objects.filter(pk=series.id).update(**change)


def test_one_live_series_a_claim(stage: Stage) -> None:
    series = Series.objects.get(pk=stage.listed().id)
    series.pk, series.number, series.term_sheet = None, "R-other", None
    with refused_by("series_one_live_a_claim"), transaction.atomic():
        series.save()


def test_bids_holdings_and_distributions_stay_sane(stage: Stage) -> None:
    issued = stage.issued()
    with refused_by("subscription_units_sane"), transaction.atomic():
        Subscription.objects.filter(series_id=issued.id).update(allotted_units=10_000)
    with refused_by("holding_sane"), transaction.atomic():
        Holding.objects.filter(series_id=issued.id).update(interest_paid_minor=1)
    row = dict.fromkeys(("interest_minor", "principal_minor", "benefit_minor", "residual_minor"), 0)
    with refused_by("distribution_adds_up"), transaction.atomic():
        Distribution.objects.create(
            series_id=issued.id,
            sequence=1,
            kind="collection",
            business_date=stage.world.today,
            value_date=stage.world.today,
            cash_minor=1,
            principal_left_minor=0,
            owed_minor=0,
            journal_id=1,
            at=stage.world.at,
            **row,
        )
