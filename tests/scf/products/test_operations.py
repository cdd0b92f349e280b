"""Writes of the products room: versions of terms, one term sheet, one series a claim."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from ledger.errors import DomainError
from scf.financing.queries import quote_get
from scf.network.values import Role, Scope
from scf.products.operations import (
    series_draft,
    series_freeze_set,
    series_lock,
    series_move,
    template_add,
    term_sheet_freeze,
)
from scf.products.queries import series_frozen_ids, series_get, template_current
from scf.simulator.worked.world import TERMS
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_version_of_terms_changes_no_series(stage: Stage) -> None:
    series = stage.listed()
    world = stage.world
    version = template_add(
        programme_id=world.programme_id,
        kind="receivable",
        terms=replace(TERMS, rate_ppm=60_000),
        at=world.at,
    )
    assert version == 2
    assert template_current(programme_id=world.programme_id, kind="receivable").rate_ppm == 60_000
    assert series_get(series_id=series.id).terms.rate_ppm == 55_000


def test_insane_terms_are_not_stored(stage: Stage) -> None:
    with pytest.raises(DomainError, match=r"financing\.terms_invalid"):
        template_add(
            programme_id=stage.world.programme_id,
            kind="receivable",
            terms=replace(TERMS, unit_price_minor=0),
            at=stage.world.at,
        )


def test_the_term_sheet_is_frozen_once(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    with refused("products.term_sheet_frozen"), transaction.atomic():
        term_sheet_freeze(
            series_id=series.id,
            content={},
            listed_date=stage.world.today,
            deadline_date=stage.world.today,
            at=stage.world.at,
        )


def test_one_series_a_claim(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    everyone = Scope(programme_id=claim.programme_id, role=Role.OPERATIONS, party_ids=None)
    quote = quote_get(quote_id=claim.quote_id, scope=everyone)
    make: dict[str, Any] = {
        "claim": claim,
        "quote": quote,
        "by": "x",
        "on": stage.world.today,
        "at": stage.world.at,
    }
    series_draft(number="R-1", **make)
    with refused("products.series_exists"), transaction.atomic():
        series_draft(number="R-2", **make)


def test_freezing_and_moving(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    series_freeze_set(series_id=series.id, frozen=True)
    assert series_frozen_ids(programme_id=stage.world.programme_id) == {series.id}
    with refused("network.transition_refused"), transaction.atomic():
        series_move(
            series_id=series.id, to="redeemed", by="x", on=stage.world.today, at=stage.world.at
        )
    with refused("products.series_unknown"), transaction.atomic():
        series_lock(series_id=0)
