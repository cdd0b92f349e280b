"""Writes to quotes: superseded, accepted once, lapsed at the day's end."""

import pytest
from django.db import transaction

from scf.financing.operations.quotes import quote_lock, quote_mark_accepted, quotes_expire
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_accepted_once(stage: Stage, refused: Refusing) -> None:
    quote = stage.quote(stage.sellable())
    quote_mark_accepted(quote_id=quote.id)
    with refused("financing.quote_not_open"):
        quote_mark_accepted(quote_id=quote.id)


def test_a_quote_nobody_made_cannot_be_locked(stage: Stage, refused: Refusing) -> None:
    with refused("financing.quote_unknown"), transaction.atomic():
        quote_lock(quote_id=0)


def test_only_the_closing_dates_quotes_lapse(stage: Stage) -> None:
    quote = stage.quote(stage.sellable())
    programme_id = stage.world.programme_id
    from datetime import timedelta

    assert quotes_expire(programme_id=programme_id, closing=quote.business_date - timedelta(1)) == 0
    assert quotes_expire(programme_id=programme_id, closing=quote.business_date) == 1
    with transaction.atomic():
        assert quote_lock(quote_id=quote.id).state == "expired"
