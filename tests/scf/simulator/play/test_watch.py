from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scf.journeys.advancing import days_advance_request
from scf.journeys.founding import programme_found
from scf.management.background import clock
from scf.network.values import Role, Scope
from scf.products.queries import distributions_of, series_get
from scf.settlement.queries import payouts_list, statements_list
from scf.simulator.play.cast import TERMS
from scf.simulator.play.lives import issued
from scf.simulator.play.people import anchor_input, escrow_input, platform_input
from scf.simulator.play.picks import receivable_named
from scf.simulator.play.watch import bank_evening_play, bank_watch_once, patience_days
from scf.simulator.population import FEATURED_CODE
from scf.simulator.stories import WORKED_INVOICE_NO
from tests.scf.simulator.play.scenes import stage_set


def test_most_obligors_pay_on_the_day_and_always_decide_alike() -> None:
    days = [patience_days(f"INV-{number:04d}") for number in range(400)]
    assert days == [patience_days(f"INV-{number:04d}") for number in range(400)]
    assert days.count(0) > 320
    assert set(days) == {0, 3, 8}


@pytest.mark.django_db
def test_the_bank_answers_a_payment_file_once(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        programme_id = stage.cast.programme_id
        assert not bank_watch_once(programme_id=programme_id, at=stage.clock())
        stage.deposit(
            amounts=[(name, 100_000_000) for name in ("investor", "investor2", "investor3")]
        )
        worked = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no=WORKED_INVOICE_NO
        )
        issued(stage=stage, supplier=FEATURED_CODE, receivable=worked)
        stage.payouts_sign()
        assert bank_watch_once(programme_id=programme_id, at=stage.clock())
        stage.drain()
        assert payouts_list(scope=stage.desk(), state="sent") == []
        assert not bank_watch_once(programme_id=programme_id, at=stage.clock())


@pytest.mark.django_db
def test_days_that_go_by_in_a_row_still_see_obligors_pay_on_their_dates(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        stage.deposit(
            amounts=[(name, 100_000_000) for name in ("investor", "investor2", "investor3")]
        )
        worked = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no=WORKED_INVOICE_NO
        )
        series = issued(stage=stage, supplier=FEATURED_CODE, receivable=worked)
        days_advance_request(actor=stage.actor("ops"), days=70, at=stage.clock())
        stage.drain()
        assert stage.programme.business_date > date(2026, 6, 16)
        assert series_get(series_id=series.id).state == "redeemed"
        [line] = distributions_of(series_id=series.id)
        assert (line["value_date"], line["residual_minor"]) == (date(2026, 6, 16), 5_009_003)


@pytest.mark.django_db
def test_other_programmes_have_banks_of_their_own() -> None:
    other = programme_found(
        code="other",
        name="别的项目",
        anchor=anchor_input(),
        platform=platform_input(),
        escrow=escrow_input(),
        terms=TERMS,
        business_date=date(2026, 3, 18),
        at=clock(),
    )
    bank_evening_play(programme_id=other.id, at=clock())
    desk = Scope(programme_id=other.id, role=Role.OPERATIONS, party_ids=None)
    assert statements_list(scope=desk) == []
